#include "journal_file.h"

#include "bytes.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
	NAME_BYTES = RECORD_PROGRAM + 40,
	HEAD_BYTES = 32,	/* magic, number, journal */
	MARK_AT = 512, MARK_BYTES = 16,	/* an offset and its complement */
	FILL_BYTES = 256 * 1024,
	LOCK_TRIES = 20
};

static const unsigned char magic[8] = "tzjrnl1\n";

static const char *
segment_name(const struct journal_dir *d, uint64_t number,
    char name[NAME_BYTES])
{
	snprintf(name, NAME_BYTES, "%s-%012llu.journal", d->program,
	    (unsigned long long)number);
	return name;
}

static const char *
other_name(const struct journal_dir *d, const char *what,
    char name[NAME_BYTES])
{
	snprintf(name, NAME_BYTES, "%s.%s", d->program, what);
	return name;
}

/* Waits a little for an earlier process of the program to end. */
static int
lock_place(int fd)
{
	const struct timespec pause = { 0, 100 * 1000 * 1000 };
	int i;

	for (i = 0; i < LOCK_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		nanosleep(&pause, NULL);
	}
	return -1;
}

int
journal_dir_open(struct journal_dir *d, const char *path,
    const char *program, char *why, size_t why_bytes)
{
	char name[NAME_BYTES];

	snprintf(d->program, sizeof d->program, "%s", program);
	d->lock = -1;
	d->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (d->fd >= 0)
		d->lock = openat(d->fd, other_name(d, "lock", name),
		    O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (d->lock < 0) {
		snprintf(why, why_bytes, "%s: %s", path, strerror(errno));
		journal_dir_close(d);
		return -1;
	}
	if (lock_place(d->lock) < 0) {
		snprintf(why, why_bytes, "%s: another %s uses it", path,
		    program);
		journal_dir_close(d);
		return -1;
	}
	return 0;
}

void
journal_dir_close(struct journal_dir *d)
{
	if (d->lock >= 0)
		close(d->lock);
	if (d->fd >= 0)
		close(d->fd);
	d->lock = d->fd = -1;
}

/* Writes all of it, or fails. */
static int
write_at(int fd, const void *p, size_t n, size_t at)
{
	const char *from = p;
	ssize_t done;

	while (n > 0) {
		done = pwrite(fd, from, n, (off_t)at);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		from += done;
		n -= (size_t)done;
		at += (size_t)done;
	}
	return 0;
}

static int
read_at(int fd, void *p, size_t n, size_t at)
{
	return pread(fd, p, n, (off_t)at) == (ssize_t)n ? 0 : -1;
}

static int
fill_with_zeros(int fd)
{
	void *zeros = calloc(1, FILL_BYTES);
	size_t at;
	int bad = zeros == NULL;

	for (at = 0; !bad && at < SEGMENT_BYTES; at += FILL_BYTES)
		bad = write_at(fd, zeros, FILL_BYTES, at) < 0;
	free(zeros);
	return bad ? -1 : fsync(fd);
}

int
segment_spare(struct journal_dir *d)
{
	char name[NAME_BYTES], made[NAME_BYTES];
	int fd, r, error;

	other_name(d, "spare", name);
	if (faccessat(d->fd, name, F_OK, 0) == 0)
		return 0;
	other_name(d, "filling", made);
	fd = openat(d->fd, made, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	r = fill_with_zeros(fd);
	error = errno;
	close(fd);
	if (r == 0)
		return renameat(d->fd, made, d->fd, name);
	unlinkat(d->fd, made, 0);	/* gives its room back */
	errno = error;
	return -1;
}

static int
write_head(int fd, uint64_t number, const struct ref *journal)
{
	unsigned char head[HEAD_BYTES];

	memcpy(head, magic, 8);
	put_le64(head + 8, number);
	memcpy(head + 16, journal->b, REF_BYTES);
	if (write_at(fd, head, sizeof head, 0) < 0)
		return -1;
	return fdatasync(fd);
}

/* Gives the spare its head and its name, in this order. */
static int
use_spare(struct journal_dir *d, uint64_t number, const struct ref *journal)
{
	char name[NAME_BYTES], spare[NAME_BYTES];
	int fd;

	other_name(d, "spare", spare);
	fd = openat(d->fd, spare, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (write_head(fd, number, journal) == 0 &&
	    renameat(d->fd, spare, d->fd, segment_name(d, number, name)) == 0 &&
	    fsync(d->fd) == 0)
		return fd;
	close(fd);
	return -1;
}

static struct segment *
segment_of(int fd, uint64_t number, const struct ref *journal)
{
	struct segment *s = calloc(1, sizeof *s);

	if (s == NULL)
		return NULL;
	s->fd = fd;
	s->number = number;
	s->journal = *journal;
	s->end = s->shipped = SEGMENT_START;
	return s;
}

struct segment *
segment_new(struct journal_dir *d, uint64_t number, const struct ref *journal)
{
	struct segment *s;
	int fd;

	if (segment_spare(d) < 0)
		return NULL;
	fd = use_spare(d, number, journal);
	if (fd < 0)
		return NULL;
	s = segment_of(fd, number, journal);
	if (s == NULL)
		close(fd);
	return s;
}

/* The number in a segment's name; 0 if it is not one of this program's. */
static uint64_t
number_in(const struct journal_dir *d, const char *name)
{
	char want[NAME_BYTES];
	size_t n = strlen(d->program);
	unsigned long long number;

	if (strncmp(name, d->program, n) != 0 || name[n] != '-')
		return 0;
	number = strtoull(name + n + 1, NULL, 10);
	return strcmp(name, segment_name(d, number, want)) == 0 ? number : 0;
}

/* Where the last run had shipped to, as far as it was noted. */
static size_t
read_mark(int fd)
{
	unsigned char mark[MARK_BYTES];
	uint64_t at;

	if (read_at(fd, mark, sizeof mark, MARK_AT) < 0)
		return SEGMENT_START;
	at = get_le64(mark);
	if (get_le64(mark + 8) != ~at || at < SEGMENT_START ||
	    at > SEGMENT_BYTES)
		return SEGMENT_START;
	return (size_t)at;
}

/* Counts the frames that are not shipped, by their lengths alone. */
static int
measure(struct segment *s)
{
	unsigned char *p = malloc(SEGMENT_BYTES);
	ssize_t n = p == NULL ? -1 : pread(s->fd, p, SEGMENT_BYTES, 0);
	size_t length;

	s->end = s->shipped;
	while (n > 0 && s->end < (size_t)n) {
		length = frame_length(p + s->end, (size_t)n - s->end);
		if (length == 0)
			break;
		s->end += length;
		s->left++;
	}
	free(p);
	return n < 0 ? -1 : 0;
}

static struct segment *
read_segment(const struct journal_dir *d, uint64_t number)
{
	unsigned char head[HEAD_BYTES];
	char name[NAME_BYTES];
	struct segment *s = NULL;
	struct ref journal;
	int fd;

	fd = openat(d->fd, segment_name(d, number, name), O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	if (read_at(fd, head, sizeof head, 0) == 0 &&
	    memcmp(head, magic, 8) == 0 && get_le64(head + 8) == number) {
		memcpy(journal.b, head + 16, REF_BYTES);
		s = segment_of(fd, number, &journal);
	}
	if (s == NULL) {
		close(fd);
		return NULL;
	}
	s->shipped = read_mark(fd);
	if (measure(s) == 0)
		return s;
	segment_free(s);
	return NULL;
}

static void
insert_by_number(struct segment **list, struct segment *s)
{
	while (*list != NULL && (*list)->number < s->number)
		list = &(*list)->next;
	s->next = *list;
	*list = s;
}

struct segment *
segments_left(struct journal_dir *d, uint64_t *next, int *foreign)
{
	struct segment *list = NULL, *s;
	struct dirent *e;
	uint64_t number;
	int fd = openat(d->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	*next = 1;
	*foreign = 0;
	while (dir != NULL && (e = readdir(dir)) != NULL) {
		number = number_in(d, e->d_name);
		if (number == 0)
			continue;
		if (number >= *next)
			*next = number + 1;
		s = read_segment(d, number);
		if (s == NULL)
			++*foreign;
		else
			insert_by_number(&list, s);
	}
	if (dir != NULL)
		closedir(dir);
	else if (fd >= 0)
		close(fd);
	return list;
}

int
segment_append(struct segment *s, const void *p, size_t n)
{
	if (s->end + n > SEGMENT_BYTES) {
		errno = EFBIG;
		return -1;
	}
	if (write_at(s->fd, p, n, s->end) < 0)
		return -1;
	return fdatasync(s->fd);
}

void
segment_mark(struct segment *s, size_t at)
{
	unsigned char mark[MARK_BYTES];

	s->shipped = at;
	put_le64(mark, at);
	put_le64(mark + 8, ~(uint64_t)at);
	/* Lost, it costs shipping again what the table then ignores. */
	(void)!pwrite(s->fd, mark, sizeof mark, MARK_AT);
}

void
segment_drop(struct journal_dir *d, struct segment *s)
{
	char name[NAME_BYTES];

	unlinkat(d->fd, segment_name(d, s->number, name), 0);
	segment_free(s);
}

void
segment_keep(struct journal_dir *d, struct segment *s)
{
	char name[NAME_BYTES], kept[NAME_BYTES];

	snprintf(kept, sizeof kept, "%s-%012llu.damaged", d->program,
	    (unsigned long long)s->number);
	renameat(d->fd, segment_name(d, s->number, name), d->fd, kept);
	segment_free(s);
}

int
segment_ends(const struct segment *s)
{
	unsigned char *p = malloc(SEGMENT_BYTES);
	ssize_t i, n = 0;
	int zeros = p != NULL;

	if (zeros)
		n = pread(s->fd, p, SEGMENT_BYTES - s->end, (off_t)s->end);
	for (i = 0; zeros && i < n; i++)
		zeros = p[i] == 0;
	free(p);
	return zeros && n >= 0;
}

void
segment_free(struct segment *s)
{
	close(s->fd);
	free(s);
}
