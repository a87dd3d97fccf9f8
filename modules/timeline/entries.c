/* Entries: reading and writing them. */
#include "timeline.h"

#include "mark_sql.h"
#include "notice.h"
#include "profession.h"
#include "timeline_sql.h"
#include "viewer.h"

static void
name_professions(const struct entry_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		struct entry *e = entry_edit(rows, i);

		e->author__profession =
		    profession_name(e->author__profession_code);
	}
}

int
entries_show(struct req *r, struct model *m)
{
	int64_t before = in_cursor(r, "older");
	struct entry_rows rows;

	if (before == INT64_MAX)
		timeline_newest(r->db, &rows, viewer_patient(r),
		    r->viewer->user, ENTRIES_A_PAGE + 1);
	else
		timeline_older(r->db, &rows, viewer_patient(r),
		    r->viewer->user, before, ENTRIES_A_PAGE + 1);
	put_text(m, "older", NULL);
	if (rows.set.n > ENTRIES_A_PAGE) {
		rows.set.n = ENTRIES_A_PAGE;
		put_cursor(r, m, "older",
		    entry_at(&rows, ENTRIES_A_PAGE - 1)->entry_id);
	}
	name_professions(&rows);
	put_rows(m, "entries", &rows.set);
	return 200;
}

static const char *
or_else(const char *given, const char *usual)
{
	return given == NULL ? usual : given;
}

static void
tell_others(struct req *r, int urgent)
{
	const struct viewer *v = r->viewer;
	const struct event written = {
		.topic = "timeline.entry_written",
		.patient = viewer_patient(r),
		.ref = r->id,
		.actor = v->user,
		.at = r->now,
		.sentence_ja = "記録が書かれました",
		.sentence_en = "An entry was written"
	};

	mark_team(r->db, r->id, viewer_patient(r), v->user, "timeline",
	    "unread", r->now);
	if (urgent)
		mark_team(r->db, r->id, viewer_patient(r), v->user, "timeline",
		    "urgent", r->now);
	event_publish(r->db, &written);
}

int
entries_write(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	int urgent = in_boolean(r, "urgent");

	timeline_write(r->db, viewer_patient(r), r->id, v->network, v->user,
	    arena_printf(r->mem, "%s %s", v->family, v->given), v->profession,
	    v->office_name, v->stand_in, r->now,
	    or_else(in_text(r, "kind"), "note"),
	    or_else(in_text(r, "audience"), "team"), urgent,
	    in_text(r, "body"));
	tell_others(r, urgent);
	put_id(m, r->id);
	if (urgent)
		put_i64(m, "told", notice_urgent_entry(r, viewer_patient(r),
		    r->id));
	return 201;
}
