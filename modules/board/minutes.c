/* Minutes of a sitting as PDF: who was there, who was recused, what came of each, by which vote. */
#include "session.h"

#include "paper.h"

static const char *
outcome_name(const char *outcome)
{
	static const char *const names[][2] = {
		{ "decided", "決定" }, { "rejected_disease", "特定疾病に該当せず" },
		{ "carried_over", "次回に回す" }, { "re_survey", "再調査" },
		{ "re_opinion", "意見書の再依頼" }, { "withdrawn", "取下げ" },
		{ "deceased", "死亡" }
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i][0], outcome) == 0)
			return names[i][1];
	return "";
}

static const char *
manner_name(const char *manner)
{
	return strcmp(manner, "agreement") == 0 ? "全員一致" :
	    strcmp(manner, "majority") == 0 ? "過半数" : "可否同数・長の決定";
}

/* The level, how long, by which vote, why: a line each. */
static const char *
decision_text(struct req *r, const struct minute *d)
{
	const char *text = d->level == NULL ? outcome_name(d->outcome) :
	    level_name(level_find(d->level));

	if (d->months.set)
		text = arena_printf(r->mem, "%s　%lldか月", text,
		    (long long)d->months.v);
	if (d->state_image != NULL)
		text = arena_printf(r->mem, "%s　%s", text,
		    strcmp(d->state_image, "unstable") == 0 ?
		    "不安定な状態" : "認知機能の低下");
	if (d->first_level != NULL)
		text = arena_printf(r->mem, "%s\n一次判定　%s", text,
		    level_name(level_find(d->first_level)));
	if (d->manner != NULL)
		text = arena_printf(r->mem, "%s\n議決　%s　%lld／%lld", text,
		    manner_name(d->manner), (long long)d->ayes.v,
		    (long long)d->voters.v);
	if (d->reason != NULL)
		text = arena_printf(r->mem, "%s\n理由　%s", text, d->reason);
	return d->board_opinion == NULL ? text :
	    arena_printf(r->mem, "%s\n審査会の意見　%s", text,
	    d->board_opinion);
}

static void
write_seats(struct req *r, struct paper *p, int64_t sitting)
{
	struct present_rows rows;

	session_present(r->db, &rows, sitting);
	paper_heading(p, "出席");
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct present *s = present_at(&rows, i);

		paper_row(p, arena_printf(r->mem, "%s　%s", s->letter, s->name),
		    arena_printf(r->mem, "%s　%s%s%s", field_name(s->field),
		    s->attended ? "出席" : "欠席",
		    s->presides ? "・議事をつかさどる" : "",
		    s->substitute ? "・代わり" : ""));
	}
}

static void
write_recusals(struct req *r, struct paper *p, int64_t sitting)
{
	struct absent_rows rows;

	session_recusals(r->db, &rows, sitting);
	paper_heading(p, "除斥");
	for (size_t i = 0; i < rows.set.n; i++)
		paper_row(p, arena_printf(r->mem, "審査番号 %lld",
		    (long long)absent_at(&rows, i)->serial_number),
		    arena_printf(r->mem, "委員%s", absent_at(&rows, i)->letter));
	if (rows.set.n == 0)
		paper_line(p, "なし", 0);
}

static void
write_reopened(struct req *r, struct paper *p, int64_t sitting)
{
	struct reopened_rows rows;

	session_reopenings(r->db, &rows, sitting);
	if (rows.set.n > 0)
		paper_heading(p, "取りあげなおした決定");
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct reopened *o = reopened_at(&rows, i);

		paper_row(p, arena_printf(r->mem, "審査番号 %lld",
		    (long long)o->serial_number), arena_printf(r->mem,
		    "%s\n理由　%s\n%s　%s", level_name(level_find(o->level)),
		    o->reason, paper_day(r->mem, date_of(o->at)),
		    o->user_name));
	}
}

int
minutes_paper(struct req *r, struct model *m)
{
	const struct session *s = session_find(r);
	struct minute_rows rows;
	struct paper *p;
	const char *title;

	(void)m;
	if (s == NULL)
		return 404;
	title = arena_printf(r->mem, "第%lld回 %s 議事録",
	    (long long)s->number, scheme_find(s->scheme)->board);
	p = paper_new(r->mem, title);
	paper_title(p, title);
	paper_line(p, arena_printf(r->mem, "%s　%s　%s",
	    paper_day(r->mem, date_of(s->begins_at)), s->panel, s->place), 0);
	write_seats(r, p, s->sitting_id);
	write_recusals(r, p, s->sitting_id);
	paper_heading(p, "結果");
	session_minutes(r->db, &rows, s->sitting_id);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct minute *d = minute_at(&rows, i);

		paper_row(p, arena_printf(r->mem, "審査番号 %lld",
		    (long long)d->serial_number), decision_text(r, d));
	}
	write_reopened(r, p, s->sitting_id);
	return paper_answer(r, p, arena_printf(r->mem, "%s.pdf", title));
}
