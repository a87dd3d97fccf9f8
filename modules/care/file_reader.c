/* The parent's side: children, one a file at a time, and what they answer. */
#include "file_reader_own.h"

#include "caged.h"
#include "instant.h"
#include "log.h"

#include <poll.h>
#include <pthread.h>

struct file_reader {
	struct caged child;
	int64_t whose;
	int files;			/* begun */
	int lost;			/* a piece was not answered */
	const struct clean_sink *sink;
	struct reader_answer answer;
	int64_t width, height;
	char type[READER_TYPE_BYTES];
	size_t held;			/* of what goes next */
	unsigned char in[READER_PIECE_BYTES], out[READER_ANSWER_BYTES];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file_reader *idle[FILE_READERS_KEPT];
static unsigned oldest;			/* of them, roughly: it goes first */

/* ---- its life ---- */

static void
end_child(struct file_reader *r)
{
	caged_stop(&r->child);
	explicit_bzero(r, sizeof *r);
	free(r);
}

static void
set_end(struct file_reader *r)
{
	caged_within(&r->child, FILE_READER_SECONDS * SECOND_MS);
}

/* ---- one for a file ---- */

static struct file_reader *
new_reader(void)
{
	struct file_reader *r = calloc(1, sizeof *r);
	int started;

	if (r == NULL)
		return NULL;
	started = caged_start(&r->child, "tomozuna-file-reader",
	    FILE_READER_ARGUMENT);
	set_end(r);
	/* It says that it is in its cage. */
	if (started == 0 &&
	    caged_get(&r->child, &r->answer, sizeof r->answer) == 0)
		return r;
	log_line(LOG_ERROR, "files cannot be read: no sandbox", NULL);
	end_child(r);
	return NULL;
}

static struct file_reader *
take_idle(int64_t whose)
{
	struct file_reader *r = NULL;

	(void)pthread_mutex_lock(&lock);
	for (int i = 0; i < FILE_READERS_KEPT && r == NULL; i++)
		if (idle[i] != NULL && idle[i]->whose == whose) {
			r = idle[i];
			idle[i] = NULL;
		}
	(void)pthread_mutex_unlock(&lock);
	return r;
}

/* Puts it among the idle; the one that has to go for it, or NULL. */
static struct file_reader *
put_idle(struct file_reader *r)
{
	struct file_reader *gone = r;

	(void)pthread_mutex_lock(&lock);
	for (int i = 0; i < FILE_READERS_KEPT && gone == r; i++)
		if (idle[i] == NULL) {
			idle[i] = r;
			gone = NULL;
		}
	if (gone == r) {
		unsigned i = oldest++ % FILE_READERS_KEPT;

		gone = idle[i];
		idle[i] = r;
	}
	(void)pthread_mutex_unlock(&lock);
	return gone;
}

/* An idle one has nothing to say: whatever there is to read is its end. */
static int
has_ended(const struct file_reader *r)
{
	struct pollfd p = { r->child.fd, POLLIN, 0 };

	return poll(&p, 1, 0) != 0;
}

struct file_reader *
file_reader_begin(int64_t whose, const struct clean_sink *sink)
{
	struct file_reader *r = take_idle(whose);

	while (r != NULL && has_ended(r)) {
		end_child(r);
		r = take_idle(whose);
	}
	if (r == NULL)
		r = new_reader();
	if (r == NULL)
		return NULL;
	r->whose = whose;
	r->sink = sink;
	r->width = r->height = 0;
	r->held = 0;
	r->type[0] = '\0';
	r->files++;
	return r;
}

void
file_reader_free(struct file_reader *r)
{
	if (r == NULL)
		return;
	explicit_bzero(r->in, sizeof r->in);
	explicit_bzero(r->out, sizeof r->out);
	if (!r->lost && r->files < FILE_READER_FILES)
		r = put_idle(r);
	if (r != NULL)
		end_child(r);
}

/* ---- a piece ---- */

static int
is_sane(const struct reader_answer *a)
{
	return a->bytes <= READER_ANSWER_BYTES && a->fault <= CLEAN_DAMAGED &&
	    a->width >= 0 && a->width <= UINT32_MAX && a->height >= 0 &&
	    a->height <= UINT32_MAX && a->patch_bytes <= READER_PATCH_BYTES &&
	    a->patch_at <= READER_PATCH_END - READER_PATCH_BYTES &&
	    memchr(a->type, '\0', sizeof a->type) != NULL;
}

static int
ask(struct file_reader *r, enum reader_step step, const void *p, size_t n)
{
	const struct reader_request q = { step, (uint32_t)n };

	set_end(r);
	if (caged_give(&r->child, &q, sizeof q) == 0 &&
	    caged_give(&r->child, p, n) == 0 &&
	    caged_get(&r->child, &r->answer, sizeof r->answer) == 0 &&
	    is_sane(&r->answer) &&
	    caged_get(&r->child, r->out, r->answer.bytes) == 0)
		return 0;
	r->lost = 1;
	log_line(LOG_WARNING, "a file was too much for its reader", NULL);
	return -1;
}

static enum file_read
piece(struct file_reader *r, enum reader_step step, const void *p, size_t n)
{
	const struct reader_answer *a = &r->answer;

	if (ask(r, step, p, n) != 0)
		return FILE_READ_LOST;
	r->width = a->width;
	r->height = a->height;
	if (step == READER_FRONT)
		memcpy(r->type, a->type, sizeof r->type);
	if (r->sink->put(r->sink->of, r->out, a->bytes) != 0)
		return FILE_READ_STOPPED;
	if (a->patch_bytes > 0)
		r->sink->patch(r->sink->of, a->patch_at, a->patch,
		    a->patch_bytes);
	return a->fault == CLEAN_FINE ? FILE_READ : FILE_READ_DAMAGED;
}

static enum file_read
flush(struct file_reader *r)
{
	size_t n = r->held;

	r->held = 0;
	return n == 0 ? FILE_READ : piece(r, READER_MORE, r->in, n);
}

/* Gathered: each question costs two changes of process. */
enum file_read
file_reader_put(struct file_reader *r, const void *from, size_t n)
{
	const unsigned char *p = from;
	enum file_read result = FILE_READ;

	while (n > 0 && result == FILE_READ) {
		size_t part = sizeof r->in - r->held;

		if (part > n)
			part = n;
		memcpy(r->in + r->held, p, part);
		r->held += part;
		p += part;
		n -= part;
		if (r->held == sizeof r->in)
			result = flush(r);
	}
	return result;
}

enum file_read
file_reader_front(struct file_reader *r, const void *p, size_t n)
{
	return piece(r, READER_FRONT, p, n);
}

enum file_read
file_reader_end(struct file_reader *r)
{
	enum file_read result = flush(r);

	return result == FILE_READ ? piece(r, READER_END, NULL, 0) : result;
}

const char *
file_reader_type(const struct file_reader *r)
{
	return r->type;
}

int64_t
file_reader_width(const struct file_reader *r)
{
	return r->width;
}

int64_t
file_reader_height(const struct file_reader *r)
{
	return r->height;
}

pid_t
file_reader_pid(const struct file_reader *r)
{
	return r->child.pid;
}
