/*
 * Papers that are made of what is known: 連携サマリー, 薬剤サマリー, and of what was
 * written in a month 訪問看護報告書 and 居宅療養管理指導報告.
 */
#include "papers.h"

#include "age.h"
#include "facts_sql.h"
#include "field.h"
#include "papers_sql.h"
#include "profession.h"
#include "record.h"
#include "record_sql.h"
#include "viewer.h"

static const char *
known_or_not(struct req *r, const struct item_rows *rows, const char *section)
{
	const char *text = paper_section(r, rows, section, 0);

	return text == NULL ? "未確認" : text;
}

static const char *
field_text(const struct item_rows *rows, const struct field *f)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct item *x = item_at(rows, i);

		if (strcmp(x->section, "field") != 0 ||
		    strcmp(x->a, f->name) != 0)
			continue;
		return strcmp(x->b, "present") == 0 ? x->c :
		    strcmp(x->b, "none") == 0 ? f->none : "未確認";
	}
	return "未確認";
}

static void
write_maker(struct req *r, struct paper *p, const char *profession)
{
	const struct letterhead *o;

	papers_letterhead(r->db, &o, r->viewer->office);
	paper_line(p, "", 0);
	if (o != NULL) {
		paper_line(p, o->name, 1);
		paper_line(p, arena_printf(r->mem, "%s　%s",
		    o->address == NULL ? "" : o->address,
		    o->phone == NULL ? "" : o->phone), 1);
	}
	paper_line(p, arena_printf(r->mem, "作成者　%s　%s",
	    profession_name(profession), record_writer(r)), 1);
}

static struct paper *
begin(struct req *r, const char *title)
{
	struct paper *p = paper_new(r->mem, title);

	paper_title(p, title);
	paper_line(p, paper_day(r->mem, date_of(r->now)), 1);
	paper_subject(r, p);
	return p;
}

int
papers_care_summary(struct req *r, struct model *m)
{
	struct item_rows rows;
	struct paper *p;

	(void)m;
	if (!record_shows(r, "papers"))
		return 403;
	p = begin(r, "連携サマリー");
	record_summary(r->db, &rows, viewer_patient(r), r->viewer->user, r->now,
	    record_shown(r));
	for (const struct field *f = fields; f->name != NULL; f++)
		if (f->section)
			paper_row(p, f->label, known_or_not(r, &rows, f->name));
	paper_heading(p, "生活と介護");
	for (const struct field *f = fields; f->name != NULL; f++)
		if (!f->section)
			paper_row(p, f->label, field_text(&rows, f));
	write_maker(r, p, r->viewer->profession);
	return paper_answer(r, p, "連携サマリー.pdf");
}

int
papers_medication(struct req *r, struct model *m)
{
	struct item_rows rows;
	struct held_rows held;
	struct paper *p;

	(void)m;
	if (!record_shows(r, "papers"))
		return 403;
	p = begin(r, "薬剤サマリー");
	record_summary(r->db, &rows, viewer_patient(r), r->viewer->user, r->now,
	    record_shown(r));
	facts_held_medications(r->db, &held, viewer_patient(r));
	paper_row(p, "アレルギー", known_or_not(r, &rows, "allergies"));
	paper_heading(p, "いまの薬");
	for (size_t i = 0; i < held.set.n; i++) {
		const struct held *h = held_at(&held, i);

		paper_row(p, h->name, paper_add_line(r, arena_printf(r->mem, "%s%s",
		    h->dose == NULL ? "" : h->dose,
		    h->blood_thinner ? "　【血を固まりにくくする薬】" : ""),
		    h->dosage == NULL ? "" : h->dosage, h->prescriber,
		    h->dispensed_on.set ?
		    paper_day(r->mem, (civil_date)h->dispensed_on.v) : NULL));
	}
	if (held.set.n == 0)
		paper_row(p, "薬", known_or_not(r, &rows, "medications"));
	write_maker(r, p, r->viewer->profession);
	return paper_answer(r, p, "薬剤サマリー.pdf");
}

/* The month of the input's day, or the present one: its first days. */
static void
month_of(struct req *r, civil_date *first, civil_date *next)
{
	int set;
	civil_date day = in_date(r, "month", &set);
	struct civil c = civil_from_date(set ? day : date_of(r->now));

	*first = date_from_civil((struct civil){ c.year, c.month, 1 }, NULL);
	*next = add_months(*first, 1);
}

/*
 * One paper of a month's entries by whoever has one of some professions; what nobody
 * wrote cannot be reported.
 */
static int
report(struct req *r, const char *title, int own_only, const char *professions)
{
	const char *as = profession_among(r->viewer->professions, professions);
	struct noted_rows rows;
	civil_date first, next;
	struct paper *p;

	if (as == NULL || !record_shows(r, "papers"))
		return 403;
	month_of(r, &first, &next);
	papers_month(r->db, &rows, viewer_patient(r), r->viewer->user,
	    r->viewer->office, own_only, instant_of(first), instant_of(next));
	if (rows.set.n == 0)
		return 404;
	p = begin(r, title);
	paper_line(p, arena_printf(r->mem, "対象期間　%s から %s まで",
	    paper_day(r->mem, first), paper_day(r->mem, next - 1)), 0);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct noted *x = noted_at(&rows, i);
		int minute = minute_of_day(x->written_at);

		paper_row(p, arena_printf(r->mem, "%s %d:%02d\n%s",
		    paper_day(r->mem, date_of(x->written_at)), minute / 60,
		    minute % 60, x->author), x->body);
	}
	write_maker(r, p, as);
	return paper_answer(r, p, arena_printf(r->mem, "%s.pdf", title));
}

int
papers_visit_report(struct req *r, struct model *m)
{
	(void)m;
	return report(r, "訪問看護報告書", 0, "040,050,060,080,090,100");
}

int
papers_management(struct req *r, struct model *m)
{
	(void)m;
	return report(r, "居宅療養管理指導報告", 1, "010,020,030,130,190");
}
