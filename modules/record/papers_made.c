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

/* Adds a line to a list of lines; NULL parts are left out. */
static const char *
add_line(struct req *r, const char *lines, const char *a, const char *b,
    const char *c)
{
	return arena_printf(r->mem, "%s%s%s%s%s%s%s", lines,
	    lines[0] == '\0' ? "" : "\n", a, b == NULL ? "" : "　",
	    b == NULL ? "" : b, c == NULL ? "" : "　", c == NULL ? "" : c);
}

/* A fact as a line: its columns mean something else in each section. */
static const char *
add_fact(struct req *r, const char *lines, const struct item *x)
{
	if (strcmp(x->section, "allergies") == 0)
		return add_line(r, lines, x->a, x->b, NULL);
	if (strcmp(x->section, "equipment") == 0)
		return add_line(r, lines, x->a, x->b == NULL ? NULL :
		    arena_printf(r->mem, "電池で%s時間", x->b), x->c);
	return add_line(r, lines, x->a, x->b, x->c);
}

/* All facts of a section, a line each; what nobody asked is said. */
static const char *
section_text(struct req *r, const struct item_rows *rows, const char *section)
{
	const char *lines = "";

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct item *x = item_at(rows, i);

		if (strcmp(x->section, section) == 0)
			lines = add_fact(r, lines, x);
	}
	for (size_t i = 0; i < rows->set.n && lines[0] == '\0'; i++) {
		const struct item *x = item_at(rows, i);

		if (strcmp(x->section, "field") == 0 &&
		    strcmp(x->a, section) == 0 && strcmp(x->b, "none") == 0)
			lines = "なし（確認済み）";
	}
	return lines[0] == '\0' ? "未確認" : lines;
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
write_maker(struct req *r, struct paper *p)
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
	    profession_name(r->viewer->profession), record_writer(r)), 1);
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
			paper_row(p, f->label, section_text(r, &rows, f->name));
	paper_heading(p, "生活と介護");
	for (const struct field *f = fields; f->name != NULL; f++)
		if (!f->section)
			paper_row(p, f->label, field_text(&rows, f));
	write_maker(r, p);
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
	paper_row(p, "アレルギー", section_text(r, &rows, "allergies"));
	paper_heading(p, "いまの薬");
	for (size_t i = 0; i < held.set.n; i++) {
		const struct held *h = held_at(&held, i);

		paper_row(p, h->name, add_line(r, arena_printf(r->mem, "%s%s",
		    h->dose == NULL ? "" : h->dose,
		    h->blood_thinner ? "　【血を固まりにくくする薬】" : ""),
		    h->dosage == NULL ? "" : h->dosage, h->prescriber,
		    h->dispensed_on.set ?
		    paper_day(r->mem, (civil_date)h->dispensed_on.v) : NULL));
	}
	if (held.set.n == 0)
		paper_row(p, "薬", section_text(r, &rows, "medications"));
	write_maker(r, p);
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

/* One paper of a month's entries; what nobody wrote cannot be reported. */
static int
report(struct req *r, const char *title, int own_only)
{
	struct noted_rows rows;
	civil_date first, next;
	struct paper *p;

	if (!record_shows(r, "papers"))
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
	write_maker(r, p);
	return paper_answer(r, p, arena_printf(r->mem, "%s.pdf", title));
}

int
papers_visit_report(struct req *r, struct model *m)
{
	static const char *const nurses[] = { "040", "050", "060", "080", "090",
	    "100" };

	(void)m;
	for (size_t i = 0; i < sizeof nurses / sizeof nurses[0]; i++)
		if (strcmp(nurses[i], r->viewer->profession) == 0)
			return report(r, "訪問看護報告書", 0);
	return 403;
}

int
papers_management(struct req *r, struct model *m)
{
	static const char *const who[] = { "010", "020", "030", "130", "190" };

	(void)m;
	for (size_t i = 0; i < sizeof who / sizeof who[0]; i++)
		if (strcmp(who[i], r->viewer->profession) == 0)
			return report(r, "居宅療養管理指導報告", 1);
	return 403;
}
