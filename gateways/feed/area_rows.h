/*
 * The rows of care_bulletin_area that an item makes: a town, what holds there.
 */
#ifndef AREA_ROWS_H
#define AREA_ROWS_H

#include "item.h"

struct arena;

struct area_row {
	char town[6];			/* five digits; 23000 a prefecture, 00000 all */
	int none;			/* what was in force no longer is */
	size_t reach;			/* towns that the named area stands for */
	size_t n;			/* place in the item */
	const struct item_warning *warning;	/* or NULL: the item as a whole */
	const char *area, *code;	/* as the item names it; code "" if none */
};

struct area_rows {
	size_t n;
	struct area_row *v;
};

/*
 * All towns of an item, each warning once a town. A telegram of JMA says the same
 * of prefecture, region and town: an area of which it names a part says nothing
 * itself, or the warning of one town would be every town's. Elsewhere, of two
 * areas that hold a warning the smaller counts. While anything is in force, what no longer is is left out. An
 * item without a known town gets those of `fallback` (see struct source.areas).
 */
struct area_rows area_rows_of(const struct item *, const char *fallback,
    struct arena *);

/* Them as put_areas of feed.sql takes them; `title` names a row without warning. */
const char *area_rows_json(const struct area_rows *, const char *title,
    struct arena *);

#endif
