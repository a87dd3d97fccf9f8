#include "fold.h"

#include "arena.h"
#include "event.h"
#include "feed_sql.h"

/* One item on its way into its series. */
struct folding {
	const struct fold *f;
	const struct bulletin *b;
	struct hash key;		/* of the series */
	const struct series *old;	/* NULL: this is its first */
	const struct held *before;	/* the newest bulletin so far, or NULL */
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
	const struct event e = {
		.topic = topic, .ref = about, .at = g->f->now,
		.sentence_ja = arena_printf(mem, "「%s」%s", cut, ja),
		.sentence_en = arena_printf(mem, "%s: %s", en, cut)
	};

	event_publish(g->f->db, &e);
	g->f->stored->n_events++;
}

/* What the newest word is, beside the one before it. */
static void
tell(const struct folding *g)
{
	const struct bulletin *b = g->b;
	int held = g->before != NULL && g->before->until_at > g->f->now &&
	    strcmp(g->before->state, "issued") == 0;

	if (strcmp(b->status, "actual") != 0)
		return;
	if (b->ended) {
		if (held)
			publish(g, "bulletin.ended", &g->ref, b->title,
			    "で、解除が伝えられました", "Ended");
	} else if (b->until <= g->f->now) {
		return;
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
	    b->publisher, b->topic, b->type, b->status, b->severity, b->level,
	    b->title, b->headline, b->link, b->correction, b->issued,
	    g->f->now, b->from, until, state);
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

static struct db_maybe
retracted_of(const struct folding *g)
{
	return g->old == NULL ? (struct db_maybe){ 0 } :
	    g->old->retracted_at;
}

/* One with a time beyond the present may not keep the next from counting. */
static void
put_series(const struct folding *g, int64_t bulletin)
{
	const struct bulletin *b = g->b;
	utc_ms reported = b->reported, sent = b->sent;

	if (b->misdated) {
		reported = g->old == NULL ? 0 : g->old->reported_at;
		sent = g->old == NULL ? 0 : g->old->sent_at;
	}
	feed_put_series(g->f->db, hash_bytes(&g->key), bulletin, reported, sent,
	    retracted_of(g), hash_bytes(&b->content));
}

/* ---- the three things that can happen ---- */

/* The newest word: what was said before no longer counts. */
static int64_t
put_newest(struct folding *g)
{
	const struct bulletin *b = g->b;
	utc_ms until = b->ended && b->until > g->f->now ? g->f->now : b->until;
	int64_t id = add(g, b->ended ? "ended" : "issued", until);

	if (g->before != NULL) {
		feed_end_bulletin(g->f->db, g->old->bulletin, g->f->now,
		    "replaced", id);
		if (has_areas(g, g->before->until_at))
			feed_drop_areas(g->f->db, g->old->bulletin);
	}
	put_areas(g, id, until);
	put_series(g, id);
	tell(g);
	return id;
}

/* Something newer is there, or it has been retracted: kept, but holds nowhere. */
static int64_t
put_late(struct folding *g, const char *state)
{
	int64_t by = strcmp(state, "replaced") == 0 ? g->old->bulletin : 0;
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
retract(struct folding *g)
{
	const struct bulletin *b = g->b;
	struct db_maybe until = { 1, b->sent };
	struct db_maybe before = retracted_of(g);

	if (before.set && before.v > until.v)
		until = before;
	if (g->old == NULL) {
		feed_put_series(g->f->db, hash_bytes(&g->key), 0, b->reported,
		    b->sent, until, hash_bytes(&b->content));
		return;
	}
	feed_put_series(g->f->db, hash_bytes(&g->key), g->old->bulletin,
	    g->old->reported_at, g->old->sent_at, until, g->old->content);
	if (g->before == NULL || g->old->sent_at > b->sent ||
	    strcmp(g->before->state, "issued") != 0)
		return;
	feed_end_bulletin(g->f->db, g->old->bulletin, g->f->now, "retracted",
	    0);
	if (g->before->until_at > g->f->now &&
	    strcmp(b->status, "actual") == 0)
		publish(g, "bulletin.retracted", g->before->ref,
		    g->before->title, "は取り消されました", "Retracted");
}

/* ---- where it belongs ---- */

static void
find_series(struct folding *g)
{
	feed_find_series(g->f->db, &g->old, hash_bytes(&g->key));
	if (g->old != NULL && g->old->bulletin != 0)
		feed_find_bulletin(g->f->db, &g->before, g->old->bulletin);
}

/* A series that one of the items belongs to that it refers to. */
static void
choose_series(struct folding *g, const struct known *known)
{
	struct fold const *f = g->f;
	const struct known *other = NULL;

	g->key = g->b->series;
	if (known != NULL)
		memcpy(g->key.b, known->series.p, sizeof g->key.b);
	for (size_t i = 0; known == NULL && i < g->b->n_refers; i++) {
		feed_find_item(f->db, &other, hash_bytes(&g->b->refers[i]));
		if (other == NULL)
			continue;
		memcpy(g->key.b, other->series.p, sizeof g->key.b);
		break;
	}
	for (size_t i = 0; i < g->b->n_refers; i++)
		feed_refer_item(f->db, hash_bytes(&g->b->refers[i]),
		    hash_bytes(&g->key));
}

static int
is_older(const struct folding *g)
{
	const struct series *s = g->old;

	if (s == NULL || s->bulletin == 0 || g->b->misdated)
		return 0;
	if (g->b->reported != s->reported_at)
		return g->b->reported < s->reported_at;
	return g->b->sent < s->sent_at;
}

static int
is_same(const struct folding *g)
{
	return g->before != NULL && g->old->content.n == SHA256_BYTES &&
	    memcmp(g->old->content.p, g->b->content.b, SHA256_BYTES) == 0 &&
	    strcmp(g->before->state, "retracted") != 0;
}

/* Its bulletin's key; 0 when it makes none. */
static int64_t
place(struct folding *g)
{
	struct db_maybe retracted = retracted_of(g);

	if (g->b->retraction) {
		retract(g);
		return 0;
	}
	if (retracted.set && g->b->sent <= retracted.v)
		return put_late(g, "retracted");
	if (is_older(g))
		return put_late(g, "replaced");
	return put_newest(g);
}

/* Says anew what an earlier reader made of the same item. */
static void
reread(struct folding *g, int64_t bulletin)
{
	const struct bulletin *b = g->b;

	if (bulletin == 0)
		return;
	feed_reread_bulletin(g->f->db, bulletin, b->publisher, b->topic,
	    b->severity, b->level, b->title, b->headline, b->link);
	if (g->old == NULL || g->old->bulletin != bulletin)
		return;
	feed_drop_areas(g->f->db, bulletin);
	put_areas(g, bulletin, g->before->until_at);
}

static void
fold_known(struct folding *g, const struct known *known)
{
	/* An entry that a feed shows again, with other words. */
	int changed = !g->f->again && g->b->n_refers == 0 &&
	    g->b->type == NULL && known->bulletin != 0 && !is_same(g) &&
	    g->old != NULL && g->old->bulletin == known->bulletin;

	if (changed)
		feed_put_item(g->f->db, hash_bytes(&g->b->item),
		    hash_bytes(&g->key), put_newest(g), g->f->telegram);
	else if (g->f->again)
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
	feed_put_item(f->db, hash_bytes(&b.item), hash_bytes(&g.key),
	    place(&g), f->telegram);
}
