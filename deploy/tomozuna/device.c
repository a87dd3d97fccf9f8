#include "tomozuna.h"

#include "device_sql.h"

#include <errno.h>
#include <unistd.h>

enum { NAME_MOST = 60 };

static int
add(struct admin *a)
{
	struct ref ref = ref_new();
	const char *name;
	char hex[REF_HEX];
	int64_t office;

	if (arg_text(a, "--name", NAME_MOST, &name) < 0)
		return 1;
	work_write(a);
	office = find_office(a, arg(a, "OFFICE"), NULL);
	if (office == 0)
		return work_drop(a);
	device_add(a->db, &ref, office, name, a->now);
	if (work_end(a) != 0)
		return 1;
	(void)puts(ref_hex(&ref, hex));
	return 0;
}

static int
revoke_device(struct admin *a)
{
	int64_t device;

	work_write(a);
	device = find_device(a, arg(a, "DEVICE"));
	if (device == 0)
		return work_drop(a);
	device_revoke(a->db, device, a->now);
	work_shut(a, 0, 0, device);
	device_end_sessions(a->db, device, a->now);
	return work_end(a);
}

/*
 * Becomes the program that has the crews' copy, beside whose settings ours lie: it alone
 * knows the copy, and needs no database.
 */
static int
shut_out(struct admin *a)
{
	const char *slash = strrchr(a->config, '/');
	const char *folder = slash == NULL ? "." :
	    arena_copy(a->mem, a->config, (size_t)(slash - a->config));
	const char *device = arg(a, "DEVICE");
	char *word[] = { arena_text(a->mem, a->settings->emergency_program),
	    arena_text(a->mem, "--shut-out"),
	    arena_printf(a->mem, "%s/emergency.conf", folder),
	    device == NULL ? NULL : arena_text(a->mem, device), NULL };

	if (setenv("CREDENTIALS_DIRECTORY", arena_printf(a->mem,
	    "%s/credentials", folder), 0) != 0)
		abort();
	(void)fflush(stdout);
	(void)execv(word[0], word);
	return complain("%s: %s", word[0], strerror(errno));
}

static int
list(struct admin *a)
{
	struct device_rows rows;
	struct table *t = table_new(a->mem, "device", "name", "office",
	    "certificate until", "revoked", NULL);

	work_read(a);
	if (!names_network(a))
		return work_drop(a);
	device_list(a->db, &rows, arg(a, "NETWORK"));
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct device *d = device_at(&rows, i);
		char hex[REF_HEX];

		table_row(t, arena_text(a->mem, ref_hex(d->ref, hex)), d->name,
		    d->office, d->has_certificate ?
		    table_time(a->mem, d->not_after) : "none yet",
		    table_time(a->mem, d->revoked_at));
	}
	table_print(t);
	return 0;
}

const struct command device_commands[] = {
	{ "device", "add", "OFFICE --name TEXT", "a new phone or PC of an "
	  "office; prints its ref", add, 0 },
	{ "device", "list", "[NETWORK]", "devices, and how long their "
	  "certificates last", list, 0 },
	{ "device", "revoke", "DEVICE", "shuts a lost device out at its next "
	  "request; there is no way back", revoke_device, 0 },
	{ "device", "shut-out", "[DEVICE]", "the same of a crew's device while "
	  "MariaDB is away: out of the local copy at once, out of MariaDB when it "
	  "is back; without DEVICE, who is signed in", shut_out, 0 },
	{ 0 }
};
