#include "settings.h"

#include "unit.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

struct own {
	struct settings lib;
	const char *colour;
	int64_t days;
	const char *token;
};

static const struct setting extra[] = {
	{ "colour", SETTING_TEXT, offsetof(struct own, colour), 3, 9, "green",
	  "colour of the header" },
	{ "days", SETTING_NUMBER, offsetof(struct own, days), -5, 9, "7",
	  "days ahead" },
	{ "token_file", SETTING_SECRET_FILE, offsetof(struct own, token), 0, 8,
	  "", "file with the token" },
	{ 0 }
};

#define DOORS "origin = https://a.example\nopen_origin=https://b.example\n"

static char folder[] = "/tmp/settings-test-XXXXXX";
static struct own got;
static char why[400];

static const char *
in_folder(const char *name)
{
	static char path[128];

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void
put_bytes(const char *name, const char *content, size_t n)
{
	FILE *f = fopen(in_folder(name), "w");

	assert_non_null(f);
	assert_int_equal(fwrite(content, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void
put_file(const char *name, const char *content)
{
	put_bytes(name, content, strlen(content));
}

static int
read_main(void)
{
	why[0] = '\0';
	return settings_read(in_folder("main.conf"), extra, &got, why,
	    sizeof why);
}

static int
read_content(const char *content)
{
	put_file("main.conf", content);
	return read_main();
}

static void
assert_fine(const char *content)
{
	if (read_content(content) != 0)
		fail_msg("%s", why);
}

/* `reason` follows the folder and a slash. */
static void
assert_why(const char *reason)
{
	char want[512];

	(void)snprintf(want, sizeof want, "%s/%s", folder, reason);
	assert_string_equal(why, want);
}

static void
assert_refused(const char *content, const char *reason)
{
	struct own before;

	memset(&got, 0x55, sizeof got);
	before = got;
	assert_int_equal(read_content(content), -1);
	assert_why(reason);
	assert_memory_equal(&got, &before, sizeof got);
}

static void
defaults(void **state)
{
	(void)state;
	assert_fine(DOORS);
	assert_string_equal(got.lib.origin, "https://a.example");
	assert_string_equal(got.lib.open_origin, "https://b.example");
	assert_string_equal(got.lib.db_name, "tomozuna");
	assert_string_equal(got.lib.db_password, "");
	assert_string_equal(got.lib.redis_socket, "");
	assert_string_equal(got.lib.pid_file, "");
	assert_int_equal(got.lib.threads, 16);
	assert_int_equal(got.lib.db_timeout_ms, 2000);
	assert_int_equal(got.lib.body_max_bytes, 65536);
	assert_string_equal(got.colour, "green");
	assert_int_equal(got.days, 7);
	assert_string_equal(got.token, "");
	assert_int_equal(settings_read(in_folder("main.conf"), NULL, &got.lib,
	    why, sizeof why), 0);
}

static void
lines(void **state)
{
	(void)state;
	assert_fine("# comment\n\n  \t \n#x = y\n" DOORS
	    "\tthreads=  3 # three\r\n"
	    "colour = a#b\n"
	    "days = 1\ndays = -5\n"
	    "redis_socket =\n"
	    "key_file = /a b/c=d\n"
	    "db_name = がん");		/* no line end */
	assert_int_equal(got.lib.threads, 3);
	assert_string_equal(got.colour, "a#b");
	assert_int_equal(got.days, -5);
	assert_string_equal(got.lib.redis_socket, "");
	assert_string_equal(got.lib.key, "/a b/c=d");
	assert_string_equal(got.lib.db_name, "がん");
}

static void
refusals(void **state)
{
	char text[5100] = DOORS "pid_file = ";

	(void)state;
	assert_refused("\n\nnonsense\n", "main.conf:3: neither `name = value' "
	    "nor `include FILE'");
	assert_refused(DOORS "color = x\n",
	    "main.conf:3: there is no setting `color'");
	assert_refused("name = x\n", "main.conf:1: there is no setting `name'");
	assert_refused("key = x\n", "main.conf:1: there is no setting `key'");
	assert_refused("= x\n", "main.conf:1: there is no setting `'");
	assert_refused(DOORS "threads = 0\n",
	    "main.conf:3: threads: not within 1 to 256");
	assert_refused(DOORS "threads = 257",
	    "main.conf:3: threads: not within 1 to 256");
	assert_refused(DOORS "threads = 99999999999999999999",
	    "main.conf:3: threads: not within 1 to 256");
	assert_refused(DOORS "threads = 3x",
	    "main.conf:3: threads: not a whole number");
	assert_refused(DOORS "threads =\n",
	    "main.conf:3: threads: not a whole number");
	assert_refused(DOORS "threads = 1.5",
	    "main.conf:3: threads: not a whole number");
	assert_refused(DOORS "days = -6",
	    "main.conf:3: days: not within -5 to 9");
	assert_refused(DOORS "colour = ab",
	    "main.conf:3: colour: not within 3 to 9 bytes");
	assert_refused(DOORS "colour = 0123456789",
	    "main.conf:3: colour: not within 3 to 9 bytes");
	assert_refused(DOORS "colour =\n", "main.conf:3: colour: empty");
	assert_refused("origin = https://a.example\n",
	    "main.conf: open_origin: not set, and it has no default");
	assert_refused(DOORS "colour = \xff\xfe\n",
	    "main.conf:3: not UTF-8, or a control character");
	assert_refused(DOORS "colour = \x1b[31m\n",
	    "main.conf:3: not UTF-8, or a control character");
	memset(text + strlen(text), 'x', 5000);
	assert_refused(text, "main.conf:3: longer than 4096 bytes");
	put_bytes("main.conf", "a\0b\n", 4);
	assert_int_equal(read_main(), -1);
	assert_why("main.conf:1: not UTF-8, or a control character");
}

static void
no_file(void **state)
{
	(void)state;
	assert_int_equal(settings_read(in_folder("absent"), extra, &got, why,
	    sizeof why), -1);
	assert_why("absent: No such file or directory");
	assert_int_equal(settings_read(folder, extra, &got, why, sizeof why),
	    -1);
	assert_non_null(strstr(why, ": Is a directory"));
	assert_int_equal(settings_read(in_folder("absent"), extra, &got, why,
	    5), -1);
	assert_string_equal(why, "/tmp");
}

static void
includes(void **state)
{
	(void)state;
	put_file("common.conf", DOORS "days = 3\ninclude sub/deep.conf\n");
	put_file("sub/deep.conf", "include ../last.conf\ncolour = blue\n");
	put_file("last.conf", "colour = black\nthreads = 5\n");
	assert_fine("include common.conf\nthreads = 6\n");
	assert_int_equal(got.days, 3);
	assert_string_equal(got.colour, "blue");
	assert_int_equal(got.lib.threads, 6);
	assert_fine("threads = 6\n  include\tcommon.conf # all\n");
	assert_int_equal(got.lib.threads, 5);

	put_file("last.conf", "\ncolour = x\n");
	put_file("sub/deep.conf", "include ../last.conf\n");
	assert_refused("include common.conf\n",
	    "sub/../last.conf:2: colour: not within 3 to 9 bytes");
	put_file("last.conf", "oops\n");
	assert_refused("include common.conf\n", "sub/../last.conf:1: neither "
	    "`name = value' nor `include FILE'");
}

static void
bad_includes(void **state)
{
	char want[300];

	(void)state;
	(void)snprintf(want, sizeof want, "main.conf:2: %s: No such file or "
	    "directory", in_folder("absent.conf"));
	assert_refused("\ninclude absent.conf\n", want);
	assert_refused("include\n", "main.conf:1: include names no file");
	assert_refused("include main.conf\n", "main.conf:1: more than 8 files "
	    "include each other");
	assert_refused("include sub\n", "sub: Is a directory");
}

static void
secrets(void **state)
{
	char want[300];

	(void)state;
	put_file("token", "s3 cret\n");
	assert_fine(DOORS "token_file = token\n");
	assert_string_equal(got.token, "s3 cret");
	put_file("token", "abc\r\n");
	assert_fine(DOORS "token_file = token\n");
	assert_string_equal(got.token, "abc");
	put_file("sub/token", "in sub");
	put_file("sub/s.conf", "token_file = token\n");
	assert_fine(DOORS "include sub/s.conf\n");
	assert_string_equal(got.token, "in sub");
	put_file("password", "");
	assert_fine(DOORS "db_password_file = password\n");
	assert_string_equal(got.lib.db_password, "");

	(void)snprintf(want, sizeof want, "main.conf:3: token_file: %s: No such "
	    "file or directory", in_folder("absent"));
	assert_refused(DOORS "token_file = absent\n", want);
	assert_refused(DOORS "token_file = sub\n",
	    "main.conf:3: token_file: its file cannot be read, or holds a NUL");
	put_bytes("token", "a\0b", 3);
	assert_refused(DOORS "token_file = token\n",
	    "main.conf:3: token_file: its file cannot be read, or holds a NUL");
	put_file("token", "123456789");
	assert_refused(DOORS "token_file = token\n",
	    "main.conf:3: token_file: not within 0 to 8 bytes");
}

static void
credentials(void **state)
{
	(void)state;
	put_file("token", "beside");
	put_file("sub/token", "given");
	assert_int_equal(setenv("CREDENTIALS_DIRECTORY", in_folder("sub"), 1),
	    0);
	assert_fine(DOORS "token_file = token\n");
	assert_string_equal(got.token, "given");
	assert_fine(DOORS "token_file = ./token\n");
	assert_string_equal(got.token, "beside");
	(void)unlink(in_folder("sub/token"));
	assert_fine(DOORS "token_file = token\n");
	assert_string_equal(got.token, "beside");
	assert_int_equal(unsetenv("CREDENTIALS_DIRECTORY"), 0);
}

static void
describes(void **state)
{
	char text[8192];
	FILE *out = tmpfile();
	int saved;
	size_t n;

	(void)state;
	(void)fflush(stdout);
	saved = dup(STDOUT_FILENO);
	assert_int_not_equal(dup2(fileno(out), STDOUT_FILENO), -1);
	settings_describe(extra);
	(void)fflush(stdout);
	assert_int_not_equal(dup2(saved, STDOUT_FILENO), -1);
	(void)close(saved);
	rewind(out);
	n = fread(text, 1, sizeof text - 1, out);
	text[n] = '\0';
	(void)fclose(out);
	assert_non_null(strstr(text, "  threads (default: 16; 1 to 256)\n"
	    "      requests answered at the same time\n"));
	assert_non_null(strstr(text,
	    "  origin (must be set; 8 to 255 bytes)\n"));
	assert_non_null(strstr(text, "  days (default: 7; -5 to 9)\n"));
	assert_non_null(strstr(text, "  redis_socket (default: empty; 0 to "));
}

static int
make_folder(void **state)
{
	(void)state;
	(void)unsetenv("CREDENTIALS_DIRECTORY");
	if (mkdtemp(folder) == NULL)
		return -1;
	return mkdir(in_folder("sub"), 0700);
}

static int
drop_folder(void **state)
{
	static const char *const files[] = { "main.conf", "common.conf",
	    "last.conf", "token", "password", "sub/deep.conf", "sub/s.conf",
	    "sub/token" };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(files); i++)
		(void)unlink(in_folder(files[i]));
	(void)rmdir(in_folder("sub"));
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults),
		cmocka_unit_test(lines),
		cmocka_unit_test(refusals),
		cmocka_unit_test(no_file),
		cmocka_unit_test(includes),
		cmocka_unit_test(bad_includes),
		cmocka_unit_test(secrets),
		cmocka_unit_test(credentials),
		cmocka_unit_test(describes),
	};

	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
