/* A file on its way in: type, virus, metadata; then chunks, sealed, in rows. */
#include "file_own.h"

#include "file_reader.h"
#include "file_sql.h"
#include "file_type.h"
#include "log.h"
#include "scan.h"
#include "viewer.h"

enum { CHUNKS_A_COMMIT = 8, TYPE_BYTES = 101 };

/* Gone when the file is; wiped, as it holds clear text and the key. */
struct storing {
	struct req *r;
	const struct input *in;
	struct arena *keep;
	struct seal_key key;
	struct ref ref;
	int64_t file;
	char type[TYPE_BYTES];		/* "" while it is not known */
	struct clean_sink sink;
	struct file_reader *reader;
	struct scan *scan;
	const char *refusal;
	unsigned char front[FILE_TYPE_BYTES];
	size_t front_n;
	/* The first chunk waits for the end, which may change its beginning. */
	unsigned char first[FILE_CHUNK_BYTES], part[FILE_CHUNK_BYTES];
	size_t first_n, part_n;
	uint32_t number;		/* of the next chunk, the first apart */
	int64_t bytes;
	int open;			/* chunks in the transaction, 0: none */
	int began;			/* there is a transaction */
	unsigned char sealed[FILE_SEALED_BYTES];
};

static const char *
keys_of(const struct storing *s)
{
	return s->r->settings->file_keys;
}

/* ---- rows ---- */

static void
begin_rows(struct storing *s)
{
	if (!s->began)
		db_begin(s->r->db, s->r->mem, 1);
	s->began = 1;
}

static void
end_rows(struct storing *s)
{
	if (s->began && db_end(s->r->db) != DB_FINE && s->refusal == NULL) {
		log_line(LOG_WARNING, "file not stored", "statement",
		    db_failed_statement(s->r->db), NULL);
		s->refusal = "unavailable";
	}
	s->began = s->open = 0;
}

static void
put_chunk(struct storing *s, uint32_t number, int last,
    const unsigned char *p, size_t n)
{
	unsigned char place[FILE_PLACE_BYTES];

	begin_rows(s);
	file_place(&s->ref, number, last, place);
	seal_close(&s->key, place, sizeof place, p, n, s->sealed);
	(void)file_put_chunk(s->r->db, s->file, number,
	    (struct db_bytes){ s->sealed, n + SEAL_EXTRA_BYTES });
	if (++s->open == CHUNKS_A_COMMIT)
		end_rows(s);
}

/* ---- what the cleaner lets through ---- */

static size_t
fill(unsigned char *to, size_t *have, const unsigned char *p, size_t n)
{
	size_t part = FILE_CHUNK_BYTES - *have;

	if (part > n)
		part = n;
	memcpy(to + *have, p, part);
	*have += part;
	return part;
}

static int
take(void *of, const void *from, size_t n)
{
	struct storing *s = of;
	const unsigned char *p = from;

	s->bytes += (int64_t)n;
	while (n > 0 && s->refusal == NULL) {
		size_t part = fill(s->first, &s->first_n, p, n);

		if (part == 0 && s->part_n == FILE_CHUNK_BYTES) {
			put_chunk(s, s->number++, 0, s->part, s->part_n);
			s->part_n = 0;
		}
		if (part == 0)
			part = fill(s->part, &s->part_n, p, n);
		p += part;
		n -= part;
	}
	return s->refusal == NULL ? 0 : -1;
}

static void
patch(void *of, size_t at, const void *p, size_t n)
{
	struct storing *s = of;

	if (at + n <= s->first_n)
		memcpy(s->first + at, p, n);
}

/* ---- the store ---- */

/* Its row, so that chunks have something to belong to. */
static int
begin_row(struct storing *s)
{
	const struct viewer *v = s->r->viewer;
	const struct made_file *made = NULL;

	db_begin(s->r->db, s->r->mem, 1);
	(void)file_begin(s->r->db, &made, &s->ref, v->network,
	    v->strip == NULL ? 0 : v->strip->patient, v->user, s->r->now);
	if (made != NULL)
		s->file = made->file;
	return db_end(s->r->db) == DB_FINE && made != NULL ? 0 : -1;
}

static void
end_storing(struct storing *s)
{
	file_reader_free(s->reader);
	scan_drop(s->scan);
	explicit_bzero(s, sizeof *s);
	free(s);
}

static void *
begin(struct req *r, const struct input *in, struct arena *keep,
    const char **refusal)
{
	const struct settings *set = r->settings;
	struct storing *s = calloc(1, sizeof *s);

	*refusal = "unavailable";
	if (s == NULL)
		return NULL;
	s->r = r;
	s->in = in;
	s->keep = keep;
	s->ref = ref_new();
	s->number = 1;
	s->sink = (struct clean_sink){ s, take, patch };
	seal_random(&s->key, sizeof s->key);
	if (set->clamd_socket[0] != '\0') {
		s->scan = scan_begin(set->clamd_socket);
		if (s->scan == NULL)
			log_line(LOG_ERROR, "clamd does not answer", NULL);
	}
	if (r->viewer == NULL || file_newest(set->file_keys) < 0 ||
	    (set->clamd_socket[0] != '\0' && s->scan == NULL) ||
	    begin_row(s) != 0) {
		end_storing(s);
		return NULL;
	}
	return s;
}

static void
judge(struct storing *s, enum file_read read)
{
	int64_t w = file_reader_width(s->reader);
	int64_t h = file_reader_height(s->reader);

	if (s->refusal == NULL && read == FILE_READ_LOST)
		s->refusal = "file_unreadable";
	if (s->refusal == NULL && read == FILE_READ_DAMAGED)
		s->refusal = "file_damaged";
	if (s->refusal == NULL && (w > FILE_SIDE_MAX || h > FILE_SIDE_MAX ||
	    w * h > FILE_PIXELS_MAX))
		s->refusal = "file_pixels";
}

/* Enough of it is here to say what it is. */
static void
settle_type(struct storing *s)
{
	enum file_read read;

	s->reader = file_reader_begin(s->r->viewer->user, &s->sink);
	if (s->reader == NULL) {
		s->refusal = "unavailable";
		return;
	}
	read = file_reader_front(s->reader, s->front, s->front_n);
	snprintf(s->type, sizeof s->type, "%s", file_reader_type(s->reader));
	if (read != FILE_READ_LOST && s->refusal == NULL &&
	    !file_is_one_of(s->type, s->in->choices))
		s->refusal = strncmp(s->type, "image/hei", 9) == 0 ?
		    "file_heic" : "file_type";
	judge(s, read);
}

static const char *
put(void *of, const void *from, size_t n)
{
	struct storing *s = of;
	const unsigned char *p = from;
	size_t part = 0;

	if (s->scan != NULL)
		scan_put(s->scan, p, n);
	if (s->reader == NULL) {
		part = sizeof s->front - s->front_n;
		if (part > n)
			part = n;
		memcpy(s->front + s->front_n, p, part);
		s->front_n += part;
		if (s->front_n == sizeof s->front)
			settle_type(s);
	}
	if (s->refusal == NULL && s->reader != NULL && n > part)
		judge(s, file_reader_put(s->reader, p + part, n - part));
	return s->refusal;
}

static void
settle_scan(struct storing *s)
{
	enum scan_result result;

	if (s->scan == NULL || s->refusal != NULL)
		return;
	result = scan_end(s->scan);
	s->scan = NULL;
	if (result != SCAN_CLEAN)
		s->refusal = result == SCAN_INFECTED ? "infected" :
		    "unavailable";
}

/* The last chunks, the key and what it is bound to, in one transaction. */
static void
finish(struct storing *s, const struct upload *u)
{
	const struct file_what what = { s->ref, s->r->viewer->network,
		s->bytes, s->type };
	unsigned char wrapped[FILE_WRAPPED_BYTES];
	int generation = file_newest(keys_of(s));

	begin_rows(s);
	s->open = -CHUNKS_A_COMMIT;	/* they stay in this transaction */
	if (s->part_n > 0)
		put_chunk(s, s->number, 1, s->part, s->part_n);
	put_chunk(s, 0, s->part_n == 0, s->first, s->first_n);
	if (file_wrap(keys_of(s), generation, &what, &s->key, wrapped) != 0) {
		s->refusal = "unavailable";
		db_abandon(s->r->db);
		s->began = 0;
		return;
	}
	(void)file_finish(s->r->db, s->file, s->type, u->name, s->bytes,
	    u->width, u->height, generation,
	    (struct db_bytes){ wrapped, sizeof wrapped });
	end_rows(s);
}

static const char *
end(void *of, struct upload *u)
{
	struct storing *s = of;
	const char *refusal;

	if (s->reader == NULL && s->refusal == NULL)
		settle_type(s);
	if (s->refusal == NULL)
		judge(s, file_reader_end(s->reader));
	settle_scan(s);
	if (s->refusal != NULL)
		return s->refusal;
	u->type = arena_text(s->keep, s->type);
	u->key = s->file;
	u->ref = s->ref;
	u->bytes = s->bytes;
	u->width = file_reader_width(s->reader);
	u->height = file_reader_height(s->reader);
	finish(s, u);
	refusal = s->refusal;
	if (refusal == NULL)
		end_storing(s);
	return refusal;
}

/* At once, as far as the database lets; the sweeper has the rest. */
static void
drop(void *of)
{
	struct storing *s = of;

	if (s->began)
		db_abandon(s->r->db);
	db_begin(s->r->db, s->r->mem, 1);
	(void)file_drop_chunks(s->r->db, s->file, INT32_MAX);
	(void)file_drop(s->r->db, s->file);
	(void)db_end(s->r->db);
	end_storing(s);
}

const struct upload_store file_store = { begin, put, end, drop };
