#include "fold.h"

#include "arena.h"
#include "event.h"
#include "feed_sql.h"

/* A series that it belongs to, as it is so far. */
struct place {
	struct hash key;
	const struct series *old;	/* NULL: this is its first */
	const struct held *before;	/* the newest bulletin so far, or NULL */
};

/* One item on its way into its series. */
struct folding {
	const struct fold *f;
	const struct bulletin *b;
	size_t n;			/* of an EventID with several ids, several */
	struct place at[BULLETIN_EVENTS_MAX];
	struct ref ref;			/* of the bulletin that is made */
};

/* ---- events ---- */

enum { SENTENCE_CHARACTERS = 300 };

/* The title, short enough for a sentence about it. */
static const char *
short_title(struct arena *mem, const char *title)
{
	const unsigned char *p = (const unsigned char *)title;
	size_t n = 0;

	for (int count = 0; p[n] != '\0'; n++)
		if ((p[n] & 0xc0) != 0x80 && ++count > SENTENCE_CHARACTERS)
			break;
	return arena_copy(mem, title, n);
}

static void
publish(const struct folding *g, const char *topic, const struct ref *about,
    const char *title, const char *ja, const char *en)
{
	struct arena *mem = g->f->mem;
	const char *cut = short_title(mem, title);
	const char *who = g->f->source->label;
	const struct event e = {
		.topic = topic, .ref = about, .at = g->f->now,
		.sentence_ja = arena_printf(mem, "%s「%s」%s", who, cut, ja),
		.sentence_en = arena_printf(mem, "%s (%s): %s", en, who, cut)
	};

	event_publish(g->f->db, &e);
	g->f->stored->n_events++;
}

static int
is_held(const struct folding *g, const struct held *h)
{
	return h != NULL && h->until_at > g->f->now &&
	    strcmp(h->state, "issued") == 0;
}

/* What the newest word is, beside the one before it. */
static void
tell(const struct folding *g)
{
	const struct bulletin *b = g->b;
	int held = 0;

	for (size_t i = 0; i < g->n; i++)
		held |= is_held(g, g->at[i].before);
	if (strcmp(b->status, "actual") != 0)
		return;
	if (b->ended) {
		if (held)
			publish(g, "bulletin.ended", &g->ref, b->title,
			    "で、解除が伝えられました", "Ended");
	} else if (b->until <= g->f->now) {
		return;
	} else if (b->beside) {
		publish(g, "bulletin.issued", &g->ref, b->title,
		    "が発表されましたが、内容を読み取れませんでした",
		    "Issued, but not understood");
	} else if (b->correction) {
		publish(g, "bulletin.corrected", &g->ref, b->title,
		    "が訂正されました", "Corrected");
	} else if (held) {
		publish(g, "bulletin.updated", &g->ref, b->title,
		    "が更新されました", "Updated");
	} else {
		publish(g, "bulletin.issued", &g->ref, b->title,
		    "が発表されました", "Issued");
	}
}

/* ---- rows ---- */

static int64_t
add(struct folding *g, const char *state, utc_ms until)
{
	const struct bulletin *b = g->b;
	const struct made *made = NULL;

	g->ref = ref_new();
	feed_add_bulletin(g->f->db, &made, &g->ref, g->f->source->name,
	    b->publisher, b->claimed, b->topic, b->type, b->status, b->severity,
	    b->level, b->title, b->headline, b->link, b->correction,
	    b->unread == NULL, b->issued, g->f->now, b->from, until, state);
	g->f->stored->n_bulletins++;
	return made == NULL ? 0 : made->bulletin;
}

/* Areas are kept only of what holds or has held of late. */
static int
has_areas(const struct folding *g, utc_ms until)
{
	return until > g->f->now - FOLD_KEEP_DAYS * DAY_MS;
}

static void
put_areas(const struct folding *g, int64_t bulletin, utc_ms until)
{
	if (g->b->n_areas > 0 && has_areas(g, until))
		feed_put_areas(g->f->db, bulletin, g->b->areas);
}

/* Figures stay when the areas go: a trend wants the weeks before. */
static void
put_figures(const struct folding *g, int64_t bulletin)
{
	if (g->b->n_figures > 0)
		feed_put_figures(g->f->db, bulletin, g->b->areas,
		    g->b->figures);
}

/* Takes down one that no longer counts, with its areas. */
static void
end_one(const struct folding *g, int64_t bulletin, const struct held *h,
    const char *state, int64_t by)
{
	feed_end_bulletin(g->f->db, bulletin, g->f->now, state, by);
	if (by != 0 && has_areas(g, h->until_at))
		feed_drop_areas(g->f->db, bulletin);
}

static struct db_maybe
retracted_of(const struct place *p)
{
	return p->old == NULL ? (struct db_maybe){ 0 } : p->old->retracted_at;
}

/* One with a time beyond the present may not keep the next from counting. */
static void
put_series(const struct folding *g, const struct place *p, int64_t bulletin)
{
	const struct bulletin *b = g->b;
	utc_ms reported = b->reported, sent = b->sent;

	if (b->misdated) {
		reported = p->old == NULL ? 0 : p->old->reported_at;
		sent = p->old == NULL ? 0 : p->old->sent_at;
	}
	feed_put_series(g->f->db, hash_bytes(&p->key), bulletin, 0, reported,
	    sent, retracted_of(p), hash_bytes(&b->content));
}

/* ---- series that stand and fall with another ---- */

/* Below, at or above 0: the series' newest word came before, with, after it. */
static int
compare(const struct series *s, const struct bulletin *b)
{
	if (s->reported_at != b->reported)
		return s->reported_at < b->reported ? -1 : 1;
	return (s->sent_at > b->sent) - (s->sent_at < b->sent);
}

/* What said how things stood before this: VTSE51 when VTSE41 speaks anew. */
static void
end_behind(const struct folding *g, const char *state, int64_t by)
{
	struct db *db = g->f->db;

	for (size_t i = 0; i < g->b->n_behind; i++) {
		const struct series *s = NULL;
		const struct held *h = NULL;

		feed_find_series(db, &s, hash_bytes(&g->b->behind[i]));
		if (s == NULL || s->bulletin == 0 ||
		    compare(s, g->b) > 0 - !g->b->ended)
			continue;
		feed_find_bulletin(db, &h, s->bulletin);
		if (is_held(g, h))
			end_one(g, s->bulletin, h, state, by);
	}
}

/* The bulletin of what leads it, if that has spoken since; or 0. */
static int64_t
led_by(const struct folding *g)
{
	for (size_t i = 0; i < g->b->n_leads; i++) {
		const struct series *s = NULL;

		feed_find_series(g->f->db, &s, hash_bytes(&g->b->leads[i]));
		if (s != NULL && s->bulletin != 0 && compare(s, g->b) > 0)
			return s->bulletin;
	}
	return 0;
}

/* ---- what was not understood ---- */

/* The one beside the newest, unless it was said after this. */
static void
end_unread(const struct folding *g, const struct place *p, utc_ms said,
    const char *state, int64_t by)
{
	const struct held *h = NULL;

	if (p->old == NULL || p->old->unread == 0)
		return;
	feed_find_bulletin(g->f->db, &h, p->old->unread);
	if (is_held(g, h) && h->issued_at <= said)
		end_one(g, p->old->unread, h, state, by);
}

/*
 * Of what it warns or lifts we know nothing: what was said before stays, and
 * beside it, in its towns, that there is something newer.
 */
static int64_t
put_beside(struct folding *g)
{
	int64_t id = add(g, "issued", g->b->until);

	put_areas(g, id, g->b->until);
	for (size_t i = 0; i < g->n; i++) {
		struct place *p = &g->at[i];

		end_unread(g, p, g->b->reported, "replaced", id);
		if (g->b->n_areas == 0 && p->before != NULL && i == 0)
			feed_copy_areas(g->f->db, id, p->old->bulletin);
		feed_put_series(g->f->db, hash_bytes(&p->key),
		    p->old == NULL ? 0 : p->old->bulletin, id,
		    p->old == NULL ? 0 : p->old->reported_at,
		    p->old == NULL ? 0 : p->old->sent_at, retracted_of(p),
		    p->old == NULL ? hash_bytes(&g->b->content) :
		    p->old->content);
	}
	tell(g);
	return id;
}

/* ---- the three things that can happen ---- */

/* The newest word: what was said before no longer counts. */
static int64_t
put_newest(struct folding *g)
{
	const struct bulletin *b = g->b;
	utc_ms until = b->ended && b->until > g->f->now ? g->f->now : b->until;
	int64_t id = add(g, b->ended ? "ended" : "issued", until);

	for (size_t i = 0; i < g->n; i++) {
		struct place *p = &g->at[i];

		if (p->before != NULL)
			end_one(g, p->old->bulletin, p->before, "replaced", id);
		end_unread(g, p, b->reported, "replaced", id);
		put_series(g, p, id);
	}
	end_behind(g, "replaced", id);
	put_areas(g, id, until);
	put_figures(g, id);
	tell(g);
	return id;
}

/* Something newer is there, or it has been retracted: kept, but holds nowhere. */
static int64_t
put_late(struct folding *g, const char *state, int64_t by)
{
	int64_t id = add(g, state, g->b->until < g->f->now ? g->b->until :
	    g->f->now);

	if (by != 0)
		feed_end_bulletin(g->f->db, id, g->f->now, state, by);
	return id;
}

/*
 * 取消: nothing of this series that was sent until then holds. By the time of
 * sending: a report has the minute only, and a right one may follow in it.
 */
static void
retract(struct folding *g, const struct place *p)
{
	const struct bulletin *b = g->b;
	struct db_maybe until = { 1, b->sent };
	struct db_maybe before = retracted_of(p);

	if (before.set && before.v > until.v)
		until = before;
	if (p->old == NULL) {
		feed_put_series(g->f->db, hash_bytes(&p->key), 0, 0,
		    b->reported, b->sent, until, hash_bytes(&b->content));
		return;
	}
	feed_put_series(g->f->db, hash_bytes(&p->key), p->old->bulletin,
	    p->old->unread, p->old->reported_at, p->old->sent_at, until,
	    p->old->content);
	end_unread(g, p, b->sent, "retracted", 0);
	if (p->before == NULL || p->old->sent_at > b->sent ||
	    strcmp(p->before->state, "issued") != 0)
		return;
	end_one(g, p->old->bulletin, p->before, "retracted", 0);
	if (p->before->until_at > g->f->now &&
	    strcmp(b->status, "actual") == 0)
		publish(g, "bulletin.retracted", p->before->ref,
		    p->before->title, "は取り消されました", "Retracted");
}

/* ---- where it belongs ---- */

static void
find_series(struct folding *g)
{
	for (size_t i = 0; i < g->n; i++) {
		struct place *p = &g->at[i];

		feed_find_series(g->f->db, &p->old, hash_bytes(&p->key));
		if (p->old != NULL && p->old->bulletin != 0)
			feed_find_bulletin(g->f->db, &p->before,
			    p->old->bulletin);
	}
}

/* Its own series, or one that one of the items belongs to that it refers to. */
static void
choose_series(struct folding *g, const struct known *known)
{
	struct fold const *f = g->f;
	const struct known *other = NULL;

	g->n = g->b->n_series;
	for (size_t i = 0; i < g->n; i++)
		g->at[i].key = g->b->series[i];
	if (known != NULL)
		memcpy(g->at[0].key.b, known->series.p, sizeof g->at[0].key.b);
	for (size_t i = 0; known == NULL && i < g->b->n_refers; i++) {
		feed_find_item(f->db, &other, hash_bytes(&g->b->refers[i]));
		if (other == NULL)
			continue;
		memcpy(g->at[0].key.b, other->series.p, sizeof g->at[0].key.b);
		break;
	}
	for (size_t i = 0; i < g->b->n_refers; i++)
		feed_refer_item(f->db, hash_bytes(&g->b->refers[i]),
		    hash_bytes(&g->at[0].key));
}

/* The bulletin of a series that is newer than this item; or 0. */
static int64_t
newer_than(const struct folding *g)
{
	for (size_t i = 0; i < g->n && !g->b->misdated; i++) {
		const struct series *s = g->at[i].old;

		if (s != NULL && s->bulletin != 0 && compare(s, g->b) > 0)
			return s->bulletin;
	}
	return 0;
}

static int
is_same(const struct folding *g)
{
	const struct place *p = &g->at[0];

	return p->before != NULL && p->old->content.n == SHA256_BYTES &&
	    memcmp(p->old->content.p, g->b->content.b, SHA256_BYTES) == 0 &&
	    strcmp(p->before->state, "retracted") != 0;
}

static int
is_retracted(const struct folding *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (retracted_of(&g->at[i]).set &&
		    g->b->sent <= retracted_of(&g->at[i]).v)
			return 1;
	return 0;
}

/* Its bulletin's key; 0 when it makes none. */
static int64_t
place(struct folding *g)
{
	int64_t newer;

	if (g->b->retraction) {
		for (size_t i = 0; i < g->n; i++)
			retract(g, &g->at[i]);
		end_behind(g, "retracted", 0);
		return 0;
	}
	if (is_retracted(g))
		return put_late(g, "retracted", 0);
	newer = newer_than(g);
	if (newer == 0)
		newer = led_by(g);
	if (newer != 0)
		return put_late(g, "replaced", newer);
	return g->b->beside ? put_beside(g) : put_newest(g);
}

/* ---- read again ---- */

/* Says anew what an earlier reader made of the same item. */
static void
reread(struct folding *g, int64_t bulletin)
{
	const struct bulletin *b = g->b;
	const struct place *p = &g->at[0];

	feed_reread_bulletin(g->f->db, bulletin, b->publisher, b->claimed,
	    b->topic, b->severity, b->level, b->title, b->headline, b->link,
	    b->unread == NULL);
	feed_drop_figures(g->f->db, bulletin);
	put_figures(g, bulletin);
	if (p->old == NULL || p->old->bulletin != bulletin)
		return;
	feed_drop_areas(g->f->db, bulletin);
	put_areas(g, bulletin, p->before->until_at);
}

static void
put_item(const struct folding *g, int64_t bulletin)
{
	feed_put_item(g->f->db, hash_bytes(&g->b->item),
	    hash_bytes(&g->at[0].key), bulletin, g->f->telegram);
}

/*
 * An earlier reader did not understand it, this one does: it takes the place in
 * its series that it would have had.
 */
static void
renew(struct folding *g, int64_t bulletin, const struct held *h)
{
	int64_t id;

	choose_series(g, NULL);
	find_series(g);
	id = place(g);
	end_one(g, bulletin, h, "replaced", id);
	put_item(g, id);
}

static void
fold_known(struct folding *g, const struct known *known)
{
	const struct held *h = NULL;
	/* An entry that a feed shows again, with other words. */
	int changed = !g->f->again && g->b->n_refers == 0 &&
	    g->b->type == NULL && known->bulletin != 0 && !is_same(g) &&
	    g->at[0].old != NULL && g->at[0].old->bulletin == known->bulletin;

	if (changed)
		put_item(g, put_newest(g));
	if (!g->f->again || known->bulletin == 0)
		return;
	feed_find_bulletin(g->f->db, &h, known->bulletin);
	if (h != NULL && !h->understood && g->b->unread == NULL)
		renew(g, known->bulletin, h);
	else
		reread(g, known->bulletin);
}

void
fold_item(const struct fold *f, const struct item *item)
{
	struct bulletin b;
	struct folding g = { .f = f, .b = &b };
	const struct known *known = NULL;

	if (!bulletin_from(f->source, item, f->now, f->mem, &b))
		return;
	feed_find_item(f->db, &known, hash_bytes(&b.item));
	choose_series(&g, known);
	find_series(&g);
	if (known != NULL && known->telegram != 0) {
		fold_known(&g, known);
		return;
	}
	f->stored->n_new++;
	put_item(&g, place(&g));
}
