/* Coverage while the pass counts it. */
#include "coverage.h"

#include "age.h"
#include "coverage_sql.h"
#include "text.h"

struct tally { int people, given, elsewhere; };

/* Of one town: tallies by vaccine, area (the last: none of them) and age. */
struct town {
	int64_t network;
	const char *area[COVERAGE_AREAS];
	size_t areas;
	struct tally *tally;
	struct town *next;
};

struct coverage {
	struct arena *mem;
	civil_date day;
	struct area_rows areas;
	struct town *towns;
};

struct coverage *
coverage_begin(struct db *db, struct arena *mem, civil_date day)
{
	struct coverage *c = arena_take(mem, sizeof *c);

	*c = (struct coverage){ .mem = mem, .day = day };
	coverage_all_areas(db, &c->areas);
	return c;
}

static struct town *
town_of(struct coverage *c, int64_t network)
{
	struct town *t = c->towns;

	while (t != NULL && t->network != network)
		t = t->next;
	if (t != NULL)
		return t;
	t = arena_take(c->mem, sizeof *t);
	*t = (struct town){ .network = network, .next = c->towns };
	for (size_t i = 0; i < c->areas.set.n && t->areas < COVERAGE_AREAS; i++)
		if (area_at(&c->areas, i)->network_id == network)
			t->area[t->areas++] = area_at(&c->areas, i)->name;
	t->tally = arena_take_many(c->mem, schedule_now()->vaccines *
	    (t->areas + 1) * COVERAGE_AGES, sizeof *t->tally);
	c->towns = t;
	return t;
}

/* The area of an address: of those whose names stand in it the longest. */
static size_t
area_of(const struct town *t, const char *address)
{
	size_t found = t->areas, length = 0;

	for (size_t i = 0; address != NULL && i < t->areas; i++)
		if (strlen(t->area[i]) > length &&
		    strstr(address, t->area[i]) != NULL) {
			found = i;
			length = strlen(t->area[i]);
		}
	return found;
}

static size_t
age_group(civil_date birth, civil_date day)
{
	int group = (legal_age_on(birth, day) - COVERAGE_AGE_FROM) / 5;

	return group < 0 ? 0 : group >= COVERAGE_AGES ? COVERAGE_AGES - 1 :
	    (size_t)group;
}

static struct tally *
tally_of(const struct town *t, size_t vaccine, size_t area, size_t age)
{
	return &t->tally[(vaccine * (t->areas + 1) + area) * COVERAGE_AGES +
	    age];
}

void
coverage_count(struct coverage *c, int64_t network, const char *address,
    civil_date birth, const struct history *h)
{
	const struct schedule *s = schedule_now();
	size_t area = SIZE_MAX, age = age_group(birth, c->day);
	struct town *t = NULL;

	for (size_t i = 0; i < s->vaccines; i++) {
		enum covered is = due_covered(s, &s->vaccine[i], birth, h,
		    c->day);
		struct tally *n;

		if (is == COVERED_NOT_HERS)
			continue;
		if (t == NULL) {
			t = town_of(c, network);
			area = area_of(t, address);
		}
		n = tally_of(t, i, area, age);
		n->people++;
		n->given += is == COVERED;
		n->elsewhere += is == COVERED_ELSEWHERE;
	}
}

static void
add_row(struct buf *b, const struct town *t, size_t vaccine, size_t area,
    size_t age)
{
	const struct tally *n = tally_of(t, vaccine, area, age);
	const char *name = area < t->areas ? t->area[area] : "";

	if (n->people == 0)
		return;
	buf_printf(b, "%s[%lld,\"%s\",", b->n == 0 ? "[" : ",",
	    (long long)t->network, schedule_now()->vaccine[vaccine].code);
	buf_json(b, name, strlen(name));
	buf_printf(b, ",%d,%d,%d,%d]", COVERAGE_AGE_FROM + 5 * (int)age,
	    n->people, n->given, n->elsewhere);
}

void
coverage_write(struct coverage *c, struct db *db)
{
	struct buf b = { 0 };

	for (const struct town *t = c->towns; t != NULL; t = t->next)
		for (size_t v = 0; v < schedule_now()->vaccines; v++)
			for (size_t i = 0; i <= t->areas; i++)
				for (size_t k = 0; k < COVERAGE_AGES; k++)
					add_row(&b, t, v, i, k);
	if (b.n > 0) {
		buf_putc(&b, ']');
		coverage_add(db, c->day, arena_text(c->mem, buf_text(&b)));
	}
	buf_free(&b);
}

void
coverage_finish(struct db *db, civil_date day)
{
	coverage_drop_older(db, day);
}

void
coverage_forget(struct db *db, civil_date day)
{
	coverage_forget_day(db, day);
}
