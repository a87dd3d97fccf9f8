#include "area_rows.h"

#include "area.h"
#include "arena.h"
#include "bulletin.h"
#include "text.h"

enum { NAME_MAX_BYTES = 120, CODE_MAX_BYTES = 12 };

/* ---- gathering ---- */

struct gathering {
	struct arena *mem;
	struct area_rows rows;
	size_t room;
};

static void
add(struct gathering *g, const char *town, size_t reach,
    const struct item_area *a, const struct item_warning *w)
{
	struct area_row *row;

	if (g->rows.n == g->room)
		return;
	row = &g->rows.v[g->rows.n++];
	(void)snprintf(row->town, sizeof row->town, "%.5s", town);
	row->none = w != NULL && w->kind == KIND_NONE;
	row->reach = reach;
	row->n = g->rows.n;
	row->warning = w;
	row->area = a == NULL || a->name == NULL ? "" : a->name;
	row->code = a == NULL || a->code == NULL ? "" : a->code;
}

/*
 * A town that no list has, such as one that was merged since: JMA's codes of
 * 市町村等 are the town's five digits and two of its parts.
 */
static int
is_town_code(const struct item_area *a)
{
	return a->n_towns == 0 && a->code != NULL && strlen(a->code) == 7 &&
	    strspn(a->code, "0123456789") == 7 && a->coding != NULL &&
	    strstr(a->coding, "市町村") != NULL;
}

static void
add_area(struct gathering *g, const struct item_area *a,
    const struct item_warning *w)
{
	if (is_town_code(a))
		add(g, a->code, 1, a, w);
	for (size_t i = 0; i < a->n_towns; i++)
		add(g, a->towns[i], a->n_towns, a, w);
}

static size_t
towns_of(const struct item_area *areas, size_t n)
{
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += areas[i].n_towns > 0 ? areas[i].n_towns : 1;
	return sum;
}

static size_t
rows_at_most(const struct item *item)
{
	size_t all = towns_of(item->areas, item->n_areas), n = 0;

	for (size_t i = 0; i < item->n_warnings; i++) {
		const struct item_warning *w = &item->warnings[i];

		n += w->n_areas > 0 ? towns_of(w->areas, w->n_areas) : all;
	}
	n += item->n_warnings == 0 ? all : 0;
	return n < BULLETIN_AREAS_MAX * 4 ? n : BULLETIN_AREAS_MAX * 4;
}

/* CAP's codes of one event are warnings of one name; people are told it once. */
static int
is_said(const struct item *item, size_t i)
{
	const struct item_warning *w = &item->warnings[i];

	return item->source != SOURCE_JMX && i > 0 && w->name != NULL &&
	    w->name == w[-1].name;
}

static void
gather(struct gathering *g, const struct item *item)
{
	for (size_t i = 0; i < item->n_warnings; i++) {
		const struct item_warning *w = &item->warnings[i];
		size_t n = w->n_areas > 0 ? w->n_areas : item->n_areas;

		if (is_said(item, i))
			continue;
		for (size_t k = 0; k < n; k++)
			add_area(g, w->n_areas > 0 ? &w->areas[k] :
			    &item->areas[k], w);
	}
	for (size_t k = 0; item->n_warnings == 0 && k < item->n_areas; k++)
		add_area(g, &item->areas[k], NULL);
}

/* Whether the item's words have the name of these n bytes. */
static int
has_name(const struct item *item, const char *name, size_t n)
{
	const char *const said[] = { item->title, item->summary,
		item->head.headline };

	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		if (said[i] != NULL && area_is_named(said[i], name, n))
			return 1;
	for (size_t i = 0; i < item->n_areas; i++)
		if (item->areas[i].name != NULL &&
		    area_is_named(item->areas[i].name, name, n))
			return 1;
	return 0;
}

/* "japan", or codes of 2, 5 or 6 digits, those with a :name if it is said. */
static void
add_fallback(struct gathering *g, const struct item *item, const char *areas)
{
	const struct item_warning *w = item->n_warnings > 0 ?
	    &item->warnings[0] : NULL;

	if (strcmp(areas, "japan") == 0) {
		add(g, "00000", 1, NULL, w);
		return;
	}
	while (*areas != '\0') {
		size_t n = strspn(areas, "0123456789");
		size_t all = strcspn(areas, " ");
		char town[6];

		(void)snprintf(town, sizeof town, n == 2 ? "%.2s000" : "%.5s",
		    areas);
		if (all == n || has_name(item, areas + n + 1, all - n - 1))
			add(g, town, 1, NULL, w);
		areas += all + strspn(areas + all, " ");
	}
}

/* ---- each once ---- */

static int
kind_of(const struct area_row *r)
{
	return r->warning == NULL ? -1 : (int)r->warning->kind;
}

/* Of an earthquake the code says how strong: one town has one. */
static const char *
code_of(const struct area_row *r)
{
	if (r->warning == NULL || r->warning->code == NULL ||
	    r->warning->kind == KIND_EARTHQUAKE)
		return "";
	return r->warning->code;
}

static int
compare(const void *a, const void *b)
{
	const struct area_row *x = a, *y = b;
	int order = strcmp(x->town, y->town);

	if (order == 0)
		order = kind_of(x) - kind_of(y);
	if (order == 0)
		order = strcmp(code_of(x), code_of(y));
	return order;
}

static int
compare_all(const void *a, const void *b)
{
	const struct area_row *x = a, *y = b;
	int order = compare(a, b);

	if (order == 0)
		order = (x->reach > y->reach) - (x->reach < y->reach);
	if (order == 0)
		order = (x->n > y->n) - (x->n < y->n);
	return order;
}

static int
compare_place(const void *a, const void *b)
{
	const struct area_row *x = a, *y = b;

	return (x->n > y->n) - (x->n < y->n);
}

/* Of which the item names a part: sorted codes. */
struct coarse {
	size_t n;
	const char **code;
};

static int
compare_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
compare_reach(const void *a, const void *b)
{
	const struct area_row *x = a, *y = b;
	int order = strcmp(x->town, y->town);

	return order != 0 ? order : (x->reach > y->reach) -
	    (x->reach < y->reach);
}

static struct coarse
coarse_of(struct area_rows *rows, struct arena *mem)
{
	struct coarse c = { .code = arena_take_many(mem, rows->n + 1,
	    sizeof *c.code) };
	size_t first = 0;

	qsort(rows->v, rows->n, sizeof *rows->v, compare_reach);
	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(rows->v[i].town, rows->v[first].town) != 0)
			first = i;
		if (rows->v[i].reach > rows->v[first].reach)
			c.code[c.n++] = rows->v[i].code;
	}
	qsort(c.code, c.n, sizeof *c.code, compare_code);
	return c;
}

static void
drop_coarse(struct area_rows *rows, struct arena *mem)
{
	struct coarse c = coarse_of(rows, mem);
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++)
		if (bsearch(&rows->v[i].code, c.code, c.n, sizeof *c.code,
		    compare_code) == NULL)
			rows->v[n++] = rows->v[i];
	rows->n = n;
}

static void
keep_each_once(struct area_rows *rows)
{
	int holds = 0;
	size_t n = 0;

	qsort(rows->v, rows->n, sizeof *rows->v, compare_all);
	for (size_t i = 0; i < rows->n; i++)
		holds |= !rows->v[i].none;
	for (size_t i = 0; i < rows->n && n < BULLETIN_AREAS_MAX; i++) {
		if (holds && rows->v[i].none)
			continue;
		if (n > 0 && compare(&rows->v[n - 1], &rows->v[i]) == 0)
			continue;
		rows->v[n++] = rows->v[i];
	}
	rows->n = n;
	qsort(rows->v, rows->n, sizeof *rows->v, compare_place);
}

struct area_rows
area_rows_of(const struct item *item, const char *fallback,
    struct arena *mem)
{
	size_t most = rows_at_most(item) + strlen(fallback) + 1;
	struct gathering g = { .mem = mem, .room = most };

	g.rows.v = arena_take_many(mem, most, sizeof *g.rows.v);
	gather(&g, item);
	if (item->source == SOURCE_JMX)
		drop_coarse(&g.rows, mem);
	if (g.rows.n == 0)
		add_fallback(&g, item, fallback);
	if (g.rows.n > 0)
		keep_each_once(&g.rows);
	return g.rows;
}

/* ---- as JSON ---- */

/* Cuts a text to `most` bytes, at the end of a character. */
static void
put_cut(struct buf *b, const char *key, const char *text, size_t most)
{
	size_t n = text == NULL ? 0 : strlen(text);

	if (n > most)
		for (n = most; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
			n--;
	buf_puts(b, ",\"");
	buf_puts(b, key);
	buf_puts(b, "\":");
	buf_json(b, text == NULL ? "" : text, n);
}

/*
 * What holds, in a word that can stand alone: some lists only say 警戒 or 調査中,
 * and their title says of what.
 */
static const char *
name_of(const struct item_warning *w, const char *title)
{
	if (w == NULL || w->name == NULL || w->kind == KIND_LANDSLIDE ||
	    (w->kind == KIND_EARTHQUAKE && strstr(w->name, "震度") == NULL))
		return title;
	return w->name;
}

static void
put_row(struct buf *b, const struct area_row *r, const char *title)
{
	const struct item_warning *w = r->warning;

	buf_puts(b, "{\"m\":\"");
	buf_puts(b, r->town);
	buf_putc(b, '"');
	put_cut(b, "a", r->area, NAME_MAX_BYTES);
	put_cut(b, "k", w == NULL ? "other" : warning_kind_word(w->kind), 24);
	put_cut(b, "c", w == NULL ? "" : w->code, CODE_MAX_BYTES);
	put_cut(b, "w", name_of(w, title), NAME_MAX_BYTES);
	put_cut(b, "s", item_severity_word(w == NULL ? SEVERITY_UNKNOWN :
	    w->severity), 12);
	buf_puts(b, ",\"l\":");
	buf_i64(b, w == NULL ? 0 : w->level);
	buf_putc(b, '}');
}

const char *
area_rows_json(const struct area_rows *rows, const char *title,
    struct arena *mem)
{
	struct buf b = { 0 };
	char *json;

	buf_putc(&b, '[');
	for (size_t i = 0; i < rows->n; i++) {
		if (i > 0)
			buf_putc(&b, ',');
		put_row(&b, &rows->v[i], title);
	}
	buf_putc(&b, ']');
	json = b.failed ? arena_text(mem, "[]") : arena_copy(mem, b.p, b.n);
	buf_free(&b);
	return json;
}
