#include "bulletin.h"

#include "area_rows.h"
#include "arena.h"
#include "figure.h"
#include "text.h"

#include <stdarg.h>

enum {
	TITLE_CHARACTERS = 300, LINK_BYTES = 1000, HEADLINE_BYTES = 20000,
	PUBLISHER_CHARACTERS = 120, CAP_HOURS = 24, UNKNOWN_HOURS = 24,
	YEAR_DAYS = 366,
	CLOCK_MS = 10 * 60 * 1000	/* that two clocks may differ */
};

/* ---- hashes ---- */

/* SHA-256 of texts, each with its end; a NULL ends them. */
static struct hash __attribute__((sentinel))
hash_of(const char *first, ...)
{
	struct buf b = { 0 };
	struct hash h;
	va_list ap;

	va_start(ap, first);
	for (const char *p = first; p != NULL; p = va_arg(ap, const char *))
		buf_put(&b, p, strlen(p) + 1);
	va_end(ap);
	if (b.failed)
		abort();
	seal_sha256(b.p, b.n, h.b);
	buf_free(&b);
	return h;
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

/* A drill may not replace what is real, nor the other way round. */
static const char *
status_of(const struct item *item)
{
	return item->status == STATUS_CANCELLED ?
	    item_status_word(STATUS_ACTUAL) : item_status_word(item->status);
}

/*
 * "鹿児島県（奄美地方除く）気象警報・注意報" up to what it is about: the region,
 * for a title may name other phenomena tomorrow.
 */
static const char *
region_of(const char *title, struct arena *mem)
{
	static const char *const about[] = {
		"気象", "大雨", "洪水", "土砂", "高潮", "暴風", "波浪", "大雪",
		"風雪", "強風", "雷", "融雪", "濃霧", "乾燥", "なだれ", "低温",
		"霜", "着雪", "着氷", "竜巻", "警戒", "その他", "早期", "レベル"
	};
	size_t n = strlen(title);

	for (size_t i = 0; i < sizeof about / sizeof about[0]; i++) {
		const char *at = strstr(title, about[i]);

		if (at != NULL && (size_t)(at - title) < n)
			n = (size_t)(at - title);
	}
	return arena_copy(mem, title, n);
}

/* The ids of an EventID, which has several when an event has several causes. */
static size_t
events_of(const char *event, struct arena *mem,
    const char *ids[BULLETIN_EVENTS_MAX])
{
	static const char blank[] = " \t\r\n";
	const char *p = event + strspn(event, blank);
	size_t n = 0;

	for (; *p != '\0' && n < BULLETIN_EVENTS_MAX; n++) {
		size_t bytes = n == BULLETIN_EVENTS_MAX - 1 ? strlen(p) :
		    strcspn(p, blank);

		ids[n] = arena_copy(mem, p, bytes);
		p += bytes;
		p += strspn(p, blank);
	}
	return n;
}

/*
 * The series of a telegram of that family. The authority is the first part of
 * the key, and none but the configuration says it: so no source can replace or
 * lift what another's says, whoever it claims to be.
 */
static size_t
jmx_series(const struct source *s, const struct item *item,
    const struct follow *f, const char *family, struct arena *mem,
    struct hash *keys)
{
	const struct item_head *h = &item->head;
	const char *ids[BULLETIN_EVENTS_MAX];
	size_t n = f == NULL || f->by == FOLLOW_EVENT ?
	    events_of(or_empty(h->event), mem, ids) : 0;

	for (size_t i = 0; i < n; i++)
		keys[i] = hash_of("jmx event", s->authority, status_of(item),
		    family, ids[i], NULL);
	if (n > 0)
		return n;
	keys[0] = hash_of("jmx place", s->authority, status_of(item), family,
	    or_empty(h->office), region_of(or_empty(item->title), mem), NULL);
	return 1;
}

static const char *
family_of(const struct follow *f, const struct item *item)
{
	if (f == NULL)
		return or_empty(item->head.control_title);
	return f->family == NULL ? item->head.type : f->family;
}

static void
take_series(const struct source *s, const struct item *item,
    const struct follow *f, struct arena *mem, struct bulletin *b)
{
	b->series[0] = b->item;
	b->n_series = 1;
	if (item->source != SOURCE_JMX)
		return;
	b->n_series = jmx_series(s, item, f, family_of(f, item), mem,
	    b->series);
	if (f != NULL && f->leader != NULL)
		b->n_leads = jmx_series(s, item, f, f->leader, mem, b->leads);
	for (const struct follow *last = f == NULL ? NULL :
	    follow_behind(f, NULL); last != NULL &&
	    b->n_behind <= BULLETIN_EVENTS_MAX; last = follow_behind(f, last))
		b->n_behind += jmx_series(s, item, last, last->family, mem,
		    &b->behind[b->n_behind]);
}

/* ---- what a CAP alert refers to: "sender,identifier,sent …" ---- */

static struct hash
item_hash(const struct source *s, const char *id)
{
	return hash_of("item", s->authority, or_empty(id), NULL);
}

/* As another refers to it: a CAP identifier is its sender's alone. */
static const char *
own_name(const struct item *item, struct arena *mem)
{
	if (item->source != SOURCE_CAP || item->head.office == NULL)
		return item->id;
	return arena_printf(mem, "%s,%s", item->head.office,
	    or_empty(item->id));
}

static void
take_refers(const struct source *s, const struct item *item,
    struct arena *mem, struct bulletin *b)
{
	struct hash *list = arena_take_many(mem, BULLETIN_REFERS_MAX,
	    sizeof *list);
	const char *p = or_empty(item->head.refers);

	b->refers = list;
	while (*p != '\0' && b->n_refers < BULLETIN_REFERS_MAX) {
		size_t n = strcspn(p, " \t\r\n"), id = 0;

		for (size_t i = 0, commas = 0; i < n && commas < 2; i++) {
			commas += p[i] == ',';
			id = commas == 2 ? i : n;
		}
		if (n > 0)
			list[b->n_refers++] = item_hash(s,
			    arena_copy(mem, p, id));
		p += n + strspn(p + n, " \t\r\n");
	}
}

/* ---- times ---- */

static utc_ms
first_said(const utc_ms *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] != ITEM_NO_TIME)
			return v[i];
	return ITEM_NO_TIME;
}

/* No feed may date anything beyond the present: one item of 2088 would lead. */
static utc_ms
believed(utc_ms at, utc_ms now)
{
	return at == ITEM_NO_TIME || at > now ? now : at;
}

static void
take_times(const struct item *item, utc_ms now, struct bulletin *b)
{
	const utc_ms said[] = {
		item->head.report, item->updated, item->published
	};

	b->misdated = first_said(said, 3) > now + CLOCK_MS;
	b->reported = b->issued = believed(first_said(said, 3), now);
	b->sent = believed(item->head.control == ITEM_NO_TIME ? b->reported :
	    item->head.control, now);
}

static void
take_validity(const struct item *item, int64_t hours, struct bulletin *b)
{
	utc_ms from = ITEM_NO_TIME, until = item->head.valid;

	for (size_t i = 0; i < item->n_warnings; i++) {
		const struct item_warning *w = &item->warnings[i];

		if (w->from != ITEM_NO_TIME &&
		    (from == ITEM_NO_TIME || w->from < from))
			from = w->from;
		if (w->until != ITEM_NO_TIME &&
		    (until == ITEM_NO_TIME || w->until > until))
			until = w->until;
	}
	b->from = from == ITEM_NO_TIME ? b->issued : from;
	if (b->from > b->issued + YEAR_DAYS * DAY_MS)
		b->from = b->issued;
	if (until == ITEM_NO_TIME)
		until = (b->from > b->issued ? b->from : b->issued) +
		    hours * HOUR_MS;
	if (until > b->issued + YEAR_DAYS * DAY_MS)
		until = b->issued + YEAR_DAYS * DAY_MS;
	b->until = until < b->from ? b->from : until;
}

/* ---- texts ---- */

/* At most so many characters, and bytes. */
static const char *
cut(const char *text, size_t characters, size_t bytes, struct arena *mem)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t n = 0, whole = 0, count = 0;

	if (text == NULL)
		return NULL;
	while (p[n] != '\0' && count < characters && n < bytes) {
		n++;
		if ((p[n] & 0xc0) != 0x80) {
			whole = n;
			count++;
		}
	}
	return p[n] == '\0' ? text : arena_copy(mem, text, whole);
}

static void
take_texts(const struct source *s, const struct item *item,
    struct arena *mem, struct bulletin *b)
{
	const char *title = item->title, *said = item->head.headline;

	if (title == NULL || title[0] == '\0')
		title = item->head.control_title;
	if (title == NULL || title[0] == '\0')
		title = s->label;
	if (said == NULL || said[0] == '\0')
		said = item->summary;
	b->title = cut(title, TITLE_CHARACTERS, 4 * TITLE_CHARACTERS, mem);
	b->headline = cut(said, HEADLINE_BYTES, HEADLINE_BYTES, mem);
	b->publisher = cut(s->label, PUBLISHER_CHARACTERS, 480, mem);
	b->claimed = cut(item->head.office, PUBLISHER_CHARACTERS, 480, mem);
	if (b->claimed != NULL && strcmp(b->claimed, b->publisher) == 0)
		b->claimed = NULL;
	b->link = item->link != NULL && strlen(item->link) <= LINK_BYTES &&
	    strncmp(item->link, "https://", 8) == 0 ? item->link : NULL;
	b->type = item->source == SOURCE_JMX && item->head.type != NULL &&
	    strlen(item->head.type) <= 12 ? item->head.type : NULL;
}

/* ---- what is in force ---- */

static const char *
topic_of_kind(enum warning_kind kind)
{
	switch (kind) {
	case KIND_EARTHQUAKE:
		return "earthquake";
	case KIND_TSUNAMI_FORECAST:
	case KIND_TSUNAMI_ADVISORY:
	case KIND_TSUNAMI_WARNING:
	case KIND_TSUNAMI_MAJOR:
		return "tsunami";
	case KIND_LANDSLIDE:
		return "landslide";
	case KIND_FLOOD:
		return "flood";
	case KIND_VOLCANO:
		return "volcano";
	case KIND_HEAT:
		return "heat";
	default:
		return NULL;
	}
}

static void
take_warnings(const struct source *s, const struct item *item,
    const struct follow *f, struct bulletin *b)
{
	size_t over = 0;

	b->topic = f != NULL ? f->topic : s->topic;
	for (size_t i = 0; i < item->n_warnings; i++) {
		const struct item_warning *w = &item->warnings[i];
		const char *topic = topic_of_kind(w->kind);

		over += w->kind == KIND_NONE;
		if (f == NULL && topic != NULL)
			b->topic = topic;
		if (w->kind != KIND_NONE && w->kind != KIND_OUTLOOK &&
		    w->level > b->level)
			b->level = w->level;
	}
	/* Only 解除 or なし ends: that nothing was found is no such word. */
	b->ended = !b->beside && (item->n_warnings > 0 ?
	    over == item->n_warnings : item->none);
	b->severity = item_severity_word(b->ended ? SEVERITY_UNKNOWN :
	    item->severity);
}

static void
take_areas(const struct source *s, const struct item *item,
    const struct follow *f, struct arena *mem, struct bulletin *b)
{
	struct area_rows rows = area_rows_of(item, f != NULL &&
	    f->areas != NULL ? f->areas : s->areas, mem);

	b->n_areas = rows.n;
	b->areas = area_rows_json(&rows, b->title, mem);
}

/* Of what a health body says, as an entry of its feed. */
static void
take_figures(const struct source *s, const struct item *item,
    struct arena *mem, struct bulletin *b)
{
	struct figure v[FIGURES_MAX];

	if (strcmp(s->topic, "health") == 0 && item->source != SOURCE_JMX)
		b->n_figures = figures_read(item, b->issued, mem, v);
	b->figures = figures_json(v, b->n_figures, mem);
}

static struct hash
content_of(const struct bulletin *b)
{
	return hash_of(b->title, or_empty(b->headline), or_empty(b->link),
	    b->publisher, or_empty(b->claimed), b->severity, b->areas,
	    b->ended ? "ended" : "", b->retraction ? "retracted" : "", NULL);
}

/*
 * Of a type that is new to us we cannot tell whether it is for people: if it has
 * a headline, as all warnings have and no chart or table, it is.
 */
static int
is_for_people(const struct item *item, const struct follow *f)
{
	if (item->message == MESSAGE_NOTHING)
		return 0;
	if (item->source != SOURCE_JMX)
		return 1;
	return f != NULL ? f->by != FOLLOW_NOBODY :
	    item->head.headline != NULL || item->n_warnings > 0 ||
	    item->message == MESSAGE_CANCEL;
}

int
bulletin_from(const struct source *s, const struct item *item, utc_ms now,
    struct arena *mem, struct bulletin *b)
{
	const struct follow *f = item->source == SOURCE_JMX ?
	    follow_of(item->head.type) : NULL;
	int64_t hours = f != NULL ? f->hours : item->source == SOURCE_CAP ?
	    CAP_HOURS : item->source == SOURCE_JMX ? UNKNOWN_HOURS :
	    s->valid_hours;

	*b = (struct bulletin){ 0 };
	if (!is_for_people(item, f))
		return 0;
	b->unread = follow_unread(item, mem);
	b->beside = follow_understood(item) == NOTHING;
	b->item = item_hash(s, own_name(item, mem));
	take_series(s, item, f, mem, b);
	b->retraction = item->message == MESSAGE_CANCEL;
	b->correction = item->message == MESSAGE_UPDATE &&
	    item->source == SOURCE_JMX;
	b->status = status_of(item);
	take_refers(s, item, mem, b);
	take_texts(s, item, mem, b);
	take_times(item, now, b);
	take_validity(item, hours, b);
	take_warnings(s, item, f, b);
	take_areas(s, item, f, mem, b);
	take_figures(s, item, mem, b);
	b->content = content_of(b);
	return 1;
}
