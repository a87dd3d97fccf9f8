#include "import.h"

#include "feed_sql.h"
#include "log.h"
#include "parse.h"
#include "poll.h"
#include "program.h"
#include "store.h"
#include "text.h"
#include "unread.h"

#include <errno.h>
#include <fts.h>
#include <getopt.h>
#include <pthread.h>
#include <sys/stat.h>

enum {
	BATCH = 100,			/* telegrams of one transaction … */
	BATCH_BYTES = 16 * 1024 * 1024,	/* … or when they are that large */
	TRIES = 8,
	MEM_CAP = 256 * 1024 * 1024,
	FILE_BYTES_MAX = 16 * 1024 * 1024
};

static const char usage[] =
    "usage: tomozuna-feed --import [--config FILE] [--source NAME] PATH ...\n"
    "       tomozuna-feed --replay [--config FILE] [--since YYYY-MM-DD]\n"
    "       tomozuna-feed --unread [--config FILE] [--since YYYY-MM-DD]\n"
    "       tomozuna-feed --raw NUMBER [--config FILE]\n";

/* What both need, and what they have done so far. */
struct import {
	struct db *db;
	struct arena *keep, *mem;	/* for all of it; for one transaction */
	struct parser *parser;
	struct sources sources;
	const struct source *source;	/* of files */
	size_t n, known, refused, unread, bulletins, events;
};

/* One file, read. */
struct reading {
	char *path;
	struct document document;	/* no bytes: it could not be read */
	const struct parsed *parsed;
	const char *unread;		/* what was not understood, or NULL */
};

/* What goes into one transaction: files, or stored telegrams. */
struct batch {
	struct import *im;
	struct arena *mem;		/* what was read; stays when the
					 * transaction is tried again */
	int reading;			/* files; or about to be */
	size_t n, bytes;
	struct reading v[BATCH];
	int64_t after;			/* replay: telegrams behind this one */
	utc_ms since;
	int more;
	size_t known, refused, unread, bulletins, events, failed;
};

/* Files are of this source unless --source says another. */
static const struct source from_file = {
	.name = "import", .authority = "import", .url = "", .catch_up_url = "", .label = "取り込み",
	.topic = "other", .entries = "items", .types = "", .hosts = "",
	.areas = "", .ca_file = "", .valid_hours = 168, .zone_min = 540
};

static struct batch *
batch_new(struct import *im)
{
	struct batch *b = calloc(1, sizeof *b);

	if (b == NULL)
		abort();
	b->im = im;
	b->mem = arena_new(MEM_CAP);
	return b;
}

static void
batch_free(struct batch *b)
{
	arena_free(b->mem);
	free(b);
}

/* ---- one transaction ---- */

static void
count(struct batch *b, const struct stored *s, const struct parsed *parsed)
{
	b->known += (size_t)s->known;
	b->refused += parsed->refused != NULL;
	b->unread += s->unread != NULL;
	b->bulletins += s->n_bulletins;
	b->events += s->n_events;
}

static int
again(struct batch *b, void (*act)(struct batch *))
{
	enum db_outcome outcome = DB_AGAIN;

	for (int i = 0; i < TRIES && outcome == DB_AGAIN; i++) {
		b->known = b->refused = b->unread = 0;
		b->bulletins = b->events = b->failed = 0;
		arena_reset(b->im->mem);
		db_begin(b->im->db, b->im->mem, 1);
		act(b);
		outcome = db_end(b->im->db);
	}
	if (outcome != DB_FINE) {
		fprintf(stderr, "tomozuna-feed: %s: error %u of the database\n",
		    db_failed_statement(b->im->db) == NULL ? "commit" :
		    db_failed_statement(b->im->db), db_error(b->im->db));
		return -1;
	}
	b->im->n += b->n;
	b->im->known += b->known;
	b->im->refused += b->refused;
	b->im->unread += b->unread;
	b->im->bulletins += b->bulletins;
	b->im->events += b->events;
	return b->failed > 0 ? -1 : 0;
}

/* ---- files ---- */

/* The whole file in the batch's memory; NULL after a line of reason. */
static const char *
read_whole(struct arena *mem, const char *path, size_t *n)
{
	FILE *f = fopen(path, "re");
	struct stat st;
	char *p = NULL;

	if (f != NULL && fstat(fileno(f), &st) == 0) {
		errno = EFBIG;
		if (st.st_size <= FILE_BYTES_MAX) {
			p = arena_take(mem, (size_t)st.st_size + 1);
			*n = fread(p, 1, (size_t)st.st_size, f);
			p = ferror(f) ? NULL : p;
		}
	}
	if (p == NULL)
		fprintf(stderr, "tomozuna-feed: %s: %s\n", path,
		    strerror(errno));
	if (f != NULL)
		(void)fclose(f);
	return p;
}

/* The last part of a path; NULL when it is no text. */
static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;

	return text_check(name, strlen(name), 0) == TEXT_OK ? name : NULL;
}

/* Reads and parses the files of a batch. */
static void
read_files(struct batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		struct reading *r = &b->v[i];
		struct document *d = &r->document;

		*d = (struct document){ .source = b->im->source };
		d->bytes = read_whole(b->mem, r->path, &d->n);
		if (d->bytes == NULL)
			continue;
		d->place = name_of(r->path);
		parser_place(b->im->parser, d->place);
		r->parsed = parse_document(b->im->parser, b->mem, d->bytes,
		    d->n, NULL);
		d->kept = store_pack(b->mem, d->bytes, d->n);
	}
}

static void
store_files(struct batch *b)
{
	struct import *im = b->im;

	for (size_t i = 0; i < b->n; i++) {
		struct reading *r = &b->v[i];
		struct stored s;

		if (r->document.bytes == NULL) {
			b->failed++;
			continue;
		}
		r->document.received = instant_now();
		s = store_document(im->db, im->mem, &r->document, r->parsed);
		r->unread = s.unread;
		count(b, &s, r->parsed);
	}
}

/*
 * One thread reads all batches, each while the one before it is stored. A thread
 * for each would cost a child for each, for a child ends with its thread.
 */
struct reader {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t turn;		/* what follows has changed */
	struct batch *next;		/* NULL: nothing to do */
	int last;			/* no more will come */
};

static void *
read_batches(void *of)
{
	struct reader *r = of;
	struct batch *b;

	(void)pthread_mutex_lock(&r->lock);
	for (;;) {
		while (r->next == NULL && !r->last)
			(void)pthread_cond_wait(&r->turn, &r->lock);
		b = r->next;
		r->next = NULL;
		(void)pthread_cond_broadcast(&r->turn);
		if (b == NULL)
			break;
		(void)pthread_mutex_unlock(&r->lock);
		read_files(b);
		(void)pthread_mutex_lock(&r->lock);
		b->reading = 0;
		(void)pthread_cond_broadcast(&r->turn);
	}
	(void)pthread_mutex_unlock(&r->lock);
	return NULL;
}

static void
reader_open(struct reader *r)
{
	*r = (struct reader){ .next = NULL };
	if (pthread_mutex_init(&r->lock, NULL) != 0 ||
	    pthread_cond_init(&r->turn, NULL) != 0 ||
	    pthread_create(&r->thread, NULL, read_batches, r) != 0)
		abort();
}

/*
 * Gives it a batch to read, or with NULL the word that there are no more. Waits
 * until it has taken the one before.
 */
static void
reader_give(struct reader *r, struct batch *b)
{
	(void)pthread_mutex_lock(&r->lock);
	while (r->next != NULL)
		(void)pthread_cond_wait(&r->turn, &r->lock);
	r->next = b;
	r->last = b == NULL;
	(void)pthread_cond_broadcast(&r->turn);
	(void)pthread_mutex_unlock(&r->lock);
}

static void
reader_close(struct reader *r)
{
	reader_give(r, NULL);
	(void)pthread_join(r->thread, NULL);
	(void)pthread_cond_destroy(&r->turn);
	(void)pthread_mutex_destroy(&r->lock);
}

static void
begin(struct reader *r, struct batch *b)
{
	arena_reset(b->mem);
	b->reading = 1;
	reader_give(r, b);
}

/* Waits until it is read, and stores it. */
static int
end(struct reader *r, struct batch *b)
{
	int rc;

	if (b->n == 0)
		return 0;
	(void)pthread_mutex_lock(&r->lock);
	while (b->reading)
		(void)pthread_cond_wait(&r->turn, &r->lock);
	(void)pthread_mutex_unlock(&r->lock);
	rc = again(b, store_files);
	for (size_t i = 0; i < b->n; i++) {
		if (b->v[i].document.bytes != NULL &&
		    b->v[i].parsed->refused != NULL)
			fprintf(stderr, "tomozuna-feed: %s: %s\n",
			    b->v[i].path, b->v[i].parsed->refused);
		if (b->v[i].document.bytes != NULL &&
		    b->v[i].unread != NULL)
			fprintf(stderr, "tomozuna-feed: %s: not understood: "
			    "%s\n", b->v[i].path, b->v[i].unread);
		free(b->v[i].path);
	}
	b->n = b->bytes = 0;
	return rc;
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* A name that does not exist, a folder that cannot be read. */
static int
complain(const FTSENT *e)
{
	fprintf(stderr, "tomozuna-feed: %s: %s\n", e->fts_path,
	    strerror(e->fts_errno));
	return -1;
}

/* The next file below the paths; NULL at their end. */
static char *
next_file(FTS *tree, size_t *bytes, int *rc)
{
	FTSENT *e;
	char *path;

	while ((e = fts_read(tree)) != NULL) {
		if (e->fts_info == FTS_NS || e->fts_info == FTS_DNR ||
		    e->fts_info == FTS_ERR)
			*rc = complain(e);
		if (e->fts_info != FTS_F)
			continue;
		path = strdup(e->fts_accpath);
		if (path == NULL)
			abort();
		*bytes += (size_t)e->fts_statp->st_size;
		return path;
	}
	return NULL;
}

/* One batch is read while the one before it is stored. */
static int
import_files(struct import *im, char **paths)
{
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_COMFOLLOW,
	    by_name);
	struct batch *two[2] = { batch_new(im), batch_new(im) }, *b = two[0];
	struct reader reader;
	char *path;
	int rc = 0;

	if (tree == NULL)
		abort();
	reader_open(&reader);
	do {
		path = next_file(tree, &b->bytes, &rc);
		if (path != NULL)
			b->v[b->n++].path = path;
		if (b->n == BATCH || b->bytes > BATCH_BYTES || path == NULL) {
			begin(&reader, b);
			b = b == two[0] ? two[1] : two[0];
			rc |= end(&reader, b);
		}
	} while (path != NULL);
	rc |= end(&reader, b == two[0] ? two[1] : two[0]);
	reader_close(&reader);
	(void)fts_close(tree);
	batch_free(two[0]);
	batch_free(two[1]);
	return rc;
}

/* ---- stored telegrams ---- */

static const struct source *
source_of(struct import *im, const char *name)
{
	const struct source *s = source_named(&im->sources, name);
	struct source *gone;

	if (s != NULL)
		return s;
	/* A source that is no longer asked: its name is part of what is known. */
	gone = arena_take(im->mem, sizeof *gone);
	*gone = from_file;
	gone->name = gone->authority = name;
	return gone;
}

static void
read_again(struct batch *b)
{
	struct import *im = b->im;
	struct telegram_rows rows;

	feed_telegrams(im->db, &rows, b->after, b->since, BATCH);
	b->n = rows.set.n;
	b->more = rows.set.n == BATCH;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct telegram *t = telegram_at(&rows, i);
		struct document d = {
			.source = source_of(im, t->source),
			.n = (size_t)t->bytes, .charset = t->charset,
			.place = t->place,
			.received = t->received_at
		};
		const struct parsed *parsed;
		struct stored s;

		d.bytes = store_unpack(im->mem, t->packed, d.n);
		if (d.bytes == NULL) {
			fprintf(stderr, "tomozuna-feed: a stored telegram is "
			    "damaged\n");
			b->failed++;
			continue;
		}
		parser_zone(im->parser, d.source->zone_min);
		parser_place(im->parser, d.place);
		parsed = parse_document(im->parser, im->mem, d.bytes, d.n,
		    d.charset);
		s = store_again(im->db, im->mem, &d, parsed, t->telegram);
		count(b, &s, parsed);
	}
	if (rows.set.n > 0)
		b->after = telegram_at(&rows, rows.set.n - 1)->telegram;
}

static int
replay(struct import *im, utc_ms since)
{
	struct batch *b = batch_new(im);
	int rc = 0;

	b->since = since;
	b->more = 1;
	while (b->more && rc == 0)
		rc = again(b, read_again);
	batch_free(b);
	return rc;
}

/* ---- the command ---- */

struct asked {
	const char *config, *source;
	utc_ms since;
	enum { IMPORT, REPLAY, UNREAD, RAW } what;
	int64_t telegram;
	char **paths;
};

int
import_is_asked(int argc, char **argv)
{
	static const char *const words[] = { "--import", "--replay", "--unread",
		"--raw" };

	for (int i = 1; i < argc; i++)
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (strcmp(argv[i], words[k]) == 0)
				return 1;
	return 0;
}

static int
take_arguments(int argc, char **argv, struct asked *a)
{
	static const struct option options[] = {
		{ "import", no_argument, NULL, 'i' },
		{ "replay", no_argument, NULL, 'r' },
		{ "unread", no_argument, NULL, 'u' },
		{ "raw", required_argument, NULL, 'w' },
		{ "config", required_argument, NULL, 'c' },
		{ "source", required_argument, NULL, 's' },
		{ "since", required_argument, NULL, 'd' }, { 0 }
	};
	civil_date day = 0;
	int c, bad = 0;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 'i':
			break;
		case 'r':
			a->what = REPLAY;
			break;
		case 'u':
			a->what = UNREAD;
			break;
		case 'w':
			a->what = RAW;
			a->telegram = strtoll(optarg, NULL, 10);
			break;
		case 'c':
			a->config = optarg;
			break;
		case 's':
			a->source = optarg;
			break;
		case 'd':
			bad |= date_parse(optarg, &day);
			break;
		default:
			bad = 1;
		}
	}
	a->since = instant_of(day);
	a->paths = argv + optind;
	return bad || (a->paths[0] == NULL) != (a->what != IMPORT) ? -1 : 0;
}

static int
prepare(struct import *im, const struct asked *a,
    const struct feed_settings *s)
{
	char why[400];

	im->keep = arena_new(MEM_CAP);
	im->mem = arena_new(MEM_CAP);
	im->source = &from_file;
	if (sources_read(s->sources_file, im->keep, &im->sources, why,
	    sizeof why) != 0) {
		fprintf(stderr, "tomozuna-feed: %s\n", why);
		return -1;
	}
	if (a->source != NULL)
		im->source = source_named(&im->sources, a->source);
	if (im->source == NULL) {
		fprintf(stderr, "tomozuna-feed: there is no source %s\n",
		    a->source);
		return -1;
	}
	im->parser = parser_new(&parse_default);
	parser_zone(im->parser, im->source->zone_min);
	im->db = db_open(&s->own);
	return 0;
}

static void
finish(struct import *im)
{
	db_close(im->db);
	parser_free(im->parser);
	arena_free(im->mem);
	arena_free(im->keep);
}

/* What was asked for: 0, or -1. */
static int
serve(struct import *im, const struct asked *a)
{
	int64_t from = instant_monotonic_ms();
	int rc;

	if (a->what == RAW)
		return unread_write(im->db, im->mem, a->telegram);
	if (a->what == UNREAD)
		return unread_list(im->db, im->mem, a->since);
	rc = a->what == REPLAY ? replay(im, a->since) :
	    import_files(im, a->paths);
	printf("%zu telegrams: %zu known, %zu refused; %zu bulletins, "
	    "%zu events; %zu not understood; %.1f s\n", im->n, im->known,
	    im->refused, im->bulletins, im->events, im->unread,
	    (double)(instant_monotonic_ms() - from) / SECOND_MS);
	return rc;
}

int
import_main(int argc, char **argv)
{
	static const struct program program = {
		.name = "feed", .extra = feed_setting_table,
		.settings_bytes = sizeof(struct feed_settings)
	};
	struct asked a = { .config = SYSCONFDIR "/feed.conf" };
	struct feed_settings *s;
	struct import im = { 0 };
	int rc;

	if (take_arguments(argc, argv, &a) != 0) {
		fputs(usage, stderr);
		return 2;
	}
	log_open("feed", LOG_INFO);
	s = (struct feed_settings *)program_settings(&program, a.config);
	if (s == NULL)
		return 1;
	rc = prepare(&im, &a, s) == 0 ? serve(&im, &a) : -1;
	finish(&im);
	free(s);
	return rc == 0 ? 0 : 1;
}
