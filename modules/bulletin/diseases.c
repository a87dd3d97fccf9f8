/*
 * What goes round, disease by disease: what public bodies count beside what
 * offices of the network report.
 */
#include "bulletin.h"

#include "disease.h"
#include "outbreak_sql.h"
#include "trend.h"
#include "viewer.h"

/* All that is known of these weeks, in the order of its statement. */
struct known {
	civil_date first;
	int local;
	struct figure_rows figures;
	struct outbreak_rows outbreaks;
	struct tally_rows tallies;
};

static int
is_series(const struct figure *a, const struct figure *b)
{
	return strcmp(a->disease, b->disease) == 0 &&
	    strcmp(a->area, b->area) == 0 && strcmp(a->source, b->source) == 0;
}

/*
 * A series of public figures: of rows from `i` on that are of one disease, place
 * and source; returns the first that is not. The first of a week counts.
 */
static size_t
put_series(struct req *r, struct model *m, const struct known *k, size_t i)
{
	const struct figure *newest = figure_at(&k->figures, i), *f = newest;
	struct trend t = { .first = k->first, .scale = 100 };
	struct model *o = put_item(m, "figures");

	for (; i < k->figures.set.n; i++) {
		int week;

		f = figure_at(&k->figures, i);
		if (!is_series(f, newest))
			break;
		week = trend_week(&t, f->week_on);
		if (week == -1 || t.known[week])
			continue;
		t.known[week] = 1;
		t.lower[week] = (int)f->hundredths;
	}
	put_text(o, "publisher", newest->publisher);
	put_bool(o, "of_japan", strcmp(newest->area, "00000") == 0);
	put_text(o, "link", newest->link);
	put_utc(o, "issued_at", newest->issued_at);
	put_date(o, "week_on", newest->week_on);
	put_text(o, "per_sentinel", trend_text(r->mem, &t,
	    newest->hundredths));
	trend_put(r, o, &t);
	return i;
}

static void
put_figures(struct req *r, struct model *m, const struct known *k,
    const char *disease)
{
	size_t i = 0;

	put_items(m, "figures");
	while (i < k->figures.set.n) {
		if (strcmp(figure_at(&k->figures, i)->disease, disease) != 0) {
			i++;
			continue;
		}
		i = put_series(r, m, k, i);
	}
}

/* Who fell ill in which week: by how much the count of an outbreak rose. */
static int
count_new(const struct known *k, const char *disease, struct trend *t)
{
	int64_t outbreak = 0, users = 0, staff = 0;
	int n = 0;

	for (size_t i = 0; i < k->tallies.set.n; i++) {
		const struct tally *y = tally_at(&k->tallies, i);
		int week = trend_week(t, y->counted_on);

		if (strcmp(y->disease, disease) != 0)
			continue;
		if (y->outbreak_id != outbreak)
			users = staff = 0;
		outbreak = y->outbreak_id;
		if (week != -1) {
			t->lower[week] += (int)(y->ill_users - users);
			t->upper[week] += (int)(y->ill_staff - staff);
			n++;
		}
		users = y->ill_users;
		staff = y->ill_staff;
	}
	return n;
}

/* A later, smaller count is a correction: no week has less than nobody. */
static void
settle(struct trend *t)
{
	for (int i = 0; i < TREND_WEEKS; i++) {
		t->known[i] = 1;
		t->lower[i] = t->lower[i] < 0 ? 0 : t->lower[i];
		t->upper[i] = t->upper[i] < 0 ? 0 : t->upper[i];
	}
}

static void
put_outbreak(struct model *m, const struct outbreak *b)
{
	struct model *o = put_item(m, "outbreaks");

	put_ref(o, "id", b->id);
	put_text(o, "office", b->office);
	put_text(o, "place", b->place);
	put_date(o, "began_on", b->began_on);
	if (b->ended_on.set)
		put_date(o, "ended_on", (civil_date)b->ended_on.v);
	else
		put_text(o, "ended_on", NULL);
	put_date(o, "counted_on", b->counted_on);
	put_i64(o, "ill_users", b->ill_users);
	put_i64(o, "ill_staff", b->ill_staff);
	put_utc(o, "reported_at", b->reported_at);
	put_bool(o, "own", b->own);
}

static void
put_local(struct req *r, struct model *m, const struct known *k,
    const char *disease)
{
	struct trend t = { .first = k->first, .scale = 1 };
	int n = count_new(k, disease, &t), listed = 0;

	settle(&t);
	put_items(m, "outbreaks");
	for (size_t i = 0; i < k->outbreaks.set.n; i++) {
		const struct outbreak *b = outbreak_at(&k->outbreaks, i);

		if (strcmp(b->disease, disease) != 0)
			continue;
		put_outbreak(m, b);
		listed++;
	}
	if (n + listed > 0)
		trend_put(r, put_object(m, "reported"), &t);
	else
		put_text(m, "reported", NULL);
}

static void
look_up(struct req *r, struct known *k, int64_t network)
{
	const struct viewer *v = r->viewer;

	outbreak_figures(r->db, &k->figures, network, k->first);
	if (!k->local)
		return;
	outbreak_outbreaks(r->db, &k->outbreaks, v->user, network, v->office,
	    k->first, OUTBREAKS_A_PAGE);
	outbreak_tallies(r->db, &k->tallies, v->user, network, k->first);
}

static int
is_known(const struct known *k, const char *disease)
{
	for (size_t i = 0; i < k->figures.set.n; i++)
		if (strcmp(figure_at(&k->figures, i)->disease, disease) == 0)
			return 1;
	for (size_t i = 0; i < k->outbreaks.set.n; i++)
		if (strcmp(outbreak_at(&k->outbreaks, i)->disease, disease) == 0)
			return 1;
	for (size_t i = 0; i < k->tallies.set.n; i++)
		if (strcmp(tally_at(&k->tallies, i)->disease, disease) == 0)
			return 1;
	return 0;
}

void
diseases_put(struct req *r, struct model *m, int64_t network, int local)
{
	struct known k = { .first = trend_first(r->now), .local = local };
	const struct disease *d;

	look_up(r, &k, network);
	put_bool(m, "local", local);
	put_items(m, "diseases");
	for (size_t i = 0; (d = disease_at(i)) != NULL; i++) {
		struct model *o;

		if (!is_known(&k, d->code))
			continue;
		o = put_item(m, "diseases");
		put_text(o, "code", d->code);
		put_text(o, "label", d->ja);
		put_bool(o, "local", local);
		put_figures(r, o, &k, d->code);
		if (local)
			put_local(r, o, &k, d->code);
	}
}
