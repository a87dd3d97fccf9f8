/* A multipart body: fields into the form, files into the store. */
#include "request.h"

#include "multipart.h"

enum { READ_BYTES = 16384, READ_TOTAL_MS = 45000, UPLOADS_MAX = 64,
	NAME_MAX_CHARACTERS = 120, DIGEST_TEXT = 2 * SHA256_BYTES + 1 };

/* A body under way. Once something was refused, files are read past. */
struct taking {
	struct request *q;
	const struct upload_store *store;
	struct buf text;		/* of a field */
	int64_t text_bytes;		/* of all fields so far */
	const char *name;		/* of the part under way */
	const struct input *in;		/* its declaration, NULL: none */
	int is_file;
	const char *file_name;
	void *file;			/* the store's, NULL: not begun */
	struct seal_digest *digest;
	int64_t bytes;
	int status;			/* of the first refusal, 0: none */
	const char *code, *field;
};

int
uploads_wanted(const struct request *q)
{
	static const char type[] = "multipart/form-data";
	const struct input *in = q->r.route->in;

	if (q->r.route->method != POST ||
	    strncasecmp(q->params.v[PARAM_TYPE], type, sizeof type - 1) != 0)
		return 0;
	for (; in != NULL && in->name != NULL; in++)
		if (in->kind == FILES)
			return 1;
	return 0;
}

static void
deny(struct taking *t, int status, const char *code)
{
	if (t->status != 0)
		return;
	t->status = status;
	t->code = code;
	t->field = t->name;
}

static int
status_of(const char *code)
{
	if (strcmp(code, "unavailable") == 0)
		return 503;
	if (strcmp(code, "file_type") == 0 || strcmp(code, "file_heic") == 0)
		return 415;
	return strcmp(code, "too_large") == 0 ? 413 : 400;
}

static void
drop(struct taking *t)
{
	if (t->file != NULL)
		t->store->drop(t->file);
	t->file = NULL;
	seal_digest_free(t->digest);
	t->digest = NULL;
}

/* NULL keeps it from being stored; the declaration's names are the only ones. */
static const struct input *
declared(const struct request *q, const char *name)
{
	const struct input *in = q->r.route->in;

	while (in->name != NULL && strcmp(in->name, name) != 0)
		in++;
	return in->name == NULL ? NULL : in;
}

/* Without the folders that some browsers send; NULL if it cannot be shown. */
static const char *
clean_name(struct request *q, const char *sent)
{
	struct arena *mem = q->worker->keep;
	const char *p = sent;
	char *name;

	for (const char *c = sent; *c != '\0'; c++)
		if (*c == '/' || *c == '\\')
			p = c + 1;
	if (text_check(p, strlen(p), 0) != TEXT_OK)
		return NULL;
	name = text_normal(mem, p, strlen(p), NULL);
	while (*name == '.' || *name == ' ')
		name++;
	return text_length(name) > NAME_MAX_CHARACTERS ? NULL : name;
}

static size_t
count_of(const struct request *q, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < q->nuploads; i++)
		n += strcmp(q->uploads[i].input, name) == 0;
	return n;
}

static int
begin(void *of, const struct part *part)
{
	struct taking *t = of;
	struct request *q = t->q;

	t->name = arena_text(q->worker->keep, part->name);
	t->in = declared(q, t->name);
	t->is_file = part->is_file;
	t->bytes = 0;
	buf_reset(&t->text);
	if (t->is_file && (t->in == NULL || t->in->kind != FILES))
		deny(t, 400, t->in == NULL ? "unknown" : "malformed");
	if (!t->is_file)
		return 0;
	t->file_name = clean_name(q, part->file);
	if (t->file_name == NULL)
		deny(t, 400, "file_name");
	return 0;
}

/* The first byte of a file: one that was not chosen has none. */
static void
begin_file(struct taking *t)
{
	struct request *q = t->q;
	const char *refusal = NULL;

	if (q->nuploads == UPLOADS_MAX ||
	    count_of(q, t->name) == (size_t)t->in->max) {
		deny(t, 400, "too_many");
		return;
	}
	t->file = t->store->begin(&q->r, t->in, q->worker->keep, &refusal);
	if (t->file == NULL)
		deny(t, status_of(refusal), refusal);
	else
		t->digest = seal_digest_begin();
}

static void
put_file(struct taking *t, const void *p, size_t n)
{
	const char *refusal;

	if (t->file == NULL)
		begin_file(t);
	t->bytes += (int64_t)n;
	if (t->status == 0 && t->bytes > t->in->max_bytes)
		deny(t, 413, "too_large");
	if (t->status == 0) {
		seal_digest_put(t->digest, p, n);
		refusal = t->store->put(t->file, p, n);
		if (refusal != NULL)
			deny(t, status_of(refusal), refusal);
	}
	if (t->status != 0)
		drop(t);
}

static int
put(void *of, const void *p, size_t n)
{
	struct taking *t = of;

	if (t->is_file) {
		if (t->status == 0)
			put_file(t, p, n);
		return 0;
	}
	t->text_bytes += (int64_t)n;
	if (t->text_bytes > t->q->server->settings->body_max_bytes) {
		deny(t, 413, "too_large");
		return -1;
	}
	buf_put(&t->text, p, n);
	return 0;
}

static void
add_field(struct request *q, const char *name, const char *p, size_t n)
{
	struct field *f = &q->form.v[q->form.n++];

	f->name = name;
	f->value = arena_copy(q->worker->keep, p, n);
	f->n = n;
}

/*
 * A file stands among the fields as what it was, so that the same key with
 * another file is another change.
 */
static void
end_file(struct taking *t)
{
	struct request *q = t->q;
	struct upload *u = &q->uploads[q->nuploads];
	unsigned char digest[SHA256_BYTES];
	char hex[DIGEST_TEXT];
	const char *refusal;

	*u = (struct upload){ .input = t->in->name, .name = t->file_name,
		.place = (int)q->nuploads };
	seal_digest_end(t->digest, digest);
	t->digest = NULL;
	refusal = t->store->end(t->file, u);
	if (refusal != NULL) {
		deny(t, status_of(refusal), refusal);
		drop(t);
		return;
	}
	t->file = NULL;
	q->nuploads++;
	hex_encode(digest, sizeof digest, hex);
	add_field(q, t->in->name, hex, sizeof hex - 1);
}

static int
end(void *of)
{
	struct taking *t = of;

	if (!t->is_file) {
		if (t->in != NULL && t->in->kind == FILES && t->text.n == 0)
			return 0;
		add_field(t->q, t->name, t->text.p == NULL ? "" : t->text.p,
		    t->text.n);
	} else if (t->file != NULL) {
		end_file(t);
	} else if (t->status == 0 && t->file_name[0] != '\0') {
		deny(t, 400, "file_empty");
	}
	return 0;
}

/* Reads to the end whatever is wrong: the form must come back as it was. */
static int
take(struct taking *t, struct multipart *m, char *bytes)
{
	struct request *q = t->q;
	int64_t until = instant_monotonic_ms() + READ_TOTAL_MS, total = 0;
	long n;

	while ((n = exchange_read(q->exchange, bytes, READ_BYTES)) > 0) {
		total += n;
		if (instant_monotonic_ms() > until)
			return refuse(q, 400, "body_incomplete", t->name);
		if (total > q->server->settings->upload_max_bytes)
			return refuse(q, 413, "too_large", t->name);
		if (multipart_put(m, bytes, (size_t)n) != MULTIPART_FINE)
			break;
	}
	if (n < 0 || (n == 0 && total != request_announced(q)))
		return refuse(q, 400, "body_incomplete", t->name);
	if (m->fault == MULTIPART_FINE)
		(void)multipart_end(m);
	if (m->fault == MULTIPART_MALFORMED)
		return refuse(q, 400, "malformed", t->name);
	return t->status == 0 ? 0 : refuse(q, t->status, t->code, t->field);
}

/* Files of one input lie together, in the order of the body. */
static void
sort_uploads(struct request *q)
{
	struct upload *sorted = arena_take_many(q->worker->keep,
	    q->nuploads + 1, sizeof *sorted);
	size_t n = 0;

	for (const struct input *in = q->r.route->in; in->name != NULL; in++)
		for (size_t i = 0; i < q->nuploads; i++)
			if (strcmp(q->uploads[i].input, in->name) == 0)
				sorted[n++] = q->uploads[i];
	q->uploads = sorted;
}

int
uploads_read(struct request *q)
{
	struct arena *keep = q->worker->keep;
	const struct hooks *hooks = q->server->module->hooks;
	struct taking t = { .q = q, .store = hooks->store };
	const struct multipart_sink sink = { &t, begin, put, end };
	struct multipart *m = arena_take(keep, sizeof *m);
	int result;

	if (request_announced(q) > q->server->settings->upload_max_bytes)
		return refuse(q, 413, "too_large", NULL);
	if (multipart_begin(m, q->params.v[PARAM_TYPE], &sink) != 0)
		return refuse(q, 400, "malformed", NULL);
	q->form.v = arena_take_many(keep, FIELDS_MAX, sizeof *q->form.v);
	q->uploads = arena_take_many(keep, UPLOADS_MAX, sizeof *q->uploads);
	if (request_admit(q) != 0) {
		t.status = q->a.status;
		t.code = q->a.code;
	}
	result = take(&t, m, arena_take(keep, READ_BYTES));
	drop(&t);
	buf_free(&t.text);
	sort_uploads(q);
	return result;
}
