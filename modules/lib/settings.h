/*
 * Settings: files of `name = value` lines, read once at start, const after.
 *
 * `#` at the start of a line or after a blank starts a comment, `include FILE`
 * reads another file (relative to the one that names it), a later line wins.
 * Texts are UTF-8 without controls. An unknown name, a value out of its limits
 * and a missing one without default are errors that name file and line.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stddef.h>
#include <stdint.h>

enum setting_kind { SETTING_TEXT, SETTING_NUMBER, SETTING_FILE, SETTING_SECRET_FILE };

struct setting {
	const char *name;
	enum setting_kind kind;
	size_t at;		/* offsetof in the program's struct */
	int64_t min, max;	/* of a number; of a text's length in bytes */
	const char *fallback;	/* NULL: must be given */
	const char *about;	/* one line with its unit, for --help */
};

/*
 * A text is `const char *`, a number `int64_t`. A secret file is named in the
 * settings and its content, without the line end, becomes the value; a name
 * without `/` is looked for in $CREDENTIALS_DIRECTORY first (systemd), then,
 * like `include`, beside the file that names it. No name: an empty secret.
 */

/* What every program has. Its struct starts with this. */
struct settings {
	const char *name;		/* the program's; no setting: module_main
					 * and daemon_main set it */
	const char *run_dir;		/* sockets, pid files */
	const char *journal_dir;	/* the audit journal's segments */
	const char *key;		/* setting key_file: the master key's
					 * file, see seal.h */
	const char *db_socket, *db_name;
	const char *db_user;		/* "" = the unix user */
	const char *db_password;	/* in the file db_password_file names */
	int64_t db_timeout_ms;		/* longest wait for an answer */
	const char *redis_socket;	/* "" = run without */
	int64_t threads;		/* requests at the same time */
	int64_t tidy_seconds;		/* between two runs of module.tidy */
	int64_t body_max_bytes;		/* of a request without files */
	int64_t upload_max_bytes;	/* of one with files, all together */
	const char *file_keys;		/* in the file file_keys_file names: see
					 * care/file.h; "" = no files */
	const char *clamd_socket;	/* "" = files are not looked through */
	const char *origin;		/* professional door, such as https://a.example:8443 */
	const char *open_origin;	/* open door */
	const char *pid_file;		/* "" = none */
};

/*
 * Reads `path` into `into`, by lib's own table and then `extra` (may be NULL;
 * ends with a NULL name). Returns 0, or -1 with one line of reason in `why`,
 * which never shows a value, and *into untouched. The texts live as long as
 * the program. Call it before threads start.
 */
int settings_read(const char *path, const struct setting *extra, void *into,
    char *why, size_t why_bytes);

/* Prints each setting with default, limits and meaning on standard output. */
void settings_describe(const struct setting *extra);

#endif
