#include "due.h"

#include "age.h"

#include <string.h>

enum { APRIL = 4, YEARS_AHEAD = 1 };

struct span { civil_date from, to; };

static int
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static civil_date
day_of(int year, struct civil of)
{
	int ok;
	civil_date day = date_from_civil((struct civil){ year, of.month, of.day },
	    &ok);

	/* 29 February of a season in a year that has none. */
	return ok == 0 ? day : date_from_civil((struct civil){ year, 3, 1 }, NULL);
}

/* A fiscal year (年度) is named by the year of its April. */
static int
fiscal_year(civil_date day)
{
	struct civil c = civil_from_date(day);

	return c.month >= APRIL ? c.year : c.year - 1;
}

static struct span
fiscal_span(int year)
{
	return (struct span){ date_from_civil((struct civil){ year, 4, 1 }, NULL),
	    date_from_civil((struct civil){ year + 1, 3, 31 }, NULL) };
}

static struct span
both(struct span a, struct span b)
{
	return (struct span){ a.from > b.from ? a.from : b.from,
	    a.to < b.to ? a.to : b.to };
}

/*
 * Whether she attains one of the programme's ages in that fiscal year: only two can be,
 * that of her birthday in either calendar year of it.
 */
static int
of_cohort(const struct programme *p, civil_date birth, int year)
{
	struct span all = fiscal_span(year);
	int first = p->cohorts == 0 ? 0 : year - civil_from_date(birth).year;

	for (size_t i = 0; i < p->cohorts; i++) {
		civil_date at;

		if (p->cohort[i] != first && p->cohort[i] != first + 1)
			continue;
		at = age_attained_on(birth, p->cohort[i]);
		if (all.from <= at && at <= all.to)
			return 1;
	}
	return p->cohort_over != NO_AGE &&
	    age_attained_on(birth, p->cohort_over) <= all.to;
}

static int
by_cohort(const struct programme *p)
{
	return p->cohorts > 0 || p->cohort_over != NO_AGE;
}

/* The days in which her age is right: from the least one, with `condition` earlier. */
static struct span
age_span(const struct programme *p, civil_date birth, int condition)
{
	struct span all = { p->when.since, p->when.until };
	int from = condition && p->condition_age != NO_AGE ? p->condition_age :
	    p->from_age;

	if (from != NO_AGE)
		all.from = age_attained_on(birth, from);
	if (p->until_age != NO_AGE)
		all.to = age_attained_on(birth, p->until_age);
	return all;
}

/* The season that began in this year; all of the year where there is none. */
static struct span
season_span(const struct programme *p, int year)
{
	int over = p->season_until.month < p->season_from.month;

	return (struct span){ day_of(year, p->season_from),
	    day_of(year + over, p->season_until) };
}

/* Her window of the programme, that of one year; from > to: there is none. */
static struct span
window_of(const struct programme *p, civil_date birth, int year)
{
	struct span w = both((struct span){ p->when.since, p->when.until },
	    by_cohort(p) ? fiscal_span(year) : age_span(p, birth, 0));

	if (by_cohort(p) && !of_cohort(p, birth, year))
		return (struct span){ 1, 0 };
	return p->season_from.month == 0 ? w : both(w, season_span(p, year));
}

enum window
due_window(const struct programme *p, civil_date birth, int condition,
    civil_date day)
{
	struct span age = age_span(p, birth, condition);
	int year = fiscal_year(day), open = p->season_from.month == 0;

	if (!holds_on(p->when, day))
		return WINDOW_OVER;
	if (by_cohort(p) ? !of_cohort(p, birth, year) &&
	    !(condition && p->condition_age != NO_AGE &&
	    age_attained_on(birth, p->condition_age) <= day &&
	    day < age_attained_on(birth, p->cohort[0])) :
	    day < age.from || day > age.to)
		return WINDOW_AGE;
	for (int y = year - 1; !open && y <= year + 1; y++) {
		struct span s = season_span(p, y);

		open = s.from <= day && day <= s.to;
	}
	return open ? WINDOW_OPEN : WINDOW_SEASON;
}

int
due_count(const struct history *h, const char *vaccine)
{
	int n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += same(h->dose[i].vaccine, vaccine);
	return n;
}

static const struct dose *
last_of(const struct history *h, const char *vaccine)
{
	for (size_t i = h->n; i > 0; i--)
		if (same(h->dose[i - 1].vaccine, vaccine))
			return &h->dose[i - 1];
	return NULL;
}

static civil_date
apply(civil_date from, int days, int months)
{
	civil_date a = days < 0 ? from : earliest_after(from, days);
	civil_date b = months == 0 ? from : add_months(from, months);

	return a > b ? a : b;
}

/* Whether the rule is of this dose of this product, after that one. */
static int
speaks_of(const struct interval *i, const struct product *p, int number,
    const char *after)
{
	return (i->product == NULL || same(i->product, p->code)) &&
	    (i->after == NULL || same(i->after, after)) &&
	    (i->dose == 0 ? number > 1 : i->dose == number);
}

/* How much a rule says: of several that hold the one that says most counts. */
static int
weight(const struct interval *i)
{
	return (i->product != NULL) + (i->after != NULL) + (i->dose != 0);
}

static const struct interval *
rule_of(const struct vaccine *v, const struct product *p, int number,
    const char *after, civil_date today)
{
	const struct interval *best = NULL;

	for (size_t k = 0; k < v->intervals; k++) {
		const struct interval *i = &v->interval[k];

		if (speaks_of(i, p, number, after) && holds_on(i->when, today) &&
		    (best == NULL || weight(i) > weight(best)))
			best = i;
	}
	return best;
}

/* A live one after another live one, whatever they are against. */
static civil_date
after_live(const struct schedule *s, const struct product *p,
    const struct history *h, civil_date from)
{
	for (size_t i = 0; p->live && i < h->n; i++) {
		const struct product *was = schedule_product(s,
		    h->dose[i].product, NULL);
		civil_date to = earliest_after(h->dose[i].on,
		    s->live_days_between);

		if (was != NULL && was->live && to > from)
			from = to;
	}
	return from;
}

civil_date
due_earliest(const struct schedule *s, const struct product *p,
    const struct history *h, civil_date today, civil_date *standard)
{
	const struct vaccine *v = NULL;
	const struct dose *last;
	const struct interval *rule;
	civil_date first = today, advised = today;

	(void)schedule_product(s, p->code, &v);
	last = v == NULL ? NULL : last_of(h, v->code);
	if (last != NULL) {
		rule = rule_of(v, p, due_count(h, v->code) + 1, last->product,
		    today);
		first = rule == NULL ? last->on + 1 :
		    apply(last->on, rule->days, rule->months);
		advised = rule == NULL ? first :
		    apply(last->on, rule->standard_days, rule->standard_months);
	}
	first = after_live(s, p, h, first);
	if (standard != NULL)
		*standard = advised > first ? advised : first;
	return first;
}

/* How many doses complete what she began; 0: each season has one of its own. */
static int
doses_of(const struct schedule *s, const struct vaccine *v,
    const struct programme *p, const struct history *h)
{
	const struct dose *last = last_of(h, v->code);
	const struct product *was = last == NULL ? NULL :
	    schedule_product(s, last->product, NULL);

	if (p->season_from.month != 0)
		return 0;
	return was != NULL && was->doses > 0 ? was->doses : 1;
}

int
due_complete(const struct schedule *s, const struct vaccine *v,
    const struct programme *p, const struct history *h, civil_date day)
{
	const struct dose *last = last_of(h, v->code);
	int wanted = doses_of(s, v, p, h), year = fiscal_year(day);

	if (last == NULL)
		return 0;
	if (wanted > 0)
		return due_count(h, v->code) >= wanted;
	for (int y = year - 1; y <= year; y++) {
		struct span season = season_span(p, y);

		if (season.from <= day && day <= season.to)
			return season.from <= last->on && last->on <= season.to;
	}
	return 0;
}

/* The product by which the next dose is reckoned: what she had, or the first there is. */
static const struct product *
next_product(const struct schedule *s, const struct vaccine *v,
    const struct programme *p, const struct history *h, civil_date day)
{
	const struct dose *last = last_of(h, v->code);
	const struct product *was = last == NULL ? NULL :
	    schedule_product(s, last->product, NULL);

	if (p->product != NULL)
		return schedule_product(s, p->product, NULL);
	if (was != NULL && holds_on(was->when, day))
		return was;
	for (size_t i = 0; i < v->products; i++)
		if (holds_on(v->product[i].when, day))
			return &v->product[i];
	return &v->product[0];
}

/* One window of one programme; 1 when it is what counts. */
static int
consider(const struct schedule *s, const struct vaccine *v,
    const struct programme *p, struct span w, const struct history *h,
    civil_date today, struct due *out)
{
	civil_date start = w.from > today ? w.from : today, standard, earliest;
	int over = w.to < today;

	if (w.from > w.to || w.to < today - DUE_OVERDUE_DAYS)
		return 0;
	if (due_complete(s, v, p, h, over ? w.to : start)) {
		if (out->state == DUE_NEVER)
			*out = (struct due){ .state = DUE_DONE, .programme = p };
		return p->season_from.month == 0;
	}
	earliest = due_earliest(s, next_product(s, v, p, h, start), h,
	    over || due_count(h, v->code) == 0 ? w.from : today, &standard);
	if (!over && earliest > w.to)
		return 0;
	*out = (struct due){ .state = over ? DUE_OVERDUE : DUE_NOW,
	    .programme = p, .dose_number = due_count(h, v->code) + 1,
	    .due_on = earliest > w.from ? earliest : w.from,
	    .standard_on = standard > w.from ? standard : w.from,
	    .overdue_on = w.to + 1 };
	if (out->state == DUE_NOW && out->due_on > today)
		out->state = DUE_LATER;
	return !over;
}

void
due_next(const struct schedule *s, const struct vaccine *v, civil_date birth,
    const struct history *h, civil_date today, struct due *out)
{
	int year = fiscal_year(today);

	*out = (struct due){ .state = DUE_NEVER };
	for (int y = year - 1; y <= year + YEARS_AHEAD; y++)
		for (size_t i = 0; i < v->programmes; i++) {
			const struct programme *p = &v->programme[i];

			if (consider(s, v, p, window_of(p, birth, y), h, today,
			    out))
				return;
		}
}

size_t
due_rows(const struct schedule *s, civil_date birth, const struct history *h,
    civil_date today, struct due_row out[DUE_ROWS])
{
	size_t n = 0;

	for (size_t i = 0; i < s->vaccines && n < DUE_ROWS; i++) {
		struct due d;

		due_next(s, &s->vaccine[i], birth, h, today, &d);
		if (d.state == DUE_NEVER || d.state == DUE_DONE ||
		    d.due_on > today + DUE_SOON_DAYS)
			continue;
		out[n++] = (struct due_row){ s->vaccine[i].code,
		    d.programme->code, d.dose_number, d.due_on,
		    d.overdue_on - 1 };
	}
	return n;
}

/* The season that is, or was last, before or on this day. */
static struct span
last_season(const struct programme *p, civil_date today)
{
	int year = civil_from_date(today).year;
	struct span s = season_span(p, year);

	return s.from <= today ? s : season_span(p, year - 1);
}

/* The day on which one asks for whom it is: today, or the last of a season that is over. */
static civil_date
day_asked(const struct programme *p, civil_date today)
{
	struct span s;

	if (p->season_from.month == 0)
		return today;
	s = last_season(p, today);
	return s.to < today ? s.to : today;
}

enum covered
due_covered(const struct schedule *s, const struct vaccine *v, civil_date birth,
    const struct history *h, civil_date today)
{
	const struct dose *last = last_of(h, v->code);

	for (size_t i = 0; i < v->programmes; i++) {
		const struct programme *p = &v->programme[i];
		civil_date day = day_asked(p, today);

		if (due_window(p, birth, 0, day) != WINDOW_OPEN)
			continue;
		if (!due_complete(s, v, p, h, day))
			return COVERED_NOT;
		return last->elsewhere ? COVERED_ELSEWHERE : COVERED;
	}
	return COVERED_NOT_HERS;
}
