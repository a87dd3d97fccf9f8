/*
 * `tomozuna backup` and `tomozuna restore` become deploy/backup/backup: mostly
 * other programs one behind the other, which a shell does best. Settings go
 * along in the environment, so that they are checked in one place.
 */
#include "tomozuna.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

enum { WORDS_MAX = 32 };

static void
give(const char *name, const char *value)
{
	if (setenv(name, value, 1) < 0)
		abort();
}

static void
give_number(struct admin *a, const char *name, int64_t value)
{
	give(name, table_number(a->mem, value));
}

static void
give_settings(struct admin *a)
{
	const struct admin_settings *s = a->settings;
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	give("BACKUP_TARGET", s->backup_target);
	give("BACKUP_RECIPIENTS", s->backup_recipients);
	give("BACKUP_IDENTITY", s->backup_identity);
	give("BACKUP_SAFE_KEY", s->backup_safe_key);
	give("BACKUP_SPOOL", s->backup_spool);
	give("BACKUP_FILES", s->backup_files);
	give("BACKUP_DEFAULTS", s->backup_defaults);
	give_number(a, "BACKUP_DAYS", s->backup_days);
	give_number(a, "BACKUP_MONTHS", s->backup_months);
	give_number(a, "BACKUP_LOG_SECONDS", s->backup_log_seconds);
	give("BACKUP_SOCKET", s->own.db_socket);
	give("BACKUP_DATABASE", s->own.db_name);
	give("BACKUP_CONFIG", a->config);
	give("BACKUP_COMMAND", n <= 0 ? "" : arena_copy(a->mem, self,
	    (size_t)n));
}

/* Becomes the program, with this verb in front of our arguments. */
static int
become(struct admin *a, const char *verb)
{
	char *word[WORDS_MAX + 3];
	int n = 0;

	if (a->argc > WORDS_MAX)
		return complain("too many arguments");
	word[n++] = arena_text(a->mem, a->settings->backup_program);
	if (verb != NULL)
		word[n++] = arena_text(a->mem, verb);
	for (int i = 0; i < a->argc; i++)
		word[n++] = a->argv[i];
	word[n] = NULL;
	give_settings(a);
	(void)fflush(stdout);
	(void)execv(word[0], word);
	return complain("%s: %s", word[0], strerror(errno));
}

static int
backup(struct admin *a)
{
	return become(a, NULL);
}

static int
restore(struct admin *a)
{
	return become(a, "restore");
}

const struct command backup_commands[] = {
	{ "backup", NULL, "keys | run | follow | list | verify [SET] | prune | "
	  "files --to FOLDER [--identity FILE]", "sealed backups off this machine: "
	  "tomozuna-backup(8)", backup, COMMAND_RAW },
	{ "restore", NULL, "--to FOLDER [--at last|INSTANT] [--set SET] "
	  "[--identity FILE]", "the database as it was at an instant, into a "
	  "folder that is empty", restore, COMMAND_RAW },
	{ 0 }
};
