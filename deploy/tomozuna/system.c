/* What concerns the whole installation: migrations, authorities, the audit. */
#include "tomozuna.h"

#include "seal_chain.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

enum { WORDS_MAX = 64 };

/* Becomes another program, with the rest of our arguments behind `first`. */
static int
become(struct admin *a, const char *program, const char *first)
{
	char *word[WORDS_MAX + 3];
	int n = 0;

	if (a->argc > WORDS_MAX)
		return complain("too many arguments");
	word[n++] = arena_text(a->mem, program);
	if (first != NULL)
		word[n++] = arena_text(a->mem, first);
	for (int i = 0; i < a->argc; i++)
		word[n++] = a->argv[i];
	word[n] = NULL;
	(void)fflush(stdout);
	if (strchr(program, '/') == NULL)
		(void)execvp(program, word);
	else
		(void)execv(program, word);
	return complain("%s: %s", program, strerror(errno));
}

static int
training(struct admin *a)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n > 0 && setenv("TOMOZUNA_COMMAND", arena_copy(a->mem, self,
	    (size_t)n), 1) < 0)
		abort();
	if (setenv("TOMOZUNA_DB_SOCKET", a->settings->own.db_socket, 1) < 0 ||
	    setenv("TOMOZUNA_DB_NAME", a->settings->own.db_name, 1) < 0 ||
	    setenv("TOMOZUNA_CONFIG", a->config, 1) < 0)
		abort();
	return become(a, a->settings->training_program, NULL);
}

static int
migrate(struct admin *a)
{
	return become(a, a->settings->migrate_program, NULL);
}

/* tomozuna-ca beside this program, as in a build, or where it is installed. */
static const char *
neighbour(struct admin *a)
{
	static const char name[] = "tomozuna-ca", installed[] =
	    LIBEXECDIR "/tomozuna-ca";
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	const char *path;
	char *slash;

	if (n <= 0)
		return installed;
	self[n] = '\0';
	slash = strrchr(self, '/');
	if (slash == NULL)
		return installed;
	path = arena_printf(a->mem, "%.*s/%s", (int)(slash - self), self, name);
	return access(path, X_OK) == 0 ? path : installed;
}

/* Needs no settings: it comes before there are any. */
static int
ca_init(struct admin *a)
{
	return become(a, neighbour(a), "init");
}

/* ---- the audit ---- */

static void
print_finding(void *of, const struct audit_finding *f)
{
	(void)of;
	(void)printf("%s: seal %lld, row %lld, count %lld\n",
	    audit_fault_name(f->fault), (long long)f->seq,
	    (long long)f->audit_id, (long long)f->count);
}

static int
verify(struct admin *a)
{
	struct audit_verdict v;
	char hex[2 * SHA256_BYTES + 1];

	if (audit_verify(a->db, a->mem, a->settings->head_file, print_finding,
	    NULL, &v) < 0)
		return complain("the audit trail or %s cannot be read",
		    a->settings->head_file);
	hex_encode(v.head, sizeof v.head, hex);
	(void)printf("%lld seals, head %s, %lld findings\n",
	    (long long)v.seals, hex, (long long)v.findings);
	return v.findings > 0;
}

const struct command system_commands[] = {
	{ "audit", "verify", "", "walks the sealed audit trail: gaps, edits, "
	  "an unsealed tail", verify, 0 },
	{ "ca", "init", "FOLDER NAME ...", "makes both authorities, the doors' "
	  "certificate for these names, the first list", ca_init,
	  COMMAND_BARE | COMMAND_RAW },
	{ "training", NULL, "make FOLDER [PATIENTS] | list | end", "a town of "
	  "invented people beside the real ones, to practise in", training,
	  COMMAND_RAW },
	{ "migrate", NULL, "...", "runs db/migrate with these arguments",
	  migrate, COMMAND_RAW },
	{ 0 }
};
