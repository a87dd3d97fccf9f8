#include "tomozuna.h"

#include "audit.h"
#include "bell.h"
#include "look_sql.h"

#include <stdarg.h>

enum { STATUS_DONE = 204 };

int
complain(const char *format, ...)
{
	va_list ap;

	(void)fputs("tomozuna: ", stderr);
	va_start(ap, format);
	(void)vfprintf(stderr, format, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	return 1;
}

static void
begin(struct admin *a, int write)
{
	a->units++;
	a->writing = write;
	db_begin(a->db, a->mem, write);
}

void
work_read(struct admin *a)
{
	begin(a, 0);
}

void
work_write(struct admin *a)
{
	begin(a, 1);
}

/* What the administrator did is on record like anybody's deed. */
static void
audit(struct admin *a)
{
	static struct audit_record r;

	r = (struct audit_record){ .at = a->now, .request = ref_new(),
	    .program = "tomozuna", .method = "CLI", .status = STATUS_DONE,
	    .outcome = AUDIT_SUCCESS };
	r.a.purpose = a->audit_purpose == NULL ? "HOPERAT" : a->audit_purpose;
	r.a.subject = a->audit_patient;
	r.a.network = a->audit_network;
	r.route = arena_printf(a->mem, "%s %s", a->command->noun,
	    a->command->verb == NULL ? "" : a->command->verb);
	audit_insert(a->db, &r);
}

static int
explain(struct admin *a, enum db_outcome outcome)
{
	const char *statement = db_failed_statement(a->db);

	if (statement == NULL)
		statement = "";
	if (outcome == DB_CONFLICT)
		return complain("there is such a one already, or none any more "
		    "(%s)", statement);
	if (outcome == DB_AGAIN && a->writing && a->units == 1 && !a->last_try)
		return a->again = 1;
	if (outcome == DB_AGAIN)
		return complain("somebody changes the same: try again");
	if (outcome == DB_UNKNOWN)
		return complain("the database went away while it was asked to "
		    "keep the change: look whether it did");
	if (strcmp(statement, "connect") == 0)
		return complain("the database does not answer (error %u): is "
		    "it running, and is %s its socket?", db_error(a->db),
		    a->settings->own.db_socket);
	return complain("the database refused (error %u in %s)",
	    db_error(a->db), statement);
}

void
work_shut(struct admin *a, int64_t user, int64_t office, int64_t device)
{
	struct line_rows rows;

	look_lines(a->db, &rows, user, office, device);
	a->lines = rows.set;
}

/* Without the master's key or the doorbell they end by themselves, in five minutes. */
static void
shut_lines(struct admin *a)
{
	const struct line_rows rows = { a->lines };
	struct bell_topic whom;
	struct bell_keys keys;
	const char *at;

	if (rows.set.n == 0 || bell_keys_load(&keys, a->settings->own.key) != 0)
		return;
	at = arena_printf(a->mem, "%s/bell.sock", a->settings->own.run_dir);
	for (size_t i = 0; i < rows.set.n; i++) {
		bell_topic_of_whom(&keys, line_at(&rows, i)->token.p, &whom);
		bell_shut(at, &whom);
	}
	explicit_bzero(&keys, sizeof keys);
}

int
work_end(struct admin *a)
{
	enum db_outcome outcome;

	if (a->writing)
		audit(a);
	outcome = db_end(a->db);
	if (outcome != DB_FINE)
		return explain(a, outcome);
	shut_lines(a);
	return 0;
}

int
work_drop(struct admin *a)
{
	enum db_outcome outcome = db_outcome(a->db);

	db_abandon(a->db);
	if (outcome != DB_FINE)
		(void)explain(a, outcome);
	return 1;
}

/* The key of what was looked for; a line if the search went well in vain. */
static int64_t
key_of(struct admin *a, const struct found *f, const char *what,
    const char *name, int64_t *network)
{
	if (f == NULL) {
		if (db_outcome(a->db) == DB_FINE)
			(void)complain("there is no %s %s", what, name);
		return 0;
	}
	if (network != NULL)
		*network = f->network_id;
	return f->id;
}

int64_t
find_network(struct admin *a, const char *code)
{
	const struct found *f;

	look_network(a->db, &f, code);
	return key_of(a, f, "network", code, NULL);
}

int
names_network(struct admin *a)
{
	const char *code = arg(a, "NETWORK");

	return code == NULL || find_network(a, code) != 0;
}

int64_t
find_office(struct admin *a, const char *name, int64_t *network)
{
	const struct found *f;
	struct ref ref;
	int by_ref = ref_parse(name, &ref) == 0;

	look_office(a->db, &f, name, by_ref ? &ref : NULL);
	return key_of(a, f, "office", name, network);
}

int64_t
find_user(struct admin *a, const char *login)
{
	const struct found *f;

	look_user(a->db, &f, login);
	return key_of(a, f, "user", login, NULL);
}

int64_t
find_device(struct admin *a, const char *name)
{
	const struct found *f;
	struct ref ref;

	if (ref_parse(name, &ref) < 0) {
		(void)complain("a device is named by its 32 digits: "
		    "tomozuna device list");
		return 0;
	}
	look_device(a->db, &f, &ref);
	return key_of(a, f, "device", name, NULL);
}
