/* Minutes, attendance, and both on one sheet (第4表). */
#include "meeting.h"

#include "invitation_sql.h"
#include "paper.h"
#include "profession.h"
#include "viewer.h"

static void
publish(struct req *r, const struct found *f)
{
	const struct event written = {
		.topic = "meeting.minutes_written", .patient = f->patient_key,
		.ref = f->id, .actor = r->viewer->user, .at = r->now,
		.sentence_ja = "会議の要点が書かれました",
		.sentence_en = "Minutes of a meeting were written"
	};

	event_publish(r->db, &written);
}

int
minutes_write(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (meeting_write_minutes(r->db, f->meeting, in_text(r, "minutes"),
	    meeting_writer(r), r->now) == 0)
		return 409;
	if (f->patient_key != 0)
		publish(r, f);
	return 204;
}

/* The meeting with its minutes, and who was invited; NULL: there are none for her. */
static const struct found *
with_minutes(struct req *r, struct invited_rows *rows)
{
	const struct found *f = meeting_of(r);

	if (f == NULL || !f->minutes_at.set)
		return NULL;
	invitation_invited(r->db, rows, f->meeting, r->viewer->user);
	for (size_t i = 0; i < rows->set.n; i++) {
		struct invited *x = invited_edit(rows, i);

		x->mail = NULL;
		x->profession = x->profession_code == NULL ? "" :
		    profession_name(x->profession_code);
	}
	return f;
}

/* All who were (there 1) or were not there, a line each. */
static const char *
people(struct req *r, const struct invited_rows *rows, int there)
{
	const char *lines = "";

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct invited *x = invited_at(rows, i);

		if (x->joined_at.set == there)
			lines = arena_printf(r->mem, "%s%s%s　%s　%s", lines,
			    lines[0] == '\0' ? "" : "\n",
			    x->office == NULL ? "" : x->office, x->profession,
			    x->name);
	}
	return lines;
}

static const char *
hours(struct req *r, const struct found *f)
{
	int from = minute_of_day(f->starts_at), to = minute_of_day(f->ends_at);

	return arena_printf(r->mem, "%s　%d:%02d〜%d:%02d",
	    paper_day(r->mem, date_of(f->starts_at)), from / 60, from % 60,
	    to / 60, to % 60);
}

/* The parts that the ministry's 第4表 has, in its order. */
int
minutes_sheet(struct req *r, struct model *m)
{
	struct invited_rows rows;
	const struct found *f = with_minutes(r, &rows);
	const char *title;
	struct paper *p;

	(void)m;
	if (f == NULL)
		return 404;
	title = strcmp(f->kind, "care_conference") == 0 ?
	    "サービス担当者会議の要点（第4表）" : "会議の要点";
	p = paper_new(r->mem, title);
	paper_title(p, title);
	paper_line(p, arena_printf(r->mem, "作成日　%s",
	    paper_day(r->mem, date_of(f->minutes_at.v))), 1);
	if (f->patient != NULL)
		paper_row(p, "利用者名", f->patient);
	paper_row(p, "会議名", f->title);
	paper_row(p, "開催日時", hours(r, f));
	paper_row(p, "開催場所", "オンライン");
	paper_row(p, "会議出席者", people(r, &rows, 1));
	paper_row(p, "欠席者", people(r, &rows, 0));
	paper_row(p, "検討した項目", f->agenda);
	paper_row(p, "検討内容・結論・残された課題", f->minutes);
	paper_line(p, arena_printf(r->mem, "開催者　%s　　作成者　%s",
	    f->organizer_name, f->minutes_name), 1);
	return paper_answer(r, p, "会議の要点.pdf");
}

int
minutes_print(struct req *r, struct model *m)
{
	struct invited_rows rows;
	const struct found *f = with_minutes(r, &rows);

	if (f == NULL)
		return 404;
	put_row(m, "meeting", &meeting_found_row, f);
	put_rows(m, "invited", &rows.set);
	put_date(m, "today", date_of(r->now));
	return 200;
}
