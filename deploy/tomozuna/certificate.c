/*
 * Certificates, the same way as everybody gets them: a request is written,
 * tomozuna-ca signs and packs, the parcel is taken once.
 */
#include "tomozuna.h"

#include "certificate_sql.h"
#include "phrase.h"
#include "seal.h"
#include "unpack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum { WAIT_MS = 30 * 1000, LOOK_EVERY_US = 50 * 1000, SECRET = 0600,
	PUBLIC_FILE = 0644, PEOPLE_MAX = 200 };

/* One request under way. */
struct asked {
	char *prefix;			/* of the files it becomes */
	struct ref ref;
	int done;
};

static int
write_file(const char *prefix, const char *end, mode_t mode, const void *p,
    size_t n)
{
	char path[PATH_MAX];
	FILE *f = NULL;
	int fd;

	if (snprintf(path, sizeof path, "%s%s", prefix, end) >=
	    (int)sizeof path)
		return complain("%s: too long", prefix), -1;
	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd >= 0)
		f = fdopen(fd, "w");
	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		return complain("%s: %s", path, strerror(errno)), -1;
	return 0;
}

/* PREFIX.p12 as it came, and PREFIX.key and .crt for programs. */
static int
write_files(const char *prefix, struct db_bytes parcel, const char *phrase)
{
	struct unpacked u;
	int result;

	if (unpack(parcel, phrase, &u) < 0)
		return complain("the parcel does not open"), -1;
	result = write_file(prefix, ".p12", SECRET, parcel.p, parcel.n) == 0 &&
	    write_file(prefix, ".key", SECRET, u.key, strlen(u.key)) == 0 &&
	    write_file(prefix, ".crt", PUBLIC_FILE, u.certificate,
	    strlen(u.certificate)) == 0 ? 0 : -1;
	unpack_done(&u);
	return result;
}

static int
open_phrase(struct admin *a, const struct asked *q, struct db_bytes sealed,
    char phrase[PHRASE_BYTES_MAX + 1])
{
	struct seal_key master;
	int result;

	if (seal_load_key(a->settings->own.key, &master) < 0)
		return complain("%s: %s", a->settings->own.key,
		    strerror(errno)), -1;
	result = phrase_open(&master, &q->ref, sealed.p, sealed.n, phrase);
	explicit_bzero(&master, sizeof master);
	return result < 0 ? (complain("the pass phrase does not open: is it "
	    "the same master key?"), -1) : 0;
}

/* Takes a parcel that is ready: files first, then the row lets go of it. */
static int
take(struct admin *a, struct asked *q, const struct answer *w,
    char phrase[PHRASE_BYTES_MAX + 1])
{
	if (open_phrase(a, q, w->phrase, phrase) < 0 ||
	    write_files(q->prefix, w->parcel, phrase) < 0)
		return -1;
	work_write(a);
	certificate_taken(a->db, &q->ref);
	q->done = 1;
	return work_end(a) == 0 ? 0 : -1;
}

/* 1 taken, 0 not yet, -1 never. */
static int
look(struct admin *a, struct asked *q, char phrase[PHRASE_BYTES_MAX + 1])
{
	const struct answer *w;

	work_read(a);
	certificate_answer(a->db, &w, &q->ref);
	if (work_end(a) != 0)
		return -1;
	if (w != NULL && strcmp(w->state, "asked") == 0)
		return 0;
	if (w != NULL && strcmp(w->state, "ready") == 0)
		return take(a, q, w, phrase) < 0 ? -1 : 1;
	return complain("%s: %s", q->prefix, w == NULL || w->reason == NULL ?
	    "the request is gone" : w->reason), -1;
}

/* Waits for all; `told` gets each one with its pass phrase. 0 or -1. */
static int
collect(struct admin *a, struct asked *q, size_t n,
    int (*told)(const struct asked *, const char *phrase))
{
	int64_t end = instant_monotonic_ms() + WAIT_MS;
	char phrase[PHRASE_BYTES_MAX + 1];
	size_t left = n;

	while (left > 0) {
		for (size_t i = 0; i < n; i++) {
			int got = q[i].done ? 0 : look(a, &q[i], phrase);

			if (got < 0 || (got > 0 && told(&q[i], phrase) < 0))
				return -1;
			left -= got > 0;
		}
		explicit_bzero(phrase, sizeof phrase);
		if (instant_monotonic_ms() > end)
			return complain("tomozuna-ca has not answered for 30 s: "
			    "is it running? the request stays"), -1;
		if (left > 0)
			(void)usleep(LOOK_EVERY_US);
	}
	return 0;
}

static int
ask_for(struct admin *a, const char *device, struct asked *q)
{
	const char *packing = arg(a, "--compatible") != NULL ?
	    "compatible" : "modern";
	int64_t id = find_device(a, device);

	q->ref = ref_new();
	if (id == 0)
		return -1;
	certificate_ask(a->db, &q->ref, id, packing, a->now);
	return 0;
}

/* ---- one ---- */

static int
tell(const struct asked *q, const char *phrase)
{
	(void)printf("%s.p12 is packed under this pass phrase, shown once; "
	    "tell it on another way than the file goes:\n%s\n", q->prefix,
	    phrase);
	return 0;
}

static int
ask(struct admin *a)
{
	struct asked q = { .prefix = arena_text(a->mem, arg(a, "--out")) };

	if (arg(a, "--modern") != NULL && arg(a, "--compatible") != NULL)
		return complain("--modern or --compatible, not both");
	work_write(a);
	if (ask_for(a, arg(a, "DEVICE"), &q) < 0)
		return work_drop(a);
	if (work_end(a) != 0)
		return 1;
	return collect(a, &q, 1, tell) < 0;
}

/* ---- many: a folder with a file NAME.device each ---- */

static int
keep_phrase(const struct asked *q, const char *phrase)
{
	char line[PHRASE_BYTES_MAX + 2];
	int n = snprintf(line, sizeof line, "%s\n", phrase);

	return write_file(q->prefix, ".passphrase", SECRET, line, (size_t)n);
}

static int
is_wanted(const char *folder, const char *file, char prefix[PATH_MAX])
{
	static const char end[] = ".device";
	size_t n = strlen(file);
	char path[PATH_MAX + 8];

	if (n < sizeof end || strcmp(file + n - sizeof end + 1, end) != 0)
		return 0;
	if (snprintf(prefix, PATH_MAX, "%s/%.*s", folder,
	    (int)(n - sizeof end + 1), file) >= PATH_MAX)
		return 0;
	(void)snprintf(path, sizeof path, "%s.crt", prefix);
	return access(path, F_OK) < 0;
}

/* Writes requests for those without certificate; their number, or -1. */
static int
ask_folder(struct admin *a, DIR *d, const char *folder, struct asked *q)
{
	char prefix[PATH_MAX], path[PATH_MAX + 8], ref[REF_HEX + 1];
	struct dirent *e;
	int n = 0;

	while (n < PEOPLE_MAX && (e = readdir(d)) != NULL) {
		if (!is_wanted(folder, e->d_name, prefix))
			continue;
		(void)snprintf(path, sizeof path, "%s.device", prefix);
		if (secret_read(path, ref, sizeof ref) < 0 ||
		    ask_for(a, ref, &q[n]) < 0)
			return -1;
		q[n++].prefix = arena_text(a->mem, prefix);
	}
	return n;
}

static int
ask_all(struct admin *a)
{
	const char *folder = arg(a, "FOLDER");
	struct asked *q = arena_take_many(a->mem, PEOPLE_MAX, sizeof *q);
	DIR *d = opendir(folder);
	int n;

	if (d == NULL)
		return complain("%s: %s", folder, strerror(errno));
	work_write(a);
	n = ask_folder(a, d, folder, q);
	(void)closedir(d);
	if (n < 0)
		return work_drop(a);
	if (work_end(a) != 0 || collect(a, q, (size_t)n, keep_phrase) < 0)
		return 1;
	(void)printf("%d certificates\n", n);
	return 0;
}

const struct command certificate_commands[] = {
	{ "certificate", "ask", "DEVICE --out PREFIX [--modern] [--compatible]",
	  "asks tomozuna-ca; writes PREFIX.p12 .key .crt and prints the pass "
	  "phrase once", ask, 0 },
	{ "certificate", "ask-all", "FOLDER [--compatible]", "the same for each "
	  "NAME.device (a device's ref) without NAME.crt; the pass phrase goes "
	  "to NAME.passphrase", ask_all, 0 },
	{ 0 }
};
