/*
 * The rows of a summary, a section at a time. What shows a summary reads this and
 * nothing else, so that it need not know where the rows came from.
 */
#ifndef ITEMS_H
#define ITEMS_H

#include "module.h"
#include "summary_sql.h"

/*
 * Rows of one section, in their order:
 *
 *	for (size_t i = items_first(rows, "call"); i < rows->set.n;
 *	    i = items_next(rows, "call", i))
 */
size_t items_first(const struct item_rows *, const char *section);
size_t items_next(const struct item_rows *, const char *section, size_t i);

/* The row that says what is known of a field or a whole section; NULL: nobody asked. */
const struct item *items_field(const struct item_rows *, const char *name);

/*
 * What a section says: "present" when it has a row, else "none" when somebody
 * confirmed that there is none, else "not_asked".
 */
const char *items_state(const struct item_rows *, const char *section);

/* Number of the rows of a section. */
size_t items_count(const struct item_rows *, const char *section);

#endif
