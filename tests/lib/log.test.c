#include "log.h"

#include "text.h"
#include "unit.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <unistd.h>

static FILE *caught;
static int old_stderr;

static void
catch_begin(void)
{
	caught = tmpfile();
	assert_non_null(caught);
	old_stderr = dup(STDERR_FILENO);
	assert_int_not_equal(dup2(fileno(caught), STDERR_FILENO), -1);
}

/* What was written, with a NUL. */
static size_t
catch_end(char *to, size_t room)
{
	size_t n;

	assert_int_not_equal(dup2(old_stderr, STDERR_FILENO), -1);
	(void)close(old_stderr);
	rewind(caught);
	n = fread(to, 1, room - 1, caught);
	to[n] = '\0';
	(void)fclose(caught);
	return n;
}

/*
 * Walks one line as flat JSON: {"k":"v", …}\n of plain characters only.
 * Returns what follows it, or NULL if it is anything else.
 */
static const char *
read_string(const char *p)
{
	if (*p++ != '"')
		return NULL;
	while (*p != '"') {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return NULL;
		if (*p == '\\') {
			p++;
			if (*p == 'u') {
				if (strspn(p + 1, "0123456789abcdef") < 4)
					return NULL;
				p += 4;
			} else if (*p != '"' && *p != '\\')
				return NULL;
		}
		p++;
	}
	return p + 1;
}

static const char *
read_line(const char *p)
{
	const char *start = p;

	if (*p++ != '{')
		return NULL;
	for (;;) {
		if ((p = read_string(p)) == NULL || *p++ != ':')
			return NULL;
		p = strncmp(p, "null", 4) == 0 ? p + 4 : read_string(p);
		if (p == NULL)
			return NULL;
		if (*p == '}')
			break;
		if (*p++ != ',')
			return NULL;
	}
	if (p[1] != '\n' || p + 2 - start > PIPE_BUF ||
	    text_check(start, (size_t)(p - start), 0) != TEXT_OK)
		return NULL;
	return p + 2;
}

static void
assert_one_line(const char *text)
{
	const char *end = read_line(text);

	if (end == NULL || *end != '\0')
		fail_msg("not one line: %s", text);
}

static void
a_line(void **state)
{
	char text[8192];

	(void)state;
	log_open("timeline", LOG_INFO);
	catch_begin();
	errno = ENOTTY;
	log_line(LOG_WARNING, "answered", "route", "/timeline/{patient}",
	    "status", "200", NULL);
	assert_int_equal(errno, ENOTTY);
	log_line(LOG_DEBUG, "dropped", NULL);
	catch_end(text, sizeof text);
	assert_one_line(text);
	assert_memory_equal(text, "{\"at\":\"20", 9);
	assert_int_equal(text[30], 'Z');
	assert_string_equal(text + 32, ",\"level\":\"warning\","
	    "\"program\":\"timeline\",\"what\":\"answered\","
	    "\"route\":\"/timeline/{patient}\",\"status\":\"200\"}\n");
}

static void
levels(void **state)
{
	char text[8192];

	(void)state;
	log_open("x", LOG_DEBUG);
	catch_begin();
	log_line(LOG_DEBUG, "w", NULL);
	catch_end(text, sizeof text);
	assert_non_null(strstr(text, "\"level\":\"debug\""));
	log_open("x", LOG_ERROR);
	catch_begin();
	log_line(LOG_WARNING, "w", NULL);
	log_line(LOG_ERROR, "e", NULL);
	catch_end(text, sizeof text);
	assert_one_line(text);
	assert_non_null(strstr(text, "\"level\":\"error\""));
	log_open("x", LOG_INFO);
}

static void
injection(void **state)
{
	static const char *const v[][2] = {
		{ "a\r\nb", "a\\u000d\\u000ab" },
		{ "\",\"level\":\"error", "\\\",\\\"level\\\":\\\"error" },
		{ "\\", "\\\\" }, { "\x7f", "\\u007f" },
		{ "\x1b[2J\x1b]0;x\a", "\\u001b[2J\\u001b]0;x\\u0007" },
		{ "\xc2\x9b" "31m", "\\ufffd\\ufffd31m" },
		{ "\xe2\x80\xae" "gpj", "\\ufffd\\ufffd\\ufffdgpj" },
		{ "\xff\xfe", "\\ufffd\\ufffd" }, { "\xed\xa0\x80",
		"\\ufffd\\ufffd\\ufffd" },
		{ "が\xf0\x9f\x98\x80", "が\xf0\x9f\x98\x80" },
		{ "\xe3\x81", "\\ufffd\\ufffd" }, { "", "" },
	};
	char text[8192], want[256];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(v); i++) {
		catch_begin();
		log_line(LOG_INFO, "w", "v", v[i][0], NULL);
		catch_end(text, sizeof text);
		assert_one_line(text);
		(void)snprintf(want, sizeof want, ",\"v\":\"%s\"}\n", v[i][1]);
		if (strstr(text, want) == NULL)
			fail_msg("sample %zu: %s", i, text);
	}
	catch_begin();
	log_line(LOG_INFO, "a\nb", "k\ney", NULL, NULL);
	catch_end(text, sizeof text);
	assert_one_line(text);
	assert_non_null(strstr(text, "\"k\\u000aey\":null}"));
}

static void
long_values(void **state)
{
	static char value[100001];
	char text[8192], *from;

	(void)state;
	memset(value, 'x', 100000);
	catch_begin();
	log_line(LOG_INFO, "w", "v", value, NULL);
	catch_end(text, sizeof text);
	assert_one_line(text);
	from = strstr(text, "\"v\":\"") + 5;
	assert_int_equal(strspn(from, "x"), 400);

	/* 399 bytes and a character of three: it goes as a whole. */
	memcpy(value + 399, "が", 4);
	catch_begin();
	log_line(LOG_INFO, "w", "v", value, NULL);
	catch_end(text, sizeof text);
	assert_one_line(text);
	from = strstr(text, "\"v\":\"") + 5;
	assert_int_equal(strspn(from, "x"), 399);
	assert_int_equal(from[399], '"');
}

static void
a_full_line(void **state)
{
	char value[401], text[8192];

	(void)state;
	memset(value, 1, 400);
	value[400] = '\0';
	catch_begin();
	log_line(LOG_INFO, "w", "a", value, "b", value, "c", "d", NULL);
	catch_end(text, sizeof text);
	assert_one_line(text);
	assert_non_null(strstr(text, "\"a\":\"\\u0001"));
	assert_null(strstr(text, "\"b\":"));
	assert_non_null(strstr(text, ",\"cut\":\"1\"}\n"));
}

static void *
write_many(void *value)
{
	for (int i = 0; i < 200; i++)
		log_line(LOG_INFO, "w", "v", value, NULL);
	return NULL;
}

static void
threads_do_not_mix(void **state)
{
	enum { THREADS = 4 };
	static char text[4 * 200 * 600], values[THREADS][301];
	pthread_t thread[THREADS];
	const char *p = text;
	int lines = 0;

	(void)state;
	catch_begin();
	for (int i = 0; i < THREADS; i++) {
		memset(values[i], 'a' + i, 300);
		assert_int_equal(pthread_create(&thread[i], NULL, write_many,
		    values[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	catch_end(text, sizeof text);
	for (; *p != '\0'; lines++) {
		const char *v = strstr(p, "\"v\":\"") + 5;
		const char same[] = { *v, '\0' };

		assert_int_equal(strspn(v, same), 300);
		p = read_line(p);
		assert_non_null(p);
	}
	assert_int_equal(lines, THREADS * 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line),
		cmocka_unit_test(levels),
		cmocka_unit_test(injection),
		cmocka_unit_test(long_values),
		cmocka_unit_test(a_full_line),
		cmocka_unit_test(threads_do_not_mix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
