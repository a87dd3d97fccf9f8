/* tomozuna: the administrator's command. */
#include "doctor.h"

#include "log.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#define AT(member) offsetof(struct admin_settings, member)

static const struct setting settings[] = {
	{ "migrate_program", SETTING_TEXT, AT(migrate_program), 1, 1000,
	  "/usr/share/tomozuna/db/migrate", "program that brings the tables "
	  "to the present" },
	{ "training_program", SETTING_TEXT, AT(training_program), 1, 1000,
	  "/usr/share/tomozuna/town/training", "makes a town to practise in" },
	{ "emergency_program", SETTING_TEXT, AT(emergency_program), 1, 1000,
	  LIBEXECDIR "/tomozuna-emergency", "what `device shut-out' "
	  "becomes" },
	{ "head_file", SETTING_TEXT, AT(head_file), 1, 1000,
	  "/var/lib/tomozuna/journal/seal/heads", "the audit's seals outside "
	  "the database" },
	{ "certificates", SETTING_TEXT, AT(certificates), 0, 2000, "",
	  "certificate files whose end doctor watches, split by blanks" },
	{ "folders", SETTING_TEXT, AT(folders), 0, 2000, "/var/lib/tomozuna",
	  "folders whose disk doctor watches, split by blanks" },
	{ "link_folder", SETTING_TEXT, AT(link_folder), 0, 1000,
	  SYSCONFDIR "/link", "tomozuna-link's folder: doctor looks at its "
	  "links; empty: not" },
	{ "modules", SETTING_TEXT, AT(modules), 0, 1000, "",
	  "modules whose health doctor asks, split by blanks; empty: those "
	  "installed here" },
	{ "loopback_url", SETTING_TEXT, AT(loopback_url), 0, 200, "",
	  "nginx's loopback server; empty: health is not asked" },
	{ "notices", SETTING_TEXT, AT(notices), 0, 1000,
	  SYSCONFDIR "/notices", "folder of the messages' templates" },
	{ "export_password_file", SETTING_SECRET_FILE, AT(export_password), 0,
	  1000, "", "password of tomozuna_export, the account that reads what "
	  "is exported" },
	{ "export_keys_file", SETTING_SECRET_FILE, AT(export_keys), 0, 4096,
	  "", "keys of stored files, which export opens" },
	{ "language", SETTING_TEXT, AT(language), 2, 2, "en", "of doctor: ja "
	  "or en" },
	{ "backup_program", SETTING_TEXT, AT(backup_program), 1, 1000,
	  "/usr/share/tomozuna/backup/backup", "what backup and restore "
	  "become" },
	{ "backup_target", SETTING_TEXT, AT(backup_target), 0, 1000, "",
	  "where backups go: `directory FOLDER', `sftp USER@HOST:/FOLDER', or "
	  "a program and its place; empty: none are made" },
	{ "backup_recipients", SETTING_TEXT, AT(backup_recipients), 0, 1000,
	  SYSCONFDIR "/backup/recipients", "age's public keys, one a line" },
	{ "backup_identity", SETTING_TEXT, AT(backup_identity), 0, 1000,
	  SYSCONFDIR "/backup/server.key", "this machine's private key, with "
	  "which each backup is tried" },
	{ "backup_safe_key", SETTING_TEXT, AT(backup_safe_key), 0, 1000,
	  SYSCONFDIR "/backup/safe.key", "where `backup keys' leaves the key "
	  "for the safe" },
	{ "backup_spool", SETTING_TEXT, AT(backup_spool), 0, 1000,
	  "/var/lib/tomozuna/backup", "work, state and the log as it comes in; "
	  "best on another disk than the database" },
	{ "backup_files", SETTING_TEXT, AT(backup_files), 0, 2000,
	  SYSCONFDIR " /var/lib/tomozuna/ca /var/lib/tomozuna/journal", "what a restore needs besides the "
	  "database, split by blanks" },
	{ "backup_defaults", SETTING_TEXT, AT(backup_defaults), 0, 1000, "",
	  "MariaDB's settings that name its key, where it encrypts its files" },
	{ "backup_days", SETTING_NUMBER, AT(backup_days), 2, 3660, "35",
	  "days that every backup is kept, with the log between them" },
	{ "backup_months", SETTING_NUMBER, AT(backup_months), 0, 240, "12",
	  "months that the first backup of a month is kept" },
	{ "backup_log_seconds", SETTING_NUMBER, AT(backup_log_seconds), 1,
	  3600, "60", "seconds after which changes leave for the target" },
	{ 0 }
};

static const struct command *const tables[] = {
	network_commands, office_commands, user_commands, staff_commands, disease_commands,
	right_commands,
	device_commands, certificate_commands, notices_commands,
	meeting_commands, retention_commands, system_commands, doctor_commands,
	backup_commands, export_commands, filter_commands, NULL
};

enum { MEM_CAP = 256 * 1024 * 1024, TRIES = 4, PAUSE_MS = 200 };

static const struct command *
find(const char *noun, const char *verb, int *known_noun)
{
	*known_noun = 0;
	for (const struct command *const *t = tables; *t != NULL; t++)
		for (const struct command *c = *t; c->noun != NULL; c++) {
			if (strcmp(c->noun, noun) != 0)
				continue;
			*known_noun = 1;
			if (c->verb == NULL || (verb != NULL &&
			    strcmp(c->verb, verb) == 0))
				return c;
		}
	return NULL;
}

static void
print_command(const struct command *c)
{
	(void)printf("  tomozuna %s%s%s%s%s\n        %s\n", c->noun,
	    c->verb == NULL ? "" : " ", c->verb == NULL ? "" : c->verb,
	    c->args[0] == '\0' ? "" : " ", c->args, c->help);
}

static int
help(const char *noun)
{
	(void)puts("usage: tomozuna [--config FILE] NOUN VERB ...\n");
	for (const struct command *const *t = tables; *t != NULL; t++)
		for (const struct command *c = *t; c->noun != NULL; c++)
			if (noun == NULL || strcmp(noun, c->noun) == 0)
				print_command(c);
	if (noun == NULL) {
		(void)puts("\nsettings (" SYSCONFDIR "/admin.conf):");
		settings_describe(settings);
	}
	return 0;
}

/*
 * Settings of admin.conf. Only what opens a patient's record reads the secrets
 * that can; to all others they are the names of files.
 */
static int
read_settings(const struct command *c, const char *config,
    struct admin_settings *out, char *why, size_t why_bytes)
{
	struct setting own[sizeof settings / sizeof *settings];

	memcpy(own, settings, sizeof own);
	for (struct setting *s = own; s->name != NULL; s++)
		if (s->kind == SETTING_SECRET_FILE &&
		    !(c->flags & COMMAND_SECRETS))
			s->kind = SETTING_TEXT;
	return settings_read(config, own, out, why, why_bytes);
}

/*
 * Runs the command, and again if its change gave way to somebody else's: a deadlock,
 * a lock's wait or a row that changed meanwhile is no answer for an administrator.
 */
static int
run_until_done(struct admin *a)
{
	struct admin fresh = *a;
	int status;

	for (int try = 1;; try++) {
		*a = fresh;
		a->last_try = try == TRIES;
		a->mem = arena_new(MEM_CAP);
		a->now = instant_now();
		status = a->command->run(a);
		arena_free(a->mem);
		if (!a->again)
			return status;
		(void)usleep((useconds_t)(try * PAUSE_MS * 1000));
	}
}

/* Runs a command with settings and a database, which connects when asked. */
static int
run(struct admin *a, const char *config)
{
	static struct admin_settings s;
	char why[400];
	int status;

	if (!(a->command->flags & COMMAND_BARE)) {
		if (read_settings(a->command, config, &s, why, sizeof why) < 0)
			return complain("%s", why);
		s.own.name = "tomozuna";
		a->settings = &s;
		a->config = config;
		a->db = db_open(&s.own);
	}
	status = run_until_done(a);
	db_close(a->db);
	if (fflush(stdout) != 0)
		return complain("cannot write: %s", strerror(errno));
	return status;
}

static int
dispatch(int argc, char **argv, const char *config)
{
	struct admin a = { 0 };
	const char *verb = argc > 1 ? argv[1] : NULL;
	int known, used;

	a.command = find(argv[0], verb, &known);
	if (a.command == NULL) {
		if (known)
			return help(argv[0]), 2;
		return complain("there is no `%s': tomozuna --help", argv[0]),
		    2;
	}
	used = a.command->verb == NULL ? 1 : 2;
	a.argc = argc - used;
	a.argv = argv + used;
	if (a.argc > 0 && strcmp(a.argv[0], "--help") == 0)
		return print_command(a.command), 0;
	if (!(a.command->flags & COMMAND_RAW) && args_check(&a) < 0)
		return print_command(a.command), 2;
	return run(&a, config);
}

int
main(int argc, char **argv)
{
	const char *config = SYSCONFDIR "/admin.conf";

	log_open("tomozuna", LOG_WARNING);
	(void)signal(SIGPIPE, SIG_IGN);
	/* Where a server keeps its secrets, unless somebody says otherwise. */
	(void)setenv("CREDENTIALS_DIRECTORY", SYSCONFDIR "/credentials", 0);
	argc--;
	argv++;
	if (argc >= 2 && strcmp(argv[0], "--config") == 0) {
		config = argv[1];
		argc -= 2;
		argv += 2;
	}
	if (argc == 0)
		return help(NULL), 2;
	if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "help") == 0)
		return help(argc > 1 ? argv[1] : NULL);
	if (strcmp(argv[0], "--version") == 0)
		return puts("tomozuna " PACKAGE_VERSION) < 0;
	return dispatch(argc, argv, config);
}
