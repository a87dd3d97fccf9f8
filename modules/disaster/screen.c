#include "screen.h"

#include "away.h"
#include "register.h"
#include "text.h"
#include "viewer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	DOTS_MAX = 6000, DOTS_WAITING = 300,
	PATIENCE_S = 2		/* whoever has waited so long for another's reading reads herself */
};

/* ---- reading ---- */

static void
ask_list(struct req *r, const struct reach *e, enum screen_kind kind,
    struct screen *s)
{
	int64_t incident = e->room->incident_id;

	incident_people(r->db, &s->help, incident, 1, 0, r->now,
	    PEOPLE_A_PAGE, REACH(r));
	incident_said_in_conflict(r->db, &s->said, incident, REACH(r));
	if (kind == SCREEN_LACKING)
		incident_lacking(r->db, &s->people, incident, 0, r->now,
		    PEOPLE_A_PAGE, REACH(r));
	else
		incident_people(r->db, &s->people, incident,
		    kind == SCREEN_DONE ? 3 : 2, 0, r->now, PEOPLE_A_PAGE,
		    REACH(r));
}

/* What is drawn besides people. */
static void
ask_town(struct req *r, const struct reach *e, struct screen *s)
{
	int64_t incident = e->room->incident_id, network = r->viewer->network;

	incident_areas(r->db, &s->areas, incident, network);
	incident_hazards(r->db, &s->hazards, network);
	shelter_in_incident(r->db, &s->shelters, incident, network,
	    r->viewer->office, 0);
}

/* ---- of a team: all of hers at once, and the rest is counted ---- */

static void
count_hers(struct req *r, const struct person_rows *all, struct screen *s)
{
	struct counts *c = arena_take(r->mem, sizeof *c);

	*c = (struct counts){ .people = (int64_t)all->set.n };
	for (size_t i = 0; i < all->set.n; i++) {
		const struct person *p = person_at(all, i);

		c->help += p->waits == 1;
		c->unknown += p->waits == 2;
		c->done += p->waits == 3;
		c->safe += strcmp(p->status, "safe") == 0;
		c->evacuated += strcmp(p->status, "evacuated") == 0;
		c->hospital += strcmp(p->status, "hospital") == 0;
	}
	s->counts = c;
}

/* Copies of those who wait so, or who lack something (0); a page of them. */
static void
pick(struct req *r, const struct person_rows *all, int waits,
    struct person_rows *out)
{
	struct person *some = arena_take_many(r->mem, PEOPLE_A_PAGE,
	    sizeof *some);
	size_t n = 0;

	for (size_t i = 0; i < all->set.n && n < PEOPLE_A_PAGE; i++) {
		const struct person *p = person_at(all, i);

		if (waits == 0 ? p->needs[0] != '\0' : p->waits == waits)
			some[n++] = *p;
	}
	out->set = (struct db_set){ .rows = (void *)some, .n = n,
		.row = &incident_person_row };
}

static void
dot_hers(struct req *r, const struct person_rows *all, int waits, size_t most,
    struct screen *s)
{
	struct dot *dots = arena_take_many(r->mem, all->set.n + 1,
	    sizeof *dots);
	size_t n = 0;

	for (size_t i = 0; i < all->set.n && n < most; i++) {
		const struct person *p = person_at(all, i);

		if (p->waits <= waits)
			dots[n++] = (struct dot){ .patient_id = p->patient_id,
				.id = p->id, .number = p->number,
				.name = p->name, .latitude = p->latitude,
				.longitude = p->longitude, .waits = p->waits };
	}
	s->dots.set = (struct db_set){ .rows = (void *)dots, .n = n,
		.row = &incident_dot_row };
}

static void
ask_hers(struct req *r, const struct reach *e, enum screen_kind kind,
    struct screen *s)
{
	struct person_rows all;
	int conflict = 0;

	incident_hers(r->db, &all, e->room->incident_id, r->now, REACH(r));
	count_hers(r, &all, s);
	pick(r, &all, 1, &s->help);
	pick(r, &all, kind == SCREEN_LACKING ? 0 : kind == SCREEN_DONE ? 3 : 2,
	    &s->people);
	dot_hers(r, &all, kind == SCREEN_MAP ? 3 : 2,
	    kind == SCREEN_MAP ? DOTS_MAX : DOTS_WAITING, s);
	for (size_t i = 0; i < s->help.set.n; i++)
		conflict |= person_at(&s->help, i)->conflict;
	if (conflict)
		incident_said_in_conflict(r->db, &s->said,
		    e->room->incident_id, REACH(r));
}

/* ---- of whomever ---- */

static void
ask(struct req *r, const struct reach *e, enum screen_kind kind,
    struct screen *s)
{
	*s = (struct screen){
		.help.set.row = &incident_person_row,
		.people.set.row = &incident_person_row,
		.said.set.row = &incident_said_row,
		.areas.set.row = &incident_area_row,
		.hazards.set.row = &incident_hazard_row,
		.dots.set.row = &incident_dot_row,
		.shelters.set.row = &shelter_shelter_row
	};
	if (!is_officer(r) && !e->room->body) {
		ask_hers(r, e, kind, s);
		if (kind != SCREEN_COUNTS)
			ask_town(r, e, s);
		return;
	}
	if (kind != SCREEN_MAP)
		incident_counts(r->db, &s->counts, e->room->incident_id,
		    REACH(r));
	if (kind < SCREEN_MAP)
		ask_list(r, e, kind, s);
	if (kind == SCREEN_COUNTS)
		return;
	ask_town(r, e, s);
	incident_dots(r->db, &s->dots, e->room->incident_id,
	    kind == SCREEN_MAP ? 3 : 2, kind == SCREEN_MAP ? DOTS_MAX :
	    DOTS_WAITING, REACH(r));
}

/* ---- as bytes, from one thread to another ---- */

static void
pack(struct buf *b, const struct screen *s)
{
	struct db_set counts = { (void *)(uintptr_t)s->counts,
		s->counts != NULL, &incident_counts_row };

	rows_write(b, &incident_counts_row, &counts);
	rows_write(b, &incident_person_row, &s->help.set);
	rows_write(b, &incident_person_row, &s->people.set);
	rows_write(b, &incident_said_row, &s->said.set);
	rows_write(b, &incident_area_row, &s->areas.set);
	rows_write(b, &incident_hazard_row, &s->hazards.set);
	rows_write(b, &incident_dot_row, &s->dots.set);
	rows_write(b, &shelter_shelter_row, &s->shelters.set);
}

static int
unpack(struct req *r, const unsigned char *p, size_t n, struct screen *s)
{
	const unsigned char *end = p + n;
	struct db_set counts;

	if (rows_read(&p, end, &incident_counts_row, r->mem, &counts) != 0 ||
	    rows_read(&p, end, &incident_person_row, r->mem, &s->help.set) != 0 ||
	    rows_read(&p, end, &incident_person_row, r->mem, &s->people.set) != 0 ||
	    rows_read(&p, end, &incident_said_row, r->mem, &s->said.set) != 0 ||
	    rows_read(&p, end, &incident_area_row, r->mem, &s->areas.set) != 0 ||
	    rows_read(&p, end, &incident_hazard_row, r->mem, &s->hazards.set) != 0 ||
	    rows_read(&p, end, &incident_dot_row, r->mem, &s->dots.set) != 0 ||
	    rows_read(&p, end, &shelter_shelter_row, r->mem, &s->shelters.set) != 0)
		return -1;
	s->counts = counts.n == 0 ? NULL :
	    (const struct counts *)(const void *)counts.rows;
	return 0;
}

/* ---- for all who look at once ---- */

/* A reading that some wait for; the last of them frees it. */
struct reading {
	int holders, done;
	struct buf bytes;	/* none: it failed */
};

/* Of one list: one reading at a time, and the one that begins when it ends. */
struct watch {
	struct watch *next;
	int64_t incident;
	enum screen_kind kind;
	int busy, users;
	struct reading *gathering;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct watch *first;
} all = { .lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER };

/* With the lock held; NULL without memory. */
static struct watch *
watch_enter(int64_t incident, enum screen_kind kind)
{
	struct watch *w = all.first;

	while (w != NULL && (w->incident != incident || w->kind != kind))
		w = w->next;
	if (w == NULL) {
		w = calloc(1, sizeof *w);
		if (w == NULL)
			return NULL;
		w->incident = incident;
		w->kind = kind;
		w->next = all.first;
		all.first = w;
	}
	w->users++;
	return w;
}

static void
watch_leave(struct watch *w)
{
	struct watch **at = &all.first;

	if (--w->users > 0)
		return;
	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
	free(w);
}

static void
reading_leave(struct reading *g)
{
	if (--g->holders > 0)
		return;
	buf_free(&g->bytes);
	free(g);
}

static struct timespec
patience(void)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += PATIENCE_S;
	return until;
}

/* Joins what gathers, or begins to gather: 1, it is hers to read. */
static int
join(struct watch *w, struct reading **out)
{
	int first = w->gathering == NULL;

	if (first)
		w->gathering = calloc(1, sizeof *w->gathering);
	*out = w->gathering;
	if (*out != NULL)
		(*out)->holders++;
	return first;
}

/* Reads for all who have gathered, as soon as the reading before has ended. */
static void
lead(struct req *r, const struct reach *e, struct watch *w,
    struct reading *g, struct screen *s)
{
	struct timespec until = patience();
	int others;

	while (w->busy > 0 && pthread_cond_clockwait(&all.moved, &all.lock,
	    CLOCK_MONOTONIC, &until) != ETIMEDOUT)
		continue;
	w->busy++;
	w->gathering = NULL;	/* whoever comes from here on waits for the next */
	others = g->holders > 1;
	pthread_mutex_unlock(&all.lock);
	ask(r, e, w->kind, s);
	if (others && db_outcome(r->db) == DB_FINE)
		pack(&g->bytes, s);
	pthread_mutex_lock(&all.lock);
	w->busy--;
	g->done = 1;
	pthread_cond_broadcast(&all.moved);
}

/* What the one who leads has read: its bytes in the arena, or NULL. */
static const unsigned char *
follow(struct req *r, struct reading *g, size_t *n)
{
	struct timespec until = patience();

	while (!g->done && pthread_cond_clockwait(&all.moved, &all.lock,
	    CLOCK_MONOTONIC, &until) != ETIMEDOUT)
		continue;
	*n = g->bytes.n;
	if (!g->done || g->bytes.failed || g->bytes.n == 0)
		return NULL;
	return (const unsigned char *)arena_copy(r->mem, g->bytes.p, *n);
}

static void
share(struct req *r, const struct reach *e, enum screen_kind kind,
    struct screen *s)
{
	const unsigned char *bytes = NULL;
	struct reading *g = NULL;
	struct watch *w;
	int leads = 0;
	size_t n = 0;

	pthread_mutex_lock(&all.lock);
	w = watch_enter(e->room->incident_id, kind);
	if (w != NULL)
		leads = join(w, &g);
	if (g != NULL && leads)
		lead(r, e, w, g, s);
	else if (g != NULL)
		bytes = follow(r, g, &n);
	if (g != NULL)
		reading_leave(g);
	if (w != NULL)
		watch_leave(w);
	pthread_mutex_unlock(&all.lock);
	if (g != NULL && leads)
		return;
	if (bytes == NULL || unpack(r, bytes, n, s) != 0)
		ask(r, e, kind, s);
}

void
screen_read(struct req *r, const struct reach *e, enum screen_kind kind,
    struct screen *s)
{
	if (is_officer(r) && e->room->accepted)
		share(r, e, kind, s);
	else
		ask(r, e, kind, s);
}
