/* tomozuna-feed: reads public feeds; or documents, files, stored telegrams. */
#include "check.h"
#include "import.h"
#include "poll.h"
#include "program.h"

#include <getopt.h>

static const char besides[] =
    "\nBesides, without serving:\n"
    "  --check FILE ...\n"
    "      reads documents without storing them: a line of JSON an item\n"
    "  --import [--config FILE] [--source NAME] PATH ...\n"
    "      stores telegrams out of files and folders\n"
    "  --replay [--config FILE] [--since YYYY-MM-DD]\n"
    "      reads stored telegrams again, for after an upgrade\n"
    "  --unread [--config FILE] [--since YYYY-MM-DD]\n"
    "      lists those that were refused or not understood\n"
    "  --raw NUMBER [--config FILE]\n"
    "      writes one of them as it came\n";

/* --check with files after it reads documents; alone it is the daemon's own. */
static int
wants_files(int argc, char **argv)
{
	return argc > 2 && strcmp(argv[1], "--check") == 0 && argv[2][0] != '-';
}

static int
has(int argc, char **argv, const char *what)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], what) == 0)
			return 1;
	return 0;
}

/*
 * What daemon_main does not know of: the file of sources. Fine, wrong, or so that
 * there is nothing more to say; *status is the exit status then.
 */
static enum { FINE, WRONG, SAID }
check_sources(int argc, char **argv, int *status)
{
	static const struct program program = {
		.name = "feed", .extra = feed_setting_table,
		.settings_bytes = sizeof(struct feed_settings)
	};
	struct options o = program_options(&program, argc, argv);
	struct feed_settings *s;
	struct sources sources;
	struct arena *mem;
	char why[400];
	int rc;

	optind = 1;			/* the arguments are read once more */
	*status = o.task == TASK_NONE ? o.status : 1;
	s = o.task == TASK_NONE ? NULL : (struct feed_settings *)
	    program_settings(&program, o.config);
	if (s == NULL)
		return SAID;
	mem = arena_new(SOURCES_BYTES);
	rc = sources_read(s->sources_file, mem, &sources, why, sizeof why);
	if (rc != 0)
		fprintf(stderr, "tomozuna-feed: %s\n", why);
	arena_free(mem);
	free(s);
	return rc == 0 ? FINE : WRONG;
}

int
main(int argc, char **argv)
{
	int status, sources = FINE;

	if (wants_files(argc, argv))
		return check_files(argc - 2, argv + 2);
	if (import_is_asked(argc, argv))
		return import_main(argc, argv);
	/* First: what is wrong with the sources must be told whatever else is. */
	if (has(argc, argv, "--check"))
		sources = check_sources(argc, argv, &status);
	if (sources == SAID)
		return status;
	status = daemon_main(&feed_gateway, argc, argv);
	if (status == 0 && has(argc, argv, "--help")) {
		fputs(besides, stdout);
		puts("\nOf each source, in the file of sources:");
		sources_describe();
	}
	return status == 0 && sources != FINE ? 1 : status;
}
