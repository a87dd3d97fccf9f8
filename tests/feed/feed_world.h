/* A document read without a child, for tests of what is read. */
#ifndef FEED_WORLD_H
#define FEED_WORLD_H

#include "arena.h"
#include "charset.h"
#include "reading.h"

struct world {
	struct reading r;
	struct charsets *charsets;
};

static int
world_begin(void **state)
{
	struct world *w = calloc(1, sizeof *w);

	w->charsets = charsets_open(NULL);
	w->r.mem = arena_new(READING_BYTES);
	w->r.entry = arena_new(READING_BYTES);
	*state = w;
	return 0;
}

static int
world_end(void **state)
{
	struct world *w = *state;

	arena_free(w->r.entry);
	arena_free(w->r.mem);
	charsets_close(w->charsets);
	free(w);
	return 0;
}

/* Reads a text that came from a place; what was read before is forgotten. */
static inline struct reading *
world_read_from(struct world *w, const char *text, const char *place)
{
	struct reading fresh = { .mem = w->r.mem, .entry = w->r.entry,
		.max_items = 100, .updated = ITEM_NO_TIME, .place = place };

	w->r = fresh;
	assert_null(read_document(&w->r, w->charsets, text, strlen(text), NULL));
	return &w->r;
}

static struct reading *
world_read(struct world *w, const char *text)
{
	return world_read_from(w, text, NULL);
}

#endif
