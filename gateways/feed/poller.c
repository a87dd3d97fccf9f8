#include "poller.h"

#include "address.h"
#include "feed_sql.h"
#include "log.h"
#include "schedule.h"
#include "store.h"
#include "text.h"

enum {
	TRIES = 5, STORE_AGAIN_MS = 1000, OVERLAP_MIN = 3
};

/* ---- units of work ---- */

/* One unit of work of ours, tried again where another was in its way. */
struct work {
	struct poller *p;
	struct daemon *d;
	const struct fetch_answer *a;
	const struct parsed *parsed;
	utc_ms now;
	int catch_up;
	size_t news;			/* what it found */
	unsigned char hash[SHA256_BYTES];	/* of the bytes stored */
	const char *not_understood;	/* of a telegram, or NULL */
	int overlaps;
};

static int
do_work(struct work *w, void (*act)(struct work *))
{
	enum db_outcome outcome = DB_AGAIN;

	for (int i = 0; i < TRIES && outcome == DB_AGAIN; i++) {
		w->news = 0;
		db_begin(w->d->db, w->d->mem, 1);
		act(w);
		outcome = db_end(w->d->db);
	}
	if (outcome == DB_FINE)
		return 0;
	log_line(LOG_ERROR, "not stored", "source", w->p->source->name,
	    "statement", db_failed_statement(w->d->db), NULL);
	w->p->again = instant_monotonic_ms() + STORE_AGAIN_MS;
	return -1;
}

static const struct parsed *
parse_answer(struct work *w)
{
	parser_place(w->p->parser, w->a->url);
	return parse_document(w->p->parser, w->d->mem, w->a->bytes, w->a->n,
	    w->a->charset);
}

/* ---- a feed ---- */

static void
put_json_text(struct buf *b, const char *text)
{
	buf_json(b, text, strlen(text));
}

/* The telegrams that it names and that we want, as list_documents takes them. */
static char *
wanted_links(struct work *w, size_t *n)
{
	const struct parsed *parsed = w->parsed;
	struct buf b = { 0 };
	char at[INSTANT_TEXT], *json;

	*n = 0;
	buf_putc(&b, '[');
	for (size_t i = 0; i < parsed->n_items; i++) {
		const struct item *item = &parsed->items[i];
		utc_ms when = item->updated != ITEM_NO_TIME ? item->updated :
		    item->published;

		if (item->link == NULL ||
		    !source_wants(w->p->source, item->link))
			continue;
		if (when == ITEM_NO_TIME || when > w->now)
			when = w->now;
		buf_puts(&b, (*n)++ > 0 ? ",{\"u\":" : "{\"u\":");
		put_json_text(&b, item->link);
		(void)instant_iso(when, at);
		buf_printf(&b, ",\"t\":\"%.10s %.12s\"}", at, at + 11);
	}
	buf_putc(&b, ']');
	json = arena_text(w->d->mem, buf_text(&b));
	buf_free(&b);
	return json;
}

/* For the administrator: types that nobody has taught us are not fetched. */
static void
put_strange(struct work *w)
{
	const struct strange *s = &w->p->strange;
	char types[STRANGE_TEXT];

	if (s->told == s->n)
		return;
	strange_text(s, types);
	feed_put_strange(w->d->db, w->p->source->name, w->now, types);
}

/* Once it is stored. */
static void
tell_strange(struct poller *p)
{
	struct strange *s = &p->strange;

	for (; s->told < s->n; s->told++)
		log_line(LOG_WARNING, "unknown type, not fetched", "source",
		    p->source->name, "type", s->type[s->told], NULL);
}

static void
take_links(struct work *w)
{
	size_t n;
	const char *links = wanted_links(w, &n);
	int64_t fresh = feed_list_documents(w->d->db, w->p->source->name,
	    w->p->source->authority, w->now, links);

	w->news = fresh > 0 ? (size_t)fresh : 0;
	w->overlaps = n < OVERLAP_MIN || w->news < n;
	strange_find(&w->p->strange, w->p->source, w->parsed);
	put_strange(w);
}

static void
take_items(struct work *w)
{
	struct document doc = {
		.source = w->p->source, .bytes = w->a->bytes, .n = w->a->n,
		.charset = w->a->charset, .place = w->a->url,
		.received = w->now
	};

	const struct kept *kept = store_pack(w->d->mem, w->a->bytes, w->a->n);
	struct stored s;

	doc.kept = kept;
	memcpy(w->hash, kept->hash, sizeof w->hash);
	s = store_document(w->d->db, w->d->mem, &doc, w->parsed);
	w->news = s.n_new;
	w->not_understood = s.unread;
	w->overlaps = 1;
}

/*
 * Whether more has happened than the feed reaches back: it is the first time, we
 * have been away for longer, or it has nothing in common with what we know.
 */
static int
has_gap(const struct work *w)
{
	const struct poller *p = w->p;

	if (w->catch_up || w->parsed == NULL ||
	    p->source->catch_up_url[0] == '\0')
		return 0;
	return p->good_at == 0 || !w->overlaps ||
	    w->now - p->good_at > p->source->holds_s * SECOND_MS;
}

static void
put_mark(struct work *w, int i)
{
	const struct feed_mark *m = &w->p->mark[i];

	feed_put_mark(w->d->db, w->p->source->name, i, m->url, m->etag,
	    m->modified, m->wanted);
}

static void
remember(struct feed_mark *m, const struct fetch_answer *a)
{
	if (a->outcome == FETCH_SAME)
		return;
	(void)snprintf(m->etag, sizeof m->etag, "%s", a->etag);
	(void)snprintf(m->modified, sizeof m->modified, "%s",
	    a->last_modified);
}

static void
act_feed(struct work *w)
{
	struct poller *p = w->p;

	if (w->parsed != NULL && strcmp(p->source->entries, "links") == 0)
		take_links(w);
	else if (w->parsed != NULL)
		take_items(w);
	else
		w->overlaps = 1;
	if (has_gap(w)) {
		p->mark[1].wanted = 1;
		put_mark(w, 1);
	}
	if (w->catch_up)
		p->mark[1].wanted = 0;
	if (w->a->outcome == FETCH_GOOD || w->catch_up)
		put_mark(w, w->catch_up);
	if (!w->catch_up)
		feed_source_good(w->d->db, p->source->name, w->now,
		    w->news > 0);
	if (w->news > 0)
		feed_count_waiting(w->d->db, p->source->name);
}

static const char *
cut_reason(struct work *w, const char *prefix, const char *reason)
{
	char *text = arena_printf(w->d->mem, "%s%s", prefix, reason);
	size_t n = strlen(text);

	while (n > REASON_BYTES || ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	text[n] = '\0';
	return text;
}

static void
plan_feed(struct poller *p, int i, int failed, int64_t retry_after_s)
{
	struct ref dice = ref_new();
	uint32_t random;

	memcpy(&random, dice.b, sizeof random);
	p->failures[i] = failed ? p->failures[i] + 1 : 0;
	p->due[i] = instant_monotonic_ms() + schedule_next(
	    p->source->interval_s, p->failures[i], retry_after_s, random);
}

/* The last good one stays what it was; we try again, less and less often. */
static int
fail_feed(struct work *w, const char *prefix, const char *reason)
{
	struct poller *p = w->p;
	const char *text = cut_reason(w, prefix, reason);

	db_begin(w->d->db, w->d->mem, 1);
	feed_source_failed(w->d->db, p->source->name, w->now, text);
	if (prefix[0] != '\0')
		put_mark(w, w->catch_up);
	if (db_end(w->d->db) != DB_FINE) {
		p->again = instant_monotonic_ms() + STORE_AGAIN_MS;
		return -1;
	}
	log_line(LOG_WARNING, "feed failed", "source", p->source->name,
	    "reason", text, NULL);
	plan_feed(p, w->catch_up, 1, w->a->retry_after_s);
	return 0;
}

/*
 * Why what came is no feed although it can be read, or NULL. One that was cut to
 * nothing says nothing any more, and looks like one that has nothing to say.
 */
static const char *
absurd(const struct source *s, const struct parsed *parsed)
{
	size_t titles = 0, links = 0;

	for (size_t i = 0; i < parsed->n_items; i++) {
		const struct item *item = &parsed->items[i];

		titles += item->title != NULL || item->n_warnings > 0;
		links += item->link != NULL &&
		    address_host_among(item->link, s->url, s->hosts);
	}
	if (parsed->n_items == 0)
		return s->may_be_empty ? NULL : "it has no entry";
	if (strcmp(s->entries, "links") == 0)
		return links > 0 ? NULL : "none of its entries names a "
		    "document on its hosts";
	return titles > 0 ? NULL : "none of its entries has a title";
}

/* Why the answer is of no use, or NULL. */
static const char *
unusable(const struct work *w)
{
	if (w->parsed == NULL)
		return w->p->unread[0] == '\0' ? NULL : w->p->unread;
	return w->parsed->refused != NULL ? w->parsed->refused :
	    absurd(w->p->source, w->parsed);
}

static int
is_answer(const struct fetch_answer *a)
{
	return a->outcome == FETCH_GOOD || a->outcome == FETCH_SAME;
}

static int
end_feed(struct work *w)
{
	struct poller *p = w->p;
	const char *why;

	if (!is_answer(w->a))
		return fail_feed(w, "", w->a->reason);
	if (w->a->outcome == FETCH_GOOD)
		w->parsed = parse_answer(w);
	remember(&p->mark[w->catch_up], w->a);
	why = unusable(w);
	if (w->parsed != NULL)
		snprintf(p->unread, sizeof p->unread, "%s",
		    why == NULL ? "" : cut_reason(w, "", why));
	if (why != NULL)
		return fail_feed(w, unreadable, why);
	if (do_work(w, act_feed) != 0)
		return -1;
	tell_strange(p);
	if (!w->catch_up)
		p->good_at = w->now;
	if (w->news > 0)
		p->look = 0;
	plan_feed(p, w->catch_up, 0, 0);
	return 0;
}

/* ---- a telegram ---- */

static void
act_telegram(struct work *w)
{
	struct db_bytes hash = { w->p->url_hash, SHA256_BYTES };
	const char *state = "gone", *reason = w->a->reason;

	if (w->parsed != NULL) {
		take_items(w);
		feed_document_is(w->d->db, hash, (struct db_bytes){ w->hash,
		    sizeof w->hash });
		state = w->parsed->refused == NULL ? "fetched" : "refused";
		reason = w->parsed->refused == NULL ? NULL :
		    cut_reason(w, "", w->parsed->refused);
	}
	feed_document_done(w->d->db, hash, state, reason);
	feed_count_waiting(w->d->db, w->p->source->name);
}

static void
act_later(struct work *w)
{
	struct db_bytes hash = { w->p->url_hash, SHA256_BYTES };
	int64_t tries = w->p->attempts + 1;

	if (tries >= DOCUMENT_TRIES)
		feed_document_done(w->d->db, hash, "gone", w->a->reason);
	else
		feed_document_later(w->d->db, hash, tries, w->now +
		    schedule_retry(tries, w->a->retry_after_s), w->a->reason);
}

static int
end_telegram(struct work *w)
{
	struct poller *p = w->p;
	int later = w->a->outcome != FETCH_GOOD && w->a->outcome != FETCH_GONE;

	if (w->a->outcome == FETCH_GOOD)
		w->parsed = parse_answer(w);
	if (w->parsed != NULL && w->parsed->refused != NULL)
		log_line(LOG_WARNING, "telegram refused", "source",
		    p->source->name, "reason", w->parsed->refused, NULL);
	if (do_work(w, later ? act_later : act_telegram) != 0)
		return -1;
	if (w->not_understood != NULL)
		log_line(LOG_WARNING, "telegram not understood", "source",
		    p->source->name, "reason", w->not_understood, NULL);
	p->look = 0;
	return 0;
}

/* ---- what to do next ---- */

static void
begin_feed(struct poller *p, int i)
{
	const struct feed_mark *m = &p->mark[i];

	p->doing = i ? CATCH_UP : FEED;
	fetch_begin(p->fetch, m->url, m->etag, m->modified);
}

/* When the next telegram is due that is known but not due yet. */
static int64_t
next_look(struct poller *p, struct daemon *d)
{
	const struct next_due *next = NULL;
	int64_t wait;

	feed_next_due(d->db, &next, p->source->name);
	if (next == NULL || !next->not_before.set)
		return INT64_MAX;
	wait = next->not_before.v - instant_now();
	return instant_monotonic_ms() + (wait > 0 ? wait : 1);
}

/* What another source has fetched from there is not fetched again. */
static int
take_known(struct poller *p, struct daemon *d, const struct telegram *t)
{
	struct fetch_answer a = { .outcome = FETCH_GOOD, .reason = "" };
	struct work w = { .p = p, .d = d, .a = &a, .now = instant_now() };

	if (t == NULL)
		return -1;
	a.bytes = store_unpack(d->mem, t->packed, (size_t)t->bytes);
	a.n = (size_t)t->bytes;
	a.charset = t->charset;
	a.url = t->place;
	if (a.bytes == NULL)
		return -1;
	if (end_telegram(&w) != 0)
		p->look = instant_monotonic_ms() + STORE_AGAIN_MS;
	return 0;
}

static void
begin_telegram(struct poller *p, struct daemon *d)
{
	const struct listed *next = NULL;
	const struct telegram *known = NULL;

	db_begin(d->db, d->mem, 0);
	feed_next_document(d->db, &next, p->source->name, instant_now());
	if (next == NULL)
		p->look = next_look(p, d);
	else
		feed_same_document(d->db, &known, next->url);
	if (db_end(d->db) != DB_FINE || next == NULL) {
		if (next != NULL)
			p->look = instant_monotonic_ms() + STORE_AGAIN_MS;
		return;
	}
	memcpy(p->url_hash, next->url_hash.p, sizeof p->url_hash);
	p->attempts = next->attempts;
	if (take_known(p, d, known) == 0)
		return;
	p->doing = TELEGRAM;
	fetch_begin(p->fetch, next->url, "", "");
}

static void
begin(struct poller *p, struct daemon *d)
{
	int64_t now = instant_monotonic_ms();

	if (now >= p->due[0])
		begin_feed(p, 0);
	else if (p->mark[1].wanted && now >= p->due[1])
		begin_feed(p, 1);
	else if (now >= p->look)
		begin_telegram(p, d);
}

void
poller_step(struct poller *p, struct daemon *d)
{
	const struct fetch_answer *a = fetch_answer(p->fetch);
	struct work w = {
		.p = p, .d = d, .a = a, .now = instant_now(),
		.catch_up = p->doing == CATCH_UP
	};
	int done;

	if (a != NULL) {
		if (instant_monotonic_ms() < p->again)
			return;
		done = p->doing == TELEGRAM ? end_telegram(&w) : end_feed(&w);
		if (done != 0)
			return;
		fetch_drop(p->fetch);
		p->doing = IDLE;
	}
	if (!fetch_is_busy(p->fetch))
		begin(p, d);
}
