#include "items.h"

size_t
items_next(const struct item_rows *rows, const char *section, size_t i)
{
	do
		i++;
	while (i < rows->set.n &&
	    strcmp(item_at(rows, i)->section, section) != 0);
	return i;
}

size_t
items_first(const struct item_rows *rows, const char *section)
{
	if (rows->set.n == 0 || strcmp(item_at(rows, 0)->section, section) == 0)
		return 0;
	return items_next(rows, section, 0);
}

const struct item *
items_field(const struct item_rows *rows, const char *name)
{
	for (size_t i = items_first(rows, "field"); i < rows->set.n;
	    i = items_next(rows, "field", i)) {
		const struct item *x = item_at(rows, i);

		if (strcmp(x->a, name) == 0)
			return strcmp(x->b, "not_asked") == 0 ? NULL : x;
	}
	return NULL;
}

const char *
items_state(const struct item_rows *rows, const char *section)
{
	const struct item *asked = items_field(rows, section);

	if (items_first(rows, section) < rows->set.n)
		return "present";
	return asked != NULL && strcmp(asked->b, "none") == 0 ? "none" :
	    "not_asked";
}

size_t
items_count(const struct item_rows *rows, const char *section)
{
	size_t n = 0;

	for (size_t i = items_first(rows, section); i < rows->set.n;
	    i = items_next(rows, section, i))
		n++;
	return n;
}
