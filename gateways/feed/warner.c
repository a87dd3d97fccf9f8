#include "arena.h"
#include "reading.h"

#include <stdint.h>

void
warner_begin(struct warner *w, struct reading *r, struct item *item)
{
	*w = (struct warner){ .r = r, .item = item };
}

/* Room for one more of a growing array; the old one stays in the arena. */
static void *
grown(struct arena *mem, void *old, size_t n, size_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return old;
	*room = *room == 0 ? 16 : *room * 2;
	more = arena_take_many(mem, *room, size);
	if (n > 0)
		memcpy(more, old, n * size);
	return more;
}

static int
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static int
same_warning(const struct item_warning *a, const struct item_warning *b)
{
	return a->kind == b->kind && a->level == b->level && a->from == b->from &&
	    a->until == b->until && same(a->code, b->code) &&
	    same(a->name, b->name) && same(a->state, b->state);
}

size_t
warner_warning(struct warner *w, const struct item_warning *like)
{
	struct item *item = w->item;
	size_t room = w->room_warnings;

	for (size_t i = item->n_warnings; i-- > 0;)
		if (same_warning(&w->warnings[i], like))
			return i;
	if (item->n_warnings == WARNINGS_MAX) {
		reading_note(w->r, "more than %d warnings", WARNINGS_MAX);
		return WARNINGS_MAX - 1;
	}
	w->warnings = grown(w->r->mem, w->warnings, item->n_warnings,
	    &w->room_warnings, sizeof *w->warnings);
	if (room != w->room_warnings)
		w->links = grown(w->r->mem, w->links, item->n_warnings, &room,
		    sizeof *w->links);
	w->warnings[item->n_warnings] = *like;
	return item->n_warnings++;
}

/* What is said of a code with its list is a name, perhaps one of several. */
static const char *
key_of(const char *code, const char *name, const char *coding)
{
	return code != NULL && coding != NULL ? NULL : name;
}

static size_t
hash(const char *code, const char *name)
{
	uint64_t h = 14695981039346656037u;

	for (; code != NULL && *code != '\0'; code++)
		h = (h ^ (unsigned char)*code) * 1099511628211u;
	for (h *= 31; name != NULL && *name != '\0'; name++)
		h = (h ^ (unsigned char)*name) * 1099511628211u;
	return (size_t)(h ^ h >> 29);
}

static void
index_again(struct warner *w)
{
	size_t n = w->item->n_areas;

	w->index_room = w->index_room == 0 ? 256 : w->index_room * 2;
	w->index = arena_take_many(w->r->mem, w->index_room, sizeof *w->index);
	for (size_t i = 0; i < n; i++) {
		const struct item_area *a = &w->areas[i];
		size_t at = hash(a->code, key_of(a->code, a->name, a->coding));

		while (w->index[at % w->index_room] != 0)
			at++;
		w->index[at % w->index_room] = i + 1;
	}
}

/* The area's number in the item; a new one when it is not there yet. */
static size_t
area_number(struct warner *w, const char *code, const char *name,
    const char *coding)
{
	struct item *item = w->item;
	const char *key = key_of(code, name, coding);
	size_t at;

	if (item->n_areas * 2 >= w->index_room)
		index_again(w);
	for (at = hash(code, key); w->index[at % w->index_room] != 0; at++) {
		const struct item_area *a =
		    &w->areas[w->index[at % w->index_room] - 1];

		if (same(a->code, code) && same(a->coding, coding) &&
		    same(key_of(a->code, a->name, a->coding), key))
			return w->index[at % w->index_room] - 1;
	}
	if (item->n_areas == AREAS_MAX)
		return AREAS_MAX;
	w->areas = grown(w->r->mem, w->areas, item->n_areas, &w->room_areas,
	    sizeof *w->areas);
	w->areas[item->n_areas] = (struct item_area){ .code = code, .name = name,
		.coding = coding };
	w->index[at % w->index_room] = item->n_areas + 1;
	return item->n_areas++;
}

void
warner_area(struct warner *w, size_t warning, const char *code, const char *name,
    const char *coding)
{
	struct link *l;
	size_t area;

	if (code == NULL && name == NULL)
		return;
	area = area_number(w, code, name, coding);
	if (area == AREAS_MAX) {
		reading_note(w->r, "more than %d areas", AREAS_MAX);
		return;
	}
	if (warning == WARNER_NONE)
		return;
	for (l = w->links[warning]; l != NULL && l->area != area;)
		l = l->next;
	if (l != NULL)
		return;
	l = arena_take(w->r->mem, sizeof *l);
	l->area = area;
	l->next = w->links[warning];
	w->links[warning] = l;
	w->warnings[warning].n_areas++;
}

/* Links run newest first, the areas of a warning as they came. */
static void
lay_out(struct warner *w, size_t warning)
{
	struct item_warning *it = &w->warnings[warning];
	struct item_area *areas = arena_take_many(w->r->mem, it->n_areas,
	    sizeof *areas);
	size_t at = it->n_areas;

	for (const struct link *l = w->links[warning]; l != NULL; l = l->next)
		areas[--at] = w->areas[l->area];
	it->areas = areas;
}

void
warner_end(struct warner *w)
{
	struct item *item = w->item;

	for (size_t i = 0; i < item->n_warnings; i++) {
		lay_out(w, i);
		if (w->warnings[i].severity > item->severity)
			item->severity = w->warnings[i].severity;
	}
	item->warnings = w->warnings;
	item->areas = w->areas;
}
