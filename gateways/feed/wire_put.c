#include "reading.h"
#include "wire.h"

enum { SEEN_MIN = 1024 };

/* Texts already said, by where they stand; the number is what wire_get counts. */
struct seen {
	struct { const char *p; uint32_t number; } *slot;
	size_t room, n;
};

static void
put_u32(struct buf *b, uint32_t v)
{
	buf_put(b, (const char *)&v, sizeof v);
}

static void
put_i64(struct buf *b, int64_t v)
{
	buf_put(b, (const char *)&v, sizeof v);
}

static size_t
slot_of(const struct seen *s, const char *p)
{
	size_t at = (size_t)(((uintptr_t)p >> 4) * 0x9e3779b97f4a7c15u >> 20);

	while (s->slot[at & (s->room - 1)].p != NULL &&
	    s->slot[at & (s->room - 1)].p != p)
		at++;
	return at & (s->room - 1);
}

static int
grow(struct seen *s)
{
	struct seen more = { .room = s->room == 0 ? SEEN_MIN : s->room * 2,
		.n = s->n };

	more.slot = calloc(more.room, sizeof *more.slot);
	if (more.slot == NULL)
		return -1;
	for (size_t i = 0; i < s->room; i++)
		if (s->slot[i].p != NULL)
			more.slot[slot_of(&more, s->slot[i].p)] = s->slot[i];
	free(s->slot);
	*s = more;
	return 0;
}

/* 0: no text; 1: a new one, length and bytes follow; else 2 + its number. */
static void
put_text(struct buf *b, struct seen *s, const char *text)
{
	size_t at;

	if (text == NULL) {
		put_u32(b, 0);
		return;
	}
	if (s->n * 2 >= s->room && grow(s) == -1) {
		b->failed = 1;
		return;
	}
	at = slot_of(s, text);
	if (s->slot[at].p != NULL) {
		put_u32(b, 2 + s->slot[at].number);
		return;
	}
	s->slot[at].p = text;
	s->slot[at].number = (uint32_t)s->n++;
	put_u32(b, 1);
	put_u32(b, (uint32_t)strlen(text));
	buf_put(b, text, strlen(text));
}

static void
put_areas(struct buf *b, struct seen *s, const struct item_area *a, size_t n)
{
	put_u32(b, (uint32_t)n);
	for (size_t i = 0; i < n; i++) {
		put_text(b, s, a[i].code);
		put_text(b, s, a[i].name);
		put_text(b, s, a[i].coding);
	}
}

static void
put_warning(struct buf *b, struct seen *s, const struct item_warning *w)
{
	put_text(b, s, w->code);
	put_text(b, s, w->name);
	put_text(b, s, w->state);
	put_u32(b, w->kind);
	put_u32(b, (uint32_t)w->level);
	put_u32(b, w->severity);
	put_i64(b, w->from);
	put_i64(b, w->until);
	put_areas(b, s, w->areas, w->n_areas);
}

static void
put_head(struct buf *b, struct seen *s, const struct item_head *h)
{
	const char *const texts[] = { h->type, h->control_title, h->office,
		h->event, h->serial, h->info_type, h->info_kind, h->headline,
		h->refers };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		put_text(b, s, texts[i]);
	put_i64(b, h->control);
	put_i64(b, h->report);
	put_i64(b, h->target);
	put_i64(b, h->valid);
}

static void
put_item(struct buf *b, struct seen *s, const struct item *it)
{
	put_u32(b, it->source);
	put_u32(b, it->status);
	put_u32(b, it->message);
	put_u32(b, it->severity);
	put_text(b, s, it->id);
	put_text(b, s, it->title);
	put_text(b, s, it->link);
	put_text(b, s, it->summary);
	put_i64(b, it->published);
	put_i64(b, it->updated);
	put_head(b, s, &it->head);
	put_u32(b, it->none != 0);
	put_text(b, s, it->unknown);
	put_text(b, s, it->note);
	put_areas(b, s, it->areas, it->n_areas);
	put_u32(b, (uint32_t)it->n_warnings);
	for (size_t i = 0; i < it->n_warnings; i++)
		put_warning(b, s, &it->warnings[i]);
}

static void
put_result(struct buf *b, const struct reading *r)
{
	size_t items = r->refused == NULL ? r->n_items : 0;
	struct seen s = { 0 };

	put_text(b, &s, r->refused);
	put_text(b, &s, r->encoding);
	put_text(b, &s, r->title);
	put_text(b, &s, r->link);
	put_i64(b, r->updated);
	put_u32(b, (uint32_t)r->n_unsaid);
	put_u32(b, (uint32_t)r->n_dropped);
	for (size_t i = 0; i < r->n_dropped; i++)
		put_text(b, &s, r->dropped[i]);
	put_u32(b, (uint32_t)items);
	for (size_t i = 0; i < items; i++)
		put_item(b, &s, &r->items[i]);
	free(s.slot);
}

/* Areas of all items and warnings together. */
static size_t
all_areas(const struct reading *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_items; i++) {
		n += r->items[i].n_areas;
		for (size_t j = 0; j < r->items[i].n_warnings; j++)
			n += r->items[i].warnings[j].n_areas;
	}
	return n;
}

void
wire_put(struct buf *b, const struct reading *r)
{
	struct reading none = { .refused = "more is in it than anybody could use",
		.encoding = r->encoding, .updated = ITEM_NO_TIME };
	size_t before = b->n;

	if (all_areas(r) <= WIRE_AREAS)
		put_result(b, r);
	if (b->n > before && !b->failed && b->n - before <= WIRE_BYTES)
		return;
	buf_reset(b);
	put_result(b, &none);
}
