/*
 * The search in the copy. Every text by which somebody may be found, and each of its
 * beginnings, is a name of the store; under it stand the patients who have it, sealed,
 * with what narrows the search further. Nobody without the key can tell a name from
 * another, only how many share one.
 */
#include "copy_own.h"

#include "arena.h"
#include "bytes.h"
#include "search_sql.h"
#include "text.h"

enum { KEY_BYTES = 480, LEAST_KANA = 2, FIXED = 16 };

/* The name under which those stand who have this text; the patient is its tail. */
static struct store_name
key_of(const struct standing *s, char kind, int64_t network, const char *a,
    size_t a_n, int64_t patient)
{
	char text[KEY_BYTES];
	int n = snprintf(text, sizeof text, "%c%lld|%.*s", kind,
	    (long long)network, (int)a_n, a);

	if (n >= (int)sizeof text)
		n = sizeof text - 1;
	return store_name(s->store, COPY_FOUND, text, (size_t)n,
	    patient == 0 ? NULL : &patient, patient == 0 ? 0 : sizeof patient);
}

/* What is done with each key of somebody. */
struct keying {
	const struct standing *s;
	const struct whole *w;
	struct buf value;
	int drop;
};

static void
with_key(struct keying *k, char kind, const char *text, size_t n)
{
	struct store_name name = key_of(k->s, kind, k->w->person->network_id,
	    text, n, k->w->person->patient_id);

	if (k->drop)
		store_drop(k->s->on, &name);
	else
		store_put(k->s->on, &name, k->value.p, k->value.n);
}

/* All beginnings of at least so many characters, and the whole. */
static void
with_beginnings(struct keying *k, char kind, const char *text, int least)
{
	size_t n = strlen(text);
	int characters = 0;

	for (size_t i = 1; i < n; i++)
		if ((text[i] & 0xC0) != 0x80 && ++characters >= least)
			with_key(k, kind, text, i);
	if (n > 0)
		with_key(k, kind, text, n);
}

/* "ふたば" of "1-4-203": the area, and in it 1, 1-4 and 1-4-203. */
static void
with_place(struct keying *k, const char *area, const char *numbers)
{
	char text[KEY_BYTES];
	int n = snprintf(text, sizeof text, "%s|%s", area, numbers);
	size_t from = strlen(area) + 1;

	with_key(k, 'a', area, strlen(area));
	for (size_t i = from; n < (int)sizeof text && i <= (size_t)n; i++)
		if (i > from && (text[i] == '-' || text[i] == '\0'))
			with_key(k, 'h', text, i);
}

static const struct found_by *
name_row(const struct whole *w)
{
	for (size_t i = 0; i < w->found.set.n; i++)
		if (strcmp(found_by_at(&w->found, i)->kind, "name") == 0)
			return found_by_at(&w->found, i);
	return NULL;
}

/* Who she is, born when, of which sound and writing. */
static void
make_value(struct keying *k)
{
	const struct found_by *name = name_row(k->w);
	unsigned char le[FIXED];

	put_le64(le, (uint64_t)k->w->person->patient_id);
	put_le64(le + 8, (uint64_t)(int64_t)k->w->person->birth_date);
	buf_put(&k->value, (const char *)le, sizeof le);
	buf_puts(&k->value, name == NULL ? "" : name->b);
	buf_putc(&k->value, '\0');
	buf_puts(&k->value, name == NULL ? "" : name->c);
	buf_putc(&k->value, '\0');
}

static void
with_all(struct keying *k)
{
	make_value(k);
	for (size_t i = 0; i < k->w->found.set.n; i++) {
		const struct found_by *f = found_by_at(&k->w->found, i);

		if (strcmp(f->kind, "phone") == 0) {
			with_key(k, 'p', f->a, strlen(f->a));
		} else if (strcmp(f->kind, "card") == 0) {
			with_key(k, 'c', f->a, strlen(f->a));
			with_key(k, 'l', f->b, strlen(f->b));
		} else if (strcmp(f->kind, "place") == 0) {
			with_place(k, f->a, f->b);
		} else {
			with_key(k, 'f', f->a, strlen(f->a));
			with_beginnings(k, 's', f->b, LEAST_KANA);
			with_beginnings(k, 'w', f->c, 1);
		}
	}
	buf_free(&k->value);
}

void
found_put(const struct standing *s, const struct whole *w)
{
	struct keying k = { s, w, { 0 }, 0 };

	with_all(&k);
}

void
found_drop(const struct standing *s, const struct whole *w)
{
	struct keying k = { s, w, { 0 }, 1 };

	with_all(&k);
}

/* ---- looking ---- */

struct looking {
	civil_date from, to;
	const char *sound, *sound_end, *written, *written_end;	/* NULL: any */
	struct hit *hits;
	size_t n, limit;
};

static int
within(const char *text, const char *from, const char *end)
{
	return from == NULL || (strcmp(text, from) >= 0 && strcmp(text, end) < 0);
}

static int
look_at(void *of, const struct store_name *name, struct db_bytes v)
{
	struct looking *l = of;
	const char *sound = (const char *)v.p + FIXED, *written;
	int64_t born;

	(void)name;
	if (v.n < FIXED + 2 || v.p[v.n - 1] != '\0')
		return 0;
	born = (int64_t)get_le64(v.p + 8);
	written = sound + strlen(sound) + 1;
	if (born < l->from || born > l->to ||
	    !within(sound, l->sound, l->sound_end) ||
	    !within(written, l->written, l->written_end))
		return 0;
	l->hits[l->n++].patient_id = (int64_t)get_le64(v.p);
	return l->n >= l->limit;
}

static int64_t
look(struct standing *s, char kind, int64_t network, const char *text,
    struct looking *l, struct db_set *out)
{
	struct store_name name = key_of(s, kind, network, text, strlen(text), 0);

	l->hits = arena_take_many(s->mem, l->limit, sizeof *l->hits);
	(void)store_each(s->on, &name, 1 + STORE_HEAD, s->mem, look_at, l);
	out->rows = l->hits;
	out->n = l->n;
	return (int64_t)l->n;
}

/* Parameters stand as search.sql declares them. */

/* One that has such a key, born whenever. */
static int64_t
found_exactly(struct standing *s, char kind, int64_t network, const char *text,
    size_t limit, struct db_set *out)
{
	struct looking l = { .from = INT32_MIN, .to = INT32_MAX, .limit = limit };

	return look(s, kind, network, text, &l, out);
}

int64_t
found_phone(struct standing *s, const union db_val *in, struct db_set *out)
{
	return found_exactly(s, 'p', in[0].i64, in[1].text, (size_t)in[2].i64,
	    out);
}

int64_t
found_card(struct standing *s, const union db_val *in, struct db_set *out)
{
	return found_exactly(s, 'c', in[0].i64, in[1].text, (size_t)in[2].i64,
	    out);
}

int64_t
found_link(struct standing *s, const union db_val *in, struct db_set *out)
{
	char hex[REF_HEX];

	return found_exactly(s, 'l', in[0].i64, ref_hex(in[1].ref, hex), 1, out);
}

/* A whole name is one of its own beginnings: what only begins so is left out. */
int64_t
found_whole(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct looking l = { .from = (civil_date)in[2].i64,
		.to = (civil_date)in[3].i64, .sound = in[1].text,
		.sound_end = arena_printf(s->mem, "%s\x01", in[1].text),
		.limit = (size_t)in[4].i64 };

	return look(s, 's', in[0].i64, in[1].text, &l, out);
}

int64_t
found_family(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct looking l = { .from = (civil_date)in[2].i64,
		.to = (civil_date)in[3].i64, .limit = (size_t)in[4].i64 };

	return look(s, 'f', in[0].i64, in[1].text, &l, out);
}

static int64_t
found_beginning(struct standing *s, char kind, const union db_val *in,
    struct db_set *out)
{
	struct looking l = { .from = (civil_date)in[3].i64,
		.to = (civil_date)in[4].i64, .limit = (size_t)in[5].i64 };

	return look(s, kind, in[0].i64, in[1].text, &l, out);
}

int64_t
found_sound(struct standing *s, const union db_val *in, struct db_set *out)
{
	return found_beginning(s, 's', in, out);
}

int64_t
found_written(struct standing *s, const union db_val *in, struct db_set *out)
{
	return found_beginning(s, 'w', in, out);
}

int64_t
found_place(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct looking l = {
		.sound = in[4].text, .sound_end = in[5].text,
		.written = in[6].text, .written_end = in[7].text,
		.from = (civil_date)in[8].i64, .to = (civil_date)in[9].i64,
		.limit = (size_t)in[10].i64
	};

	return look(s, 'h', in[0].i64, arena_printf(s->mem, "%s|%s",
	    in[1].text, in[2].text), &l, out);
}

int64_t
found_area(struct standing *s, const union db_val *in, struct db_set *out)
{
	struct looking l = {
		.sound = in[2].text, .sound_end = in[3].text,
		.written = in[4].text, .written_end = in[5].text,
		.from = (civil_date)in[6].i64, .to = (civil_date)in[7].i64,
		.limit = (size_t)in[8].i64
	};

	return look(s, 'a', in[0].i64, in[1].text, &l, out);
}
