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

static const char *
reason_of(struct arena *mem, const struct parsed *parsed)
{
	size_t n;

	if (parsed->refused == NULL)
		return NULL;
	n = strlen(parsed->refused);
	while (n > REASON_BYTES || ((unsigned char)parsed->refused[n] & 0xc0) ==
	    0x80)
		n--;
	return arena_copy(mem, parsed->refused, n);
}

/* The telegram's key; 0 when the same bytes are there, or all has failed. */
static int64_t
keep(struct db *db, struct arena *mem, const struct document *d,
    const struct parsed *parsed)
{
	const struct kept *k = d->kept != NULL ? d->kept :
	    store_pack(mem, d->bytes, d->n);
	const struct added *added = NULL;

	feed_add_telegram(db, &added, (struct db_bytes){ k->hash,
	    sizeof k->hash }, d->source->name, d->charset, d->received,
	    (int64_t)d->n, k->packed, reason_of(mem, parsed));
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
	int64_t telegram = keep(db, mem, d, parsed);

	if (telegram == 0)
		return (struct stored){ .known = 1 };
	return take_items(db, mem, d, parsed, telegram, 0);
}

struct stored
store_again(struct db *db, struct arena *mem, const struct document *d,
    const struct parsed *parsed, int64_t telegram)
{
	feed_refuse_telegram(db, telegram, reason_of(mem, parsed));
	return take_items(db, mem, d, parsed, telegram, 1);
}
