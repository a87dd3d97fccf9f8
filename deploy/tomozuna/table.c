#include "tomozuna.h"

#include <stdarg.h>

#include <utf8proc.h>

enum { COLUMNS_MAX = 12, GAP = 2 };

struct row {
	struct row *next;
	const char *cell[COLUMNS_MAX];
};

struct table {
	struct arena *mem;
	int n;
	size_t width[COLUMNS_MAX];
	struct row head, *last;
};

/* Columns that a text takes on a terminal. */
static size_t
width_of(const char *text)
{
	size_t width = 0;
	utf8proc_int32_t c;
	utf8proc_ssize_t step;

	for (; *text != '\0'; text += step) {
		step = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		if (step <= 0)
			return width + strlen(text);
		width += (size_t)utf8proc_charwidth(c);
	}
	return width;
}

static void
put_cell(struct table *t, struct row *r, int i, const char *text)
{
	size_t width;

	r->cell[i] = text == NULL ? "" : text;
	width = width_of(r->cell[i]);
	if (width > t->width[i])
		t->width[i] = width;
}

struct table *
table_new(struct arena *mem, const char *heading, ...)
{
	struct table *t = arena_take(mem, sizeof *t);
	va_list ap;

	t->mem = mem;
	t->last = &t->head;
	va_start(ap, heading);
	for (; heading != NULL && t->n < COLUMNS_MAX;
	    heading = va_arg(ap, const char *))
		put_cell(t, &t->head, t->n++, heading);
	va_end(ap);
	return t;
}

void
table_row(struct table *t, ...)
{
	struct row *r = arena_take(t->mem, sizeof *r);
	va_list ap;

	va_start(ap, t);
	for (int i = 0; i < t->n; i++)
		put_cell(t, r, i, va_arg(ap, const char *));
	va_end(ap);
	t->last->next = r;
	t->last = r;
}

static void
print_row(const struct table *t, const struct row *r)
{
	for (int i = 0; i < t->n; i++) {
		size_t pad = t->width[i] - width_of(r->cell[i]) + GAP;

		(void)fputs(r->cell[i], stdout);
		if (i + 1 < t->n)
			(void)printf("%*s", (int)pad, "");
	}
	(void)putchar('\n');
}

void
table_print(const struct table *t)
{
	if (t->head.next == NULL) {
		(void)puts("none");
		return;
	}
	for (const struct row *r = &t->head; r != NULL; r = r->next)
		print_row(t, r);
}

const char *
table_time(struct arena *mem, struct db_maybe at)
{
	char day[INSTANT_TEXT];
	int minute;

	if (!at.set)
		return "";
	minute = minute_of_day(at.v);
	return arena_printf(mem, "%s %02d:%02d",
	    date_iso(date_of(at.v), day), minute / 60, minute % 60);
}

const char *
table_number(struct arena *mem, int64_t n)
{
	return arena_printf(mem, "%lld", (long long)n);
}
