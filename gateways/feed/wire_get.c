#include "area.h"
#include "arena.h"
#include "plain.h"
#include "reading.h"
#include "wire.h"

enum { TEXT_MAX = PLAIN_SUMMARY * 4 + 16 };	/* bytes of the longest text */

/* A result being read. The first thing amiss makes all that follows empty. */
struct wire {
	struct arena *mem;
	const unsigned char *p;
	size_t left;
	const char **texts;
	size_t n_texts, room_texts, n_areas;
	int bad;
};

static void
take(struct wire *w, void *into, size_t n)
{
	if (n > w->left)
		w->bad = 1;
	if (w->bad) {
		memset(into, 0, n);
		return;
	}
	memcpy(into, w->p, n);
	w->p += n;
	w->left -= n;
}

static uint32_t
get_u32(struct wire *w)
{
	uint32_t v;

	take(w, &v, sizeof v);
	return v;
}

static int64_t
get_i64(struct wire *w)
{
	int64_t v;

	take(w, &v, sizeof v);
	return v;
}

/* A count of things that take at least `bytes` each on the wire. */
static size_t
get_count(struct wire *w, size_t max, size_t bytes)
{
	size_t n = get_u32(w);

	if (n > max || n > w->left / bytes) {
		w->bad = 1;
		return 0;
	}
	return n;
}

/* One of an enumeration whose last is `max`. */
static int
get_word(struct wire *w, int max)
{
	uint32_t v = get_u32(w);

	if (v > (uint32_t)max) {
		w->bad = 1;
		return 0;
	}
	return (int)v;
}

/* Instants outside the years that a calendar has are none. */
static utc_ms
get_time(struct wire *w)
{
	utc_ms v = get_i64(w);

	return v < -62135596800000 || v > 253402300799999 ? ITEM_NO_TIME : v;
}

static const char *
new_text(struct wire *w)
{
	size_t n = get_count(w, TEXT_MAX, 1);
	char *text;

	if (w->bad || text_check((const char *)w->p, n, 1) != TEXT_OK) {
		w->bad = 1;
		return NULL;
	}
	text = arena_copy(w->mem, w->p, n);
	w->p += n;
	w->left -= n;
	if (w->n_texts == w->room_texts) {
		size_t room = w->room_texts == 0 ? 512 : w->room_texts * 2;
		const char **more = realloc(w->texts, room * sizeof *more);

		if (more == NULL) {
			w->bad = 1;
			return NULL;
		}
		w->texts = more;
		w->room_texts = room;
	}
	w->texts[w->n_texts++] = text;
	return text;
}

static const char *
get_text(struct wire *w)
{
	uint32_t mark = get_u32(w);

	if (w->bad || mark == 0)
		return NULL;
	if (mark == 1)
		return new_text(w);
	if (mark - 2 >= w->n_texts) {
		w->bad = 1;
		return NULL;
	}
	return w->texts[mark - 2];
}

/*
 * Municipalities are looked up on this side: the child has no say in them. A
 * telegram of JMX names its lists; what CAP calls a list is looked up, too.
 */
static const struct item_area *
get_areas(struct wire *w, size_t *n, const struct item *it)
{
	utc_ms at = it->published != ITEM_NO_TIME ? it->published : it->updated;
	struct item_area *a;

	*n = get_count(w, AREAS_MAX, 3 * sizeof(uint32_t));
	w->n_areas += *n;
	if (w->n_areas > WIRE_AREAS) {
		w->bad = 1;
		*n = 0;
	}
	a = arena_take_many(w->mem, *n, sizeof *a);
	for (size_t i = 0; i < *n; i++) {
		a[i].code = get_text(w);
		a[i].name = get_text(w);
		a[i].coding = get_text(w);
		if (it->source == SOURCE_JMX)
			area_towns(w->mem, &a[i], at);
		else
			area_geocode(w->mem, &a[i], at);
	}
	return a;
}

static void
get_warning(struct wire *w, struct item_warning *it, const struct item *of)
{
	it->code = get_text(w);
	it->name = get_text(w);
	it->state = get_text(w);
	it->kind = (enum warning_kind)get_word(w, KIND_OUTLOOK);
	it->level = get_word(w, 5);
	it->severity = (enum item_severity)get_word(w, SEVERITY_EXTREME);
	it->from = get_time(w);
	it->until = get_time(w);
	it->areas = get_areas(w, &it->n_areas, of);
}

static void
get_head(struct wire *w, struct item_head *h)
{
	const char **const texts[] = { &h->type, &h->control_title, &h->office,
		&h->event, &h->serial, &h->info_type, &h->info_kind,
		&h->headline, &h->refers };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = get_text(w);
	h->control = get_time(w);
	h->report = get_time(w);
	h->target = get_time(w);
	h->valid = get_time(w);
}

static void
get_item(struct wire *w, struct item *it)
{
	struct item_warning *warnings;

	it->source = (enum item_source)get_word(w, SOURCE_JMX);
	it->status = (enum item_status)get_word(w, STATUS_CANCELLED);
	it->message = (enum item_message)get_word(w, MESSAGE_NOTHING);
	it->severity = (enum item_severity)get_word(w, SEVERITY_EXTREME);
	it->id = get_text(w);
	it->title = get_text(w);
	it->link = get_text(w);
	it->summary = get_text(w);
	it->published = get_time(w);
	it->updated = get_time(w);
	get_head(w, &it->head);
	it->none = get_word(w, 1);
	it->unknown = get_text(w);
	it->note = get_text(w);
	it->areas = get_areas(w, &it->n_areas, it);
	it->n_warnings = get_count(w, WARNINGS_MAX, 11 * sizeof(uint32_t));
	warnings = arena_take_many(w->mem, it->n_warnings, sizeof *warnings);
	for (size_t i = 0; i < it->n_warnings; i++)
		get_warning(w, &warnings[i], it);
	it->warnings = warnings;
}

static const char *const *
get_dropped(struct wire *w, size_t *n)
{
	size_t unsaid = get_u32(w);
	const char **said;

	*n = get_count(w, DROPPED_MAX, sizeof(uint32_t));
	said = arena_take_many(w->mem, *n + 1, sizeof *said);
	for (size_t i = 0; i < *n; i++) {
		said[i] = get_text(w);
		if (said[i] == NULL)
			w->bad = 1;
	}
	if (unsaid > 0)
		said[(*n)++] = arena_printf(w->mem, "and %zu more", unsaid);
	return said;
}

struct parsed *
wire_get(struct arena *mem, const void *p, size_t n,
    const struct parse_limits *limits)
{
	struct wire w = { .mem = mem, .p = p, .left = n };
	struct parsed *made = arena_take(mem, sizeof *made);
	struct item *items;

	made->refused = get_text(&w);
	made->encoding = get_text(&w);
	made->title = get_text(&w);
	made->link = get_text(&w);
	made->updated = get_time(&w);
	made->dropped = get_dropped(&w, &made->n_dropped);
	made->n_items = get_count(&w, limits->items, 20 * sizeof(uint32_t));
	items = arena_take_many(mem, made->n_items, sizeof *items);
	for (size_t i = 0; i < made->n_items && !w.bad; i++)
		get_item(&w, &items[i]);
	made->items = items;
	free(w.texts);
	return w.bad || w.left > 0 ? NULL : made;
}
