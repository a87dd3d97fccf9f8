/* The report of an adverse event, and the alarm when there is none after a day. */
#include "report.h"

#include "age.h"
#include "notice.h"
#include "paper.h"
#include "report_sql.h"
#include "viewer.h"
#include "visit_sql.h"

/* A word of a choice, and what the form calls it. */
struct term { const char *word, *says; };

/* The order and the words of 様式第一 of the reporting rules. */
static const struct term severities[] = {
	{ "death", "重い：死亡" }, { "disability", "重い：障害" },
	{ "death_feared", "重い：死亡につながるおそれ" },
	{ "disability_feared", "重い：障害につながるおそれ" },
	{ "hospital", "重い：入院" }, { "as_severe", "重い：上記に準じて重い" },
	{ "birth_defect", "重い：後世代における先天性の疾病又は異常" },
	{ "not_severe", "重くない" }, { 0 }
};
static const struct term outcomes[] = {
	{ "recovered", "回復" }, { "improved", "軽快" },
	{ "not_recovered", "未回復" }, { "sequelae", "後遺症" },
	{ "died", "死亡" }, { "unknown", "不明" }, { 0 }
};
static const struct term causes[] = {
	{ "related", "関連あり" }, { "unrelated", "関連なし" },
	{ "undetermined", "評価不能" }, { 0 }
};
static const struct term reporters[] = {
	{ "vaccinator", "接種者" }, { "attending", "主治医" },
	{ "other", "その他" }, { 0 }
};
static const struct term sites[] = {
	{ "left_arm", "左上腕" }, { "right_arm", "右上腕" },
	{ "left_thigh", "左大腿" }, { "right_thigh", "右大腿" }, { 0 }
};
static const struct term sexes[] = {
	{ "female", "女" }, { "male", "男" }, { "other", "その他" },
	{ "unknown", "不明" }, { 0 }
};

static const char *
say(const struct term *t, const char *word)
{
	for (; word != NULL && t->word != NULL; t++)
		if (strcmp(t->word, word) == 0)
			return t->says;
	return "";
}

static const struct suspected *
event_of(struct req *r)
{
	const struct suspected *e;

	report_event(r->db, &e, viewer_patient(r), in_path(r, "adverse_event"));
	return e;
}

/* Which answers were yes before the dose, and what was said of them. */
static const char *
noticed(struct req *r, const struct form *b)
{
	struct answered_rows rows;
	const char *text = "";

	visit_answers_of(r->db, &rows, viewer_patient(r), b->form_id);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct answered *a = answered_at(&rows, i);
		int q = question_find(a->question);

		if (q >= 0 && question_at(q)->wants_remark &&
		    strcmp(a->answer, "yes") == 0)
			text = arena_printf(r->mem, "%s%sはい：%s", text,
			    text[0] == '\0' ? "" : "／", question_at(q)->words);
	}
	return b->note == NULL ? text : arena_printf(r->mem, "%s%s%s", text,
	    text[0] == '\0' ? "" : "／", b->note);
}

/* ---- the form ---- */

int
report_show(struct req *r, struct model *m)
{
	const struct suspected *e = event_of(r);
	const struct form *b = NULL;
	const struct filled *f;

	if (!may_read(r))
		return 403;
	if (e == NULL)
		return 404;
	report_newest(r->db, &f, viewer_patient(r), e->event_id);
	if (e->visit_id != 0)
		visit_newest_form(r->db, &b, viewer_patient(r), e->visit_id);
	put_row(m, "event", &report_suspected_row, e);
	put_row(m, "report", &report_filled_row, f);
	put_text(m, "before", b == NULL ? NULL : noticed(r, b));
	put_text(m, "writer", writer_of(r));
	put_bool(m, "doctor", strcmp(r->viewer->profession, "010") == 0);
	put_bool(m, "may_fill", may_vaccinate(r->viewer->profession));
	put_bool(m, "late", e->due_report && !e->reported_at.set &&
	    e->recorded_at <= r->now - REPORT_HOURS * HOUR_MS);
	return 200;
}

/* What the choices make of the other fields. 0 or a refusal. */
static int
form_given(struct req *r, const struct suspected *e, struct db_maybe day[3])
{
	static const char *const names[] = { "admitted_on", "discharged_on",
	    "outcome_on" };

	for (int i = 0; i < 3; i++) {
		day[i].v = in_date(r, names[i], &day[i].set);
		if (day[i].set && (day[i].v < e->given_on ||
		    day[i].v > date_of(r->now)))
			return refuse_input(r, names[i], "out_of_range");
	}
	if (strcmp(in_text(r, "severity"), "hospital") == 0 && !day[0].set)
		return refuse_input(r, "admitted_on", "missing");
	if (day[0].set && day[1].set && day[1].v < day[0].v)
		return refuse_input(r, "discharged_on", "out_of_range");
	if ((strcmp(in_text(r, "severity"), "death") == 0) !=
	    (strcmp(in_text(r, "outcome"), "died") == 0))
		return refuse_input(r, "outcome", "not_a_choice");
	return 0;
}

int
report_fill(struct req *r, struct model *m)
{
	const struct suspected *e = event_of(r);
	struct db_maybe day[3];
	int bad;

	if (!may_vaccinate(r->viewer->profession))
		return 403;
	if (e == NULL)
		return 404;
	bad = form_given(r, e, day);
	if (bad != 0)
		return bad;
	report_fill_one(r->db, viewer_patient(r), r->id, e->event_id, r->now,
	    r->viewer->user, writer_of(r), in_text(r, "reporter"),
	    in_text(r, "reporter_name"), r->viewer->office,
	    in_text(r, "severity"), in_text(r, "hospital"), day[0], day[1],
	    in_text(r, "outcome"), day[2], in_text(r, "causality"),
	    in_text(r, "other_cause"), in_text(r, "course"),
	    in_text(r, "before_note"), in_text(r, "opinion"));
	put_id(m, r->id);
	return 201;
}

/* ---- the paper ---- */

static const char *
hour(struct req *r, utc_ms at)
{
	int minute = minute_of_day(at);

	return arena_printf(r->mem, "%s　%d時%d分",
	    paper_day(r->mem, date_of(at)), minute / 60, minute % 60);
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static const char *
maybe_day(struct req *r, struct db_maybe day)
{
	return day.set ? paper_day(r->mem, (civil_date)day.v) : "";
}

static void
write_people(struct req *r, struct paper *p, const struct suspected *e,
    const struct filled *f)
{
	const struct strip *s = r->viewer->strip;
	const struct home *home;

	report_home(r->db, &home, viewer_patient(r));
	paper_heading(p, "患者（被接種者）");
	paper_row(p, "氏名", arena_printf(r->mem, "%s（%s）　%s", s->name,
	    s->kana, say(sexes, s->sex)));
	paper_row(p, "生年月日・接種時年齢", arena_printf(r->mem, "%s生　%d歳",
	    paper_day(r->mem, s->birth_date),
	    age_on(s->birth_date, e->given_on)));
	paper_row(p, "住所", home == NULL ? "" : or_empty(home->address));
	paper_heading(p, "報告者");
	paper_row(p, "氏名", arena_printf(r->mem, "%s（%s）", f->reporter_name,
	    say(reporters, f->reporter)));
	paper_row(p, "医療機関", arena_printf(r->mem, "%s　%s　%s",
	    or_empty(f->office), or_empty(f->office_address),
	    or_empty(f->office_phone)));
	paper_row(p, "接種場所", arena_printf(r->mem, "%s　%s",
	    or_empty(e->place), or_empty(e->office)));
}

static void
write_dose(struct req *r, struct paper *p, const struct suspected *e)
{
	const struct product *product = schedule_product(schedule_now(),
	    e->product, NULL);

	paper_heading(p, "ワクチンと接種");
	paper_row(p, "定期・任意", e->programme == NULL ? "任意接種" : "定期接種");
	paper_row(p, "ワクチンの種類", arena_printf(r->mem, "%s　%s",
	    e->vaccine_name, or_empty(e->product_name)));
	paper_row(p, "ロット番号・製造販売業者", arena_printf(r->mem, "%s　%s",
	    or_empty(e->lot_number), product == NULL ? "" : product->maker));
	paper_row(p, "接種回数", e->dose_number.set ? arena_printf(r->mem,
	    "%d回目", (int)e->dose_number.v) : "");
	paper_row(p, "接種量・方法・部位", arena_printf(r->mem, "%s%s　%s　%s",
	    or_empty(e->dose_ml), e->dose_ml == NULL ? "" : " mL",
	    e->route == NULL ? "" : strcmp(e->route, "im") == 0 ? "筋肉内" :
	    "皮下", say(sites, e->site)));
	paper_row(p, "接種日時", e->given_at.set ? hour(r, e->given_at.v) :
	    paper_day(r->mem, e->given_on));
}

static void
write_before(struct req *r, struct paper *p, const struct suspected *e,
    const struct filled *f)
{
	const struct form *b = NULL;

	if (e->visit_id != 0)
		visit_newest_form(r->db, &b, viewer_patient(r), e->visit_id);
	paper_row(p, "接種前の体温", b == NULL || !b->temperature_tenths.set ? "" :
	    arena_printf(r->mem, "%d.%d 度",
	    (int)b->temperature_tenths.v / 10,
	    (int)b->temperature_tenths.v % 10));
	paper_row(p, "予診票での留意点", or_empty(f->before_note));
}

static void
write_event(struct req *r, struct paper *p, const struct suspected *e,
    const struct filled *f)
{
	paper_heading(p, "症状の概要");
	paper_row(p, "症状", e->name);
	paper_row(p, "発生日時", hour(r, e->began_at));
	paper_row(p, "本剤との因果関係", say(causes, f->causality));
	paper_row(p, "他要因（他の疾患等）の可能性", f->other_cause == NULL ?
	    "無" : arena_printf(r->mem, "有　%s", f->other_cause));
	paper_row(p, "概要（症状・徴候・臨床経過・診断・検査等）", f->course);
	paper_row(p, "症状の程度", say(severities, f->severity));
	if (f->hospital != NULL || f->admitted_on.set)
		paper_row(p, "入院", arena_printf(r->mem, "%s　%s入院　%s%s",
		    or_empty(f->hospital), maybe_day(r, f->admitted_on),
		    maybe_day(r, f->discharged_on),
		    f->discharged_on.set ? "退院" : ""));
	paper_row(p, "症状の転帰", arena_printf(r->mem, "%s　%s",
	    say(outcomes, f->outcome), maybe_day(r, f->outcome_on)));
	paper_row(p, "報告者意見", or_empty(f->opinion));
	paper_row(p, "報告の番号", or_empty(e->report_reference));
}

int
report_paper(struct req *r, struct model *m)
{
	const struct suspected *e = event_of(r);
	const struct filled *f = NULL;
	struct paper *p;

	(void)m;
	if (!may_read(r))
		return 403;
	if (e != NULL)
		report_newest(r->db, &f, viewer_patient(r), e->event_id);
	if (f == NULL)
		return 404;
	p = paper_new(r->mem, "予防接種後副反応疑い報告書");
	paper_title(p, "予防接種後副反応疑い報告書");
	paper_line(p, "独立行政法人医薬品医療機器総合機構　御中　（FAX 0120-176-146）", 0);
	paper_line(p, paper_day(r->mem, date_of(f->written_at)), 1);
	write_people(r, p, e, f);
	write_dose(r, p, e);
	write_before(r, p, e, f);
	write_event(r, p, e, f);
	return paper_answer(r, p, "副反応疑い報告書.pdf");
}

/* ---- what has none ---- */

void
put_unreported(struct req *r, struct model *m)
{
	struct unreported_rows rows;

	report_of_office(r->db, &rows, r->viewer->user, r->viewer->office,
	    r->now - REPORT_HOURS * HOUR_MS);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, unreported_at(&rows, i)->patient_id);
	put_rows(m, "unreported", &rows.set);
}

void
put_late_reports(struct req *r, struct model *m)
{
	const struct counted *c;

	report_late_of_town(r->db, &c, r->viewer->network,
	    r->now - REPORT_HOURS * HOUR_MS);
	put_i64(m, "late_reports", c == NULL ? 0 : c->n);
}

int
reports_of_town(struct req *r, struct model *m)
{
	struct unreported_rows rows;

	report_of_town(r->db, &rows, r->viewer->network,
	    r->now - REPORT_HOURS * HOUR_MS);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, unreported_at(&rows, i)->patient_id);
	put_rows(m, "unreported", &rows.set);
	return 200;
}

/* Desk and doctors; a badge for those who know the patient. */
static void
tell(struct db *db, const struct missing *e, utc_ms now)
{
	struct listener_rows people;

	report_whom(db, &people, e->patient_id, e->network_id);
	for (size_t i = 0; i < people.set.n; i++)
		notice_user(db, listener_at(&people, i)->user_id, "adverse_report",
		    e->id, e->id, now);
	visit_mark_doctors(db, e->id, e->patient_id, 0, now);
}

int
report_tidy(const struct settings *settings, struct db *db, struct arena *mem,
    utc_ms now)
{
	struct missing_rows rows;

	(void)settings;
	db_begin(db, mem, 1);
	report_missing(db, &rows, now - REPORT_HOURS * HOUR_MS);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct missing *e = missing_at(&rows, i);

		if (report_alarm(db, e->patient_id, e->event_id, now) > 0)
			tell(db, e, now);
	}
	return db_end(db) == DB_FINE && rows.set.n > 0;
}
