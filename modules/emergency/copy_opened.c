/* Who has whom open, in the copy: under the user, and to be found by its ref. */
#include "copy_own.h"

#include "arena.h"
#include "bytes.h"

static struct store_name
name_of(const struct store *s, int64_t user, const struct ref *opening)
{
	return store_name(s, COPY_OPENED, &user, sizeof user,
	    opening == NULL ? NULL : opening->b,
	    opening == NULL ? 0 : REF_BYTES);
}

void
opened_put(const struct standing *s, const struct opened *o, utc_ms noted)
{
	struct store_name name = name_of(s->store, o->user_id, o->opening);
	struct store_name by = name_of_ref(s->store, COPY_USER, o->opening);
	unsigned char user[8];

	put_le64(user, (uint64_t)o->user_id);
	row_put(s, &name, noted, &copy_opened_row, o);
	store_put(s->on, &by, user, sizeof user);
}

const struct opened *
opened_find(const struct standing *s, const struct ref *opening, utc_ms *noted)
{
	struct store_name by = name_of_ref(s->store, COPY_USER, opening);
	struct db_bytes user = store_get(s->on, &by, s->mem);
	struct store_name name;

	if (user.p == NULL || user.n != 8)
		return NULL;
	name = name_of(s->store, (int64_t)get_le64(user.p), opening);
	return row_get(s, &name, &copy_opened_row, noted);
}

/* Gathers the newest. */
struct gathering {
	const struct standing *s;
	utc_ms now;
	const struct opened **out;
	size_t n, room;
};

static int
gather(void *of, const struct store_name *name, struct db_bytes v)
{
	struct gathering *g = of;
	const struct opened *o = row_read(v, &copy_opened_row, g->s->mem, NULL);
	size_t at;

	(void)name;
	if (o == NULL || o->until <= g->now || o->ended_at.set)
		return 0;
	for (at = g->n; at > 0 && g->out[at - 1]->opened_at < o->opened_at; at--)
		if (at < g->room)
			g->out[at] = g->out[at - 1];
	if (at < g->room)
		g->out[at] = o;
	g->n += g->n < g->room;
	return 0;
}

size_t
opened_of_user(const struct standing *s, int64_t user, utc_ms now,
    const struct opened **out, size_t room)
{
	struct store_name name = name_of(s->store, user, NULL);
	struct gathering g = { s, now, out, 0, room };

	(void)store_each(s->on, &name, 1 + STORE_HEAD, s->mem, gather, &g);
	return g.n;
}

struct sweeping {
	const struct standing *s;
	utc_ms before;
};

static int
sweep(void *of, const struct store_name *name, struct db_bytes v)
{
	const struct sweeping *w = of;
	const struct opened *o = row_read(v, &copy_opened_row, w->s->mem, NULL);
	struct store_name by;

	if (o != NULL && o->until >= w->before)
		return 0;
	store_drop(w->s->on, name);
	if (o == NULL)
		return 0;
	by = name_of_ref(w->s->store, COPY_USER, o->opening);
	store_drop(w->s->on, &by);
	return 0;
}

void
opened_sweep(const struct standing *s, utc_ms before)
{
	const struct store_name all = { .b = { COPY_OPENED } };
	struct sweeping w = { s, before };

	(void)store_each(s->on, &all, 1, s->mem, sweep, &w);
}
