#include "store.h"

#include "arena.h"
#include "event.h"
#include "feed_sql.h"
#include "fold.h"
#include "seal.h"
#include "text.h"

#include <zlib.h>

enum { REASON_BYTES = 200, PACK_LEVEL = 1 };

/* ---- the bytes ---- */

const struct kept *
store_pack(struct arena *mem, const char *bytes, size_t n)
{
	struct kept *k = arena_take(mem, sizeof *k);
	uLongf room = compressBound((uLong)n);
	unsigned char *packed = arena_take(mem, room);

	if (compress2(packed, &room, (const unsigned char *)bytes, (uLong)n,
	    PACK_LEVEL) != Z_OK)
		abort();
	k->packed = (struct db_bytes){ packed, room };
	seal_sha256(bytes, n, k->hash);
	return k;
}

const char *
store_unpack(struct arena *mem, struct db_bytes packed, size_t bytes)
{
	uLongf n = (uLongf)bytes;
	unsigned char *p = arena_take(mem, bytes + 1);

	if (uncompress(p, &n, packed.p, (uLong)packed.n) != Z_OK ||
	    n != bytes)
		return NULL;
	return (const char *)p;
}

/* As much of a line as the tables hold. */
static const char *
cut(struct arena *mem, const char *line)
{
	size_t n = line == NULL ? 0 : strlen(line);

	if (line == NULL)
		return NULL;
	while (n > REASON_BYTES || ((unsigned char)line[n] & 0xc0) == 0x80)
		n--;
	return arena_copy(mem, line, n);
}

static const char *
unread_of(struct arena *mem, const struct parsed *parsed)
{
	const char *why = NULL;

	for (size_t i = 0; why == NULL && i < parsed->n_items; i++)
		why = follow_unread(&parsed->items[i], mem);
	return cut(mem, why);
}

/* The telegram's key; 0 when the same bytes are there, or all has failed. */
static int64_t
keep(struct db *db, struct arena *mem, const struct document *d,
    const struct parsed *parsed, const char *unread)
{
	const struct kept *k = d->kept != NULL ? d->kept :
	    store_pack(mem, d->bytes, d->n);
	const struct added *added = NULL;

	feed_add_telegram(db, &added, (struct db_bytes){ k->hash,
	    sizeof k->hash }, d->source->authority, d->source->name, d->charset,
	    d->place, d->received, (int64_t)d->n, k->packed, cut(mem, parsed->refused),
	    unread);
	if (added != NULL && unread != NULL)
		feed_count_unread(db, d->source->name, d->received, unread);
	return added == NULL ? 0 : added->telegram;
}

/* ---- its items ---- */

static struct stored
take_items(struct db *db, struct arena *mem, const struct document *d,
    const struct parsed *parsed, int64_t telegram, int again)
{
	struct stored s = { 0 };
	struct fold f = {
		.db = db, .mem = mem, .source = d->source, .now = d->received,
		.telegram = telegram, .again = again, .stored = &s
	};

	/* A feed's newest entry comes first; events are told in their order. */
	for (size_t i = parsed->n_items; i > 0; i--)
		fold_item(&f, &parsed->items[i - 1]);
	return s;
}

struct stored
store_document(struct db *db, struct arena *mem, const struct document *d,
    const struct parsed *parsed)
{
	const char *unread = unread_of(mem, parsed);
	int64_t telegram = keep(db, mem, d, parsed, unread);
	struct stored s = { .known = 1 };

	if (telegram != 0)
		s = take_items(db, mem, d, parsed, telegram, 0);
	s.unread = unread;
	return s;
}

struct stored
store_again(struct db *db, struct arena *mem, const struct document *d,
    const struct parsed *parsed, int64_t telegram)
{
	const char *unread = unread_of(mem, parsed);
	struct stored s;

	feed_reread_telegram(db, telegram, cut(mem, parsed->refused), unread);
	s = take_items(db, mem, d, parsed, telegram, 1);
	s.unread = unread;
	return s;
}
