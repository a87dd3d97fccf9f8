#include "check.h"

#include "area.h"
#include "arena.h"
#include "bulletin.h"
#include "figure.h"
#include "parse.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEM_BYTES = 512 * 1024 * 1024, FLUSH_BYTES = 1024 * 1024 };

/* `,"key":`; the first key of an object has no comma. */
static void
put_key(struct buf *b, const char *key)
{
	if (b->n > 0 && b->p[b->n - 1] != '{')
		buf_putc(b, ',');
	buf_putc(b, '"');
	buf_puts(b, key);
	buf_puts(b, "\":");
}

static void
put_value(struct buf *b, const char *text)
{
	if (text == NULL)
		buf_puts(b, "null");
	else
		buf_json(b, text, strlen(text));
}

static void
put_text(struct buf *b, const char *key, const char *text)
{
	put_key(b, key);
	put_value(b, text);
}

static void
put_time(struct buf *b, const char *key, utc_ms at)
{
	char iso[INSTANT_TEXT];

	put_text(b, key, at == ITEM_NO_TIME ? NULL : instant_iso(at, iso));
}

static void
put_next(struct buf *b)
{
	if (b->p[b->n - 1] != '[')
		buf_putc(b, ',');
}

static void
put_codes(struct buf *b, const struct item_area *a, size_t n)
{
	put_key(b, "areas");
	buf_putc(b, '[');
	for (size_t i = 0; i < n; i++) {
		if (a[i].code == NULL)
			continue;
		put_next(b);
		put_value(b, a[i].code);
	}
	buf_putc(b, ']');
}

static int
by_town(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each municipality once, in six digits. */
static void
put_towns(struct buf *b, struct arena *mem, const struct item *it)
{
	const char **all;
	size_t n = 0, at = 0;
	char six[7];

	for (size_t i = 0; i < it->n_areas; i++)
		n += it->areas[i].n_towns;
	all = arena_take_many(mem, n + 1, sizeof *all);
	for (size_t i = 0; i < it->n_areas; i++)
		for (size_t j = 0; j < it->areas[i].n_towns; j++)
			all[at++] = it->areas[i].towns[j];
	qsort(all, n, sizeof *all, by_town);
	put_key(b, "municipalities");
	buf_putc(b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && strcmp(all[i], all[i - 1]) == 0)
			continue;
		area_six_digits(all[i], six);
		put_next(b);
		put_value(b, six);
	}
	buf_putc(b, ']');
}

static void
put_warning(struct buf *b, const struct item_warning *w)
{
	put_next(b);
	buf_putc(b, '{');
	put_text(b, "code", w->code);
	put_text(b, "name", w->name);
	put_text(b, "kind", warning_kind_word(w->kind));
	put_key(b, "level");
	if (w->level == 0)
		buf_puts(b, "null");
	else
		buf_i64(b, w->level);
	put_text(b, "severity", item_severity_word(w->severity));
	put_text(b, "state", w->state);
	put_time(b, "from", w->from);
	put_time(b, "until", w->until);
	put_codes(b, w->areas, w->n_areas);
	buf_putc(b, '}');
}

/*
 * What is in force, what no longer is although its code alone would say so, and
 * what is only expected, apart from each other. Of a document that is an exercise,
 * a test or cancelled the status says so of all its warnings.
 */
enum heap { IN_FORCE, LIFTED, EXPECTED };

static enum heap
heap_of(const struct item *it, const struct item_warning *w)
{
	int lifted = it->message != MESSAGE_CANCEL && w->kind == KIND_NONE && w->state != NULL &&
	    (strcmp(w->state, "解除") == 0 ||
	    strcasecmp(w->state, "AllClear") == 0);

	return lifted ? LIFTED : w->kind == KIND_OUTLOOK ? EXPECTED :
	    IN_FORCE;
}

static void
put_warnings(struct buf *b, const char *key, const struct item *it, enum heap heap)
{
	put_key(b, key);
	buf_putc(b, '[');
	for (size_t i = 0; i < it->n_warnings; i++)
		if (heap_of(it, &it->warnings[i]) == heap)
			put_warning(b, &it->warnings[i]);
	buf_putc(b, ']');
}

/* Of what a health body counts; other entries say nothing of the kind. */
static void
put_figures(struct buf *b, struct arena *mem, const struct item *it)
{
	utc_ms at = it->updated != ITEM_NO_TIME ? it->updated :
	    it->published != ITEM_NO_TIME ? it->published : instant_now();
	struct figure v[FIGURES_MAX];
	size_t n = it->source == SOURCE_JMX ? 0 : figures_read(it, at, mem, v);
	char day[INSTANT_TEXT];

	if (n == 0)
		return;
	put_key(b, "figures");
	buf_putc(b, '[');
	for (size_t i = 0; i < n; i++) {
		put_next(b);
		buf_putc(b, '{');
		put_text(b, "disease", v[i].disease);
		put_text(b, "week_on", date_iso(v[i].week_on, day));
		put_key(b, "per_sentinel");
		buf_printf(b, "%d.%02d", v[i].hundredths / 100,
		    v[i].hundredths % 100);
		put_text(b, "of", v[i].of_japan ? "japan" : NULL);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

static void
put_head(struct buf *b, const struct item_head *h)
{
	put_key(b, "telegram");
	buf_putc(b, '{');
	put_text(b, "type", h->type);
	put_text(b, "control_title", h->control_title);
	put_text(b, "office", h->office);
	put_text(b, "event", h->event);
	put_text(b, "serial", h->serial);
	put_text(b, "info_type", h->info_type);
	put_text(b, "info_kind", h->info_kind);
	put_text(b, "headline", h->headline);
	put_text(b, "refers", h->refers);
	put_time(b, "control", h->control);
	put_time(b, "report", h->report);
	put_time(b, "target", h->target);
	put_time(b, "valid", h->valid);
	buf_putc(b, '}');
}

/* A name of a file that is no text cannot stand in JSON. */
static void
put_file(struct buf *b, const char *file)
{
	put_text(b, "file", text_check(file, strlen(file), 0) == TEXT_OK ?
	    file : NULL);
}

static void
put_item(struct buf *b, struct arena *mem, const char *file,
    const struct item *it)
{
	buf_putc(b, '{');
	put_file(b, file);
	put_text(b, "source", item_source_word(it->source));
	put_text(b, "id", it->id);
	put_text(b, "title", it->title);
	put_text(b, "link", it->link);
	put_time(b, "published", it->published);
	put_time(b, "updated", it->updated);
	put_text(b, "status", item_status_word(it->status));
	put_text(b, "message", item_message_word(it->message));
	put_warnings(b, "warnings", it, IN_FORCE);
	put_warnings(b, "lifted", it, LIFTED);
	put_warnings(b, "outlook", it, EXPECTED);
	put_codes(b, it->areas, it->n_areas);
	put_towns(b, mem, it);
	put_text(b, "severity", item_severity_word(it->severity));
	put_text(b, "summary", it->summary);
	put_text(b, "note", it->note);
	put_text(b, "not_understood", follow_unread(it, mem));
	put_figures(b, mem, it);
	if (it->source == SOURCE_JMX || it->source == SOURCE_CAP)
		put_head(b, &it->head);
	buf_puts(b, "}\n");
}

static void
flush(struct buf *b)
{
	if (b->n > 0)
		(void)fwrite(b->p, 1, b->n, stdout);
	buf_reset(b);
}

/* Also where it reaches nobody: a word for whoever can teach us the type. */
static void
note_unread(const char *file, const struct item *it, struct arena *mem)
{
	const char *why = follow_unread(it, mem);

	if (why != NULL)
		fprintf(stderr, "%s: note: not understood: %s\n", file, why);
}

static int
report(const char *file, struct arena *mem, const struct parsed *made)
{
	struct buf b = { 0 };
	int failed;

	for (size_t i = 0; i < made->n_items && !b.failed; i++) {
		put_item(&b, mem, file, &made->items[i]);
		if (b.n >= FLUSH_BYTES && !b.failed)
			flush(&b);
	}
	failed = b.failed;
	flush(&b);
	buf_free(&b);
	if (failed) {
		fprintf(stderr, "%s: refused: an item is too long to print\n",
		    file);
		return 1;
	}
	if (made->refused != NULL) {
		fprintf(stderr, "%s: refused: %s\n", file, made->refused);
		return 1;
	}
	for (size_t i = 0; i < made->n_items; i++)
		note_unread(file, &made->items[i], mem);
	for (size_t i = 0; i < made->n_dropped; i++)
		fprintf(stderr, "%s: note: %s\n", file, made->dropped[i]);
	return 0;
}

/* The file's bytes, one more than a document may have at most; NULL: errno. */
static char *
slurp(const char *file, size_t *n)
{
	size_t room = 0, most = parse_default.bytes + 1;
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t got = 1;
	char *p = NULL;

	*n = 0;
	if (fd == -1)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    (size_t)st.st_size < most)
		room = (size_t)st.st_size + 1;
	room = room == 0 ? most : room;
	p = malloc(room);
	while (p != NULL && *n < room && (got = read(fd, p + *n, room - *n)) > 0)
		*n += (size_t)got;
	(void)close(fd);
	if (got == -1) {
		free(p);
		return NULL;
	}
	return p;
}

static int
check_file(struct parser *parser, struct arena *mem, const char *file)
{
	size_t n;
	char *bytes = slurp(file, &n);
	int status;

	if (bytes == NULL) {
		fprintf(stderr, "%s: refused: %s\n", file, strerror(errno));
		return 1;
	}
	parser_place(parser, file);
	status = report(file, mem, parse_document(parser, mem, bytes, n, NULL));
	free(bytes);
	arena_reset(mem);
	return status;
}

int
check_files(int n, char *const files[])
{
	struct parser *parser = parser_new(&parse_default);
	struct arena *mem = arena_new(MEM_BYTES);
	int status = 0;

	for (int i = 0; i < n; i++)
		status |= check_file(parser, mem, files[i]);
	arena_free(mem);
	parser_free(parser);
	return fflush(stdout) == 0 ? status : 1;
}
