/*
 * The administrator's command: `tomozuna NOUN VERB …`. One file a noun; each
 * has a table of its commands, whose `args` is both what --help prints and what
 * is accepted.
 */
#ifndef TOMOZUNA_H
#define TOMOZUNA_H

#include "arena.h"
#include "db.h"
#include "settings.h"

#include <stdint.h>

struct admin_settings {
	struct settings own;
	const char *migrate_program, *training_program, *emergency_program;
	const char *head_file;		/* of the audit's seals */
	const char *certificates;	/* files to watch, split at blanks */
	const char *folders;		/* whose disk may fill, likewise */
	const char *link_folder;	/* links to other hosts, or "" */
	const char *modules;		/* whose health is asked, likewise */
	const char *loopback_url;	/* "" = health is not asked */
	const char *notices;		/* folder of templates */
	const char *export_password;	/* of the account that reads all */
	const char *export_keys;	/* of stored files: care/file.h */
	const char *language;		/* ja or en */
	const char *backup_program, *backup_target, *backup_recipients,
	    *backup_identity, *backup_safe_key, *backup_spool, *backup_files,
	    *backup_defaults;
	int64_t backup_days, backup_months, backup_log_seconds;
};

struct admin;

struct command {
	const char *noun, *verb;	/* verb NULL: the noun stands alone */
	const char *args;	/* "CODE --phone PHONE [--name TEXT] [--flag]" */
	const char *help;
	int (*run)(struct admin *);	/* exit status */
	int flags;
};

enum {
	COMMAND_BARE = 1,	/* needs no settings and no database */
	COMMAND_RAW = 2,	/* reads its own arguments */
	COMMAND_SECRETS = 4	/* reads what opens a patient's record */
};

struct admin {
	const struct command *command;
	int argc;		/* behind noun and verb */
	char **argv;
	const char *config;	/* file of the settings */
	const struct admin_settings *settings;
	struct db *db;
	struct arena *mem;
	utc_ms now;
	int writing;
	int units;		/* of work, begun by this run of the command */
	int again;		/* the first gave way to somebody else's: run it again */
	int last_try;		/* what it has read or written cannot be done twice */
	int64_t audit_patient, audit_network;	/* whom it is about, or 0 */
	const char *audit_purpose;		/* NULL: HOPERAT */
	struct db_set lines;			/* work_shut */
};

extern const struct command network_commands[], office_commands[],
    user_commands[], staff_commands[], disease_commands[], right_commands[], device_commands[],
    certificate_commands[], notices_commands[], meeting_commands[], retention_commands[],
    system_commands[], filter_commands[], backup_commands[],
    export_commands[];

/* ---- arguments (args.c) ---- */

/* Compares the arguments with `args`. 0, or -1 after a line. */
int args_check(const struct admin *);

/* A positional by its word ("CODE") or an option ("--phone"); NULL if absent. */
const char *arg(const struct admin *, const char *name);

/* The same as a text of 1 to `most` characters without controls, NFC. */
int arg_text(struct admin *, const char *name, size_t most, const char **out);

/* The same as a whole number. Absent: *out stays. 0, or -1 after a line. */
int arg_number(struct admin *, const char *name, int64_t least, int64_t most,
    int64_t *out);

/* ---- a unit of work (work.c) ---- */

/* A line on standard error; returns 1, the exit status. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Begins reading, or a change. */
void work_read(struct admin *);
void work_write(struct admin *);

/*
 * Ends it; a change is audited in the same transaction. 0, or 1 after a line
 * that says what went wrong. A change that gave way to another (DB_AGAIN) and is the
 * command's first says nothing: main.c runs the whole command again, three times.
 */
int work_end(struct admin *);

/*
 * Once it is committed, shuts the doorbell's lines of the sessions that stand now, of
 * a user, an office and a device; 0: whichever. Call it before they are ended.
 */
void work_shut(struct admin *, int64_t user, int64_t office, int64_t device);

/* Drops it, with a line if the database is to blame. Returns 1. */
int work_drop(struct admin *);

/*
 * The key of a thing inside the unit of work; 0 after a line if there is none.
 * An office by its number or ref; a device by its ref.
 */
int64_t find_network(struct admin *, const char *code);
int64_t find_office(struct admin *, const char *name, int64_t *network);
int64_t find_user(struct admin *, const char *login);
int64_t find_device(struct admin *, const char *ref);

/* Whether the NETWORK given to a list, if any, is there; 0 after a line if not. */
int names_network(struct admin *);

/* ---- tables on the terminal (table.c) ---- */

struct table;

/* A table with these headings, ended by NULL, in the arena. */
struct table *table_new(struct arena *, const char *heading, ...)
    __attribute__((sentinel));

/* A row: as many texts as headings; NULL is an empty cell. They are kept. */
void table_row(struct table *, ...);

/* Prints it aligned, wide characters counted as two; a line if it is empty. */
void table_print(const struct table *);

/* An instant for people, Japanese time to the minute; "" if absent. */
const char *table_time(struct arena *, struct db_maybe at);
const char *table_number(struct arena *, int64_t);

/* ---- secrets (secret.c) ---- */

/*
 * The first line of a file, or of standard input when `path` is NULL (without
 * echo on a terminal). 0, or -1 after a line. Never from the arguments.
 */
int secret_read(const char *path, char *out, size_t room);

/* Whether it will do; -1 after a line. At least 15 characters; six digits. */
int secret_password_check(const char *login, const char *password);
int secret_pin_check(const char *pin);

#endif
