/* What came of an incident or a drill, in numbers: nobody's name. */
#include "incident.h"

#include "message_sql.h"
#include "paper.h"
#include "register.h"
#include "shelter_sql.h"
#include "viewer.h"

/* What both forms of the report have. */
struct report {
	struct reach e;
	const struct counts *counts;
	const struct totals *shelters;
	const struct tally *offices;
	struct teller_rows tellers;
	struct heard_rows words;
};

static const int percents[] = { 50, 90, 100 };

/* The path's incident, once it was opened, for an officer: 0, or 404. */
static int
gather(struct req *r, struct report *o)
{
	int64_t incident;

	if (!is_officer(r) || incident_enter(r, &o->e, 0) != 0 ||
	    !o->e.room->opened_at.set)
		return 404;
	incident = o->e.room->incident_id;
	incident_totals(r->db, &o->counts, incident);
	incident_first_words(r->db, &o->words, incident);
	incident_tellers(r->db, &o->tellers, incident);
	shelter_totals(r->db, &o->shelters, incident, r->viewer->network);
	shelter_tally(r->db, &o->offices, incident, r->viewer->network);
	return 0;
}

/* So many people are so many of a hundred. */
static int64_t
wanted(const struct report *o, int percent)
{
	return o->counts == NULL ? 0 : (o->counts->people * percent + 99) / 100;
}

/* The minute of the opening by which so many had been heard of; -1: not yet. */
static int64_t
minutes_until(const struct report *o, int64_t people)
{
	if (people == 0 || (int64_t)o->words.set.n < people)
		return -1;
	return (heard_at(&o->words, (size_t)people - 1)->at -
	    o->e.room->opened_at.v + MINUTE_MS - 1) / MINUTE_MS;
}

int
report_show(struct req *r, struct model *m)
{
	struct report o;

	if (gather(r, &o) != 0)
		return 404;
	incident_put(r, m, &o.e);
	put_row(m, "counts", &incident_counts_row, o.counts);
	put_items(m, "shares");
	for (size_t i = 0; i < sizeof percents / sizeof percents[0]; i++) {
		struct model *share = put_item(m, "shares");
		int64_t people = wanted(&o, percents[i]),
		    minutes = minutes_until(&o, people);

		put_i64(share, "percent", percents[i]);
		put_i64(share, "people", people);
		put_bool(share, "reached", minutes >= 0);
		put_i64(share, "minutes", minutes < 0 ? 0 : minutes);
	}
	put_rows(m, "tellers", &o.tellers.set);
	put_row(m, "shelters", &shelter_totals_row, o.shelters);
	put_row(m, "offices", &shelter_tally_row, o.offices);
	return 200;
}

/* ---- as PDF ---- */

static const char *
moment(struct req *r, utc_ms at)
{
	civil_date day = date_of(at);
	int64_t minute = (at - instant_of(day)) / MINUTE_MS;

	return arena_printf(r->mem, "%s %02d:%02d", paper_day(r->mem, day),
	    (int)(minute / 60), (int)(minute % 60));
}

static const char *
many(struct req *r, int64_t n)
{
	return arena_printf(r->mem, "%lld", (long long)n);
}

static void
write_course(struct req *r, struct paper *p, const struct room *room)
{
	paper_heading(p, "経過");
	if (room->bulletin_title != NULL)
		paper_row(p, "用意のきっかけ", arena_printf(r->mem,
		    "%s（%s）", room->bulletin_title, room->publisher));
	paper_row(p, "用意", moment(r, room->prepared_at));
	paper_row(p, "開始", arena_printf(r->mem, "%s　%s",
	    moment(r, room->opened_at.v), room->opened_name));
	paper_row(p, "ひらく理由", room->basis);
	if (room->longer != NULL)
		paper_row(p, "のばす理由", room->longer);
	if (room->asking_at.set)
		paper_row(p, "家族へのSMS", moment(r, room->asking_at.v));
	paper_row(p, "終わり", room->closed_at.set ?
	    arena_printf(r->mem, "%s　%s", moment(r, room->closed_at.v),
	    room->closed_name) : moment(r, room->until.v));
}

static void
write_shares(struct req *r, struct paper *p, const struct report *o)
{
	paper_heading(p, "確認できるまで");
	for (size_t i = 0; i < sizeof percents / sizeof percents[0]; i++) {
		int64_t people = wanted(o, percents[i]),
		    minutes = minutes_until(o, people);

		paper_row(p, arena_printf(r->mem, "%d%%（%lld人）",
		    percents[i], (long long)people), minutes < 0 ? "まだ" :
		    arena_printf(r->mem, "%lld分", (long long)minutes));
	}
}

static void
write_state(struct req *r, struct paper *p, const struct report *o)
{
	const struct counts *c = o->counts;

	paper_heading(p, "安否");
	if (c != NULL) {
		paper_row(p, "名簿", many(r, c->people));
		paper_row(p, "無事", many(r, c->safe));
		paper_row(p, "避難済み", many(r, c->evacuated));
		paper_row(p, "入院", many(r, c->hospital));
		paper_row(p, "助けが必要", many(r, c->help));
		paper_row(p, "未確認", many(r, c->unknown));
	}
	paper_heading(p, "避難所と事業所");
	paper_row(p, "ひらいている避難所", arena_printf(r->mem,
	    "%lldか所　%lld人　定員 %lld人", (long long)o->shelters->open,
	    (long long)o->shelters->people, (long long)o->shelters->capacity));
	paper_row(p, "事業所", arena_printf(r->mem,
	    "通常どおり %lld　一部だけ %lld　止まっている %lld　知らせがない %lld",
	    (long long)o->offices->normal, (long long)o->offices->reduced,
	    (long long)o->offices->stopped, (long long)o->offices->unheard));
	paper_row(p, "事業所でけが", many(r, o->offices->hurt));
}

static const char *
method_name(const char *method)
{
	static const char *const names[][2] = {
		{ "call", "電話" }, { "visit", "訪問" }, { "sensor", "機器" },
		{ "family", "家族から" }, { "paper", "紙の一覧" },
		{ "sms", "SMSの返信" }
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i][0], method) == 0)
			return names[i][1];
	return "";
}

static void
write_tellers(struct req *r, struct paper *p, const struct report *o)
{
	struct message_rows rows;

	paper_heading(p, "だれから知らせがあったか");
	for (size_t i = 0; i < o->tellers.set.n; i++) {
		const struct teller *t = teller_at(&o->tellers, i);

		paper_row(p, t->office_name, arena_printf(r->mem,
		    "%s　%lld件", method_name(t->method), (long long)t->words));
	}
	paper_heading(p, "出した知らせ");
	message_given(r->db, &rows, o->e.room->incident_id);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct message *s = message_at(&rows, i);

		paper_row(p, arena_printf(r->mem, "%s　%s",
		    moment(r, s->given_at.v), s->given_name), s->body);
	}
}

int
report_paper(struct req *r, struct model *m)
{
	const char *title;
	struct report o;
	struct paper *p;

	(void)m;
	if (gather(r, &o) != 0)
		return 404;
	title = arena_printf(r->mem, "%s災害の対応の報告",
	    o.e.room->drill ? "【訓練】" : "");
	p = paper_new(r->mem, title);
	paper_title(p, title);
	paper_line(p, o.e.room->subject, 0);
	write_course(r, p, o.e.room);
	write_shares(r, p, &o);
	write_state(r, p, &o);
	write_tellers(r, p, &o);
	return paper_answer(r, p, arena_printf(r->mem, "%s.pdf", title));
}
