/*
 * Shutting a device out while MariaDB is away: beside the program that serves, on the
 * same copy (LMDB lets several processes in). Its sessions go at once; a unit in the
 * journal revokes it in MariaDB, and until that is home the copy goes on answering, so
 * that there is no instant at which the device is let in again.
 */
#include "copy_own.h"

#include "arena.h"
#include "log.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum { MEM_CAP = 16 * 1024 * 1024 };

/* Sessions of one device, or (NULL) of all, which are printed. */
struct looking {
	const struct standing *s;
	const struct ref *device;
	int n;
};

static void
print_crew(const struct crew *c)
{
	char hex[REF_HEX], at[INSTANT_TEXT];

	(void)printf("%s  %s  %s  %s\n", ref_hex(c->device, hex), c->login,
	    c->office_name, instant_iso(c->created_at, at));
}

static int
look_at(void *of, const struct store_name *name, struct db_bytes v)
{
	struct looking *l = of;
	const struct crew *c = row_read(v, &copy_crew_row, l->s->mem, NULL);

	if (c == NULL || (l->device != NULL &&
	    !ref_same(c->device, l->device)))
		return 0;
	l->n++;
	if (l->device == NULL)
		print_crew(c);
	else
		store_drop(l->s->on, name);
	return 0;
}

static int
each_crew(const struct standing *s, const struct ref *device)
{
	const struct store_name all = { .b = { COPY_CREW } };
	struct looking l = { s, device, 0 };

	(void)store_each(s->on, &all, 1, s->mem, look_at, &l);
	return l.n;
}

void
keep_shut_device(struct standing *s, const union db_val *in)
{
	(void)each_crew(s, in[0].ref);
}

static void
add(struct acts *acts, struct arena *mem, const char *name,
    const struct ref *device, utc_ms now)
{
	const union db_val in[] = { { .ref = device }, { .i64 = now } };

	for (const struct db_query *const *q = copy_queries; *q != NULL; q++)
		if (strcmp((*q)->name, name) == 0)
			acts_add(acts, mem, *q, in);
}

static int
shut(struct arena *mem, const struct ref *device)
{
	struct acts acts = { NULL, &acts.first };
	char hex[REF_HEX];
	utc_ms now = instant_now();

	add(&acts, mem, "copy_shut_device", device, now);
	add(&acts, mem, "copy_shut_sessions", device, now);
	if (home_store(&acts) != 0)
		return 1;
	log_line(LOG_WARNING, "a device is shut out of the copy", "device",
	    ref_hex(device, hex), NULL);
	(void)puts("shut out; MariaDB is told when it is back");
	return 0;
}

static int
list(struct arena *mem)
{
	struct standing s = { .store = copy_self()->store, .mem = mem };

	s.on = store_begin(s.store, 0);
	if (s.on == NULL)
		return 1;
	if (each_crew(&s, NULL) == 0)
		(void)puts("nobody is signed in");
	(void)store_end(s.on, 0);
	return 0;
}

/* Opens the copy that the settings name; it must be there, and is not made. */
static int
open_copy(const char *config, struct emergency_settings *s, char *why,
    size_t why_bytes)
{
	struct stat there;
	char data[1024];

	if (settings_read(config, copy_settings, s, why, why_bytes) != 0)
		return -1;
	(void)snprintf(data, sizeof data, "%s%s/data.mdb", s->copy_dir[0] !=
	    '\0' ? s->copy_dir : s->common.journal_dir,
	    s->copy_dir[0] != '\0' ? "" : "/copy");
	if (stat(data, &there) != 0) {
		(void)snprintf(why, why_bytes, "%s: %s", data,
		    strerror(errno));
		return -1;
	}
	if (copy_away.open(&s->common, why, why_bytes) != 0)
		return -1;
	return copy_self()->store == NULL ? -1 : 0;
}

int
copy_shut_out(int argc, char **argv)
{
	static struct emergency_settings settings;	/* texts live on */
	char why[1200] = "";
	struct ref device;
	struct arena *mem;
	int status;

	log_open("emergency", LOG_INFO);
	if (argc < 1 || argc > 2 || (argc == 2 &&
	    ref_parse(argv[1], &device) != 0)) {
		(void)fprintf(stderr, "usage: tomozuna-emergency --shut-out "
		    "FILE [DEVICE]\n");
		return 2;
	}
	if (open_copy(argv[0], &settings, why, sizeof why) != 0) {
		(void)fprintf(stderr, "%s\n", why);
		return 1;
	}
	mem = arena_new(MEM_CAP);
	status = argc == 2 ? shut(mem, &device) : list(mem);
	copy_away.close();
	arena_free(mem);
	return status;
}
