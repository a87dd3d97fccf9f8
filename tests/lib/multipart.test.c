/* multipart bodies: whole, in pieces, hostile. */
#include "multipart.h"
#include "text.h"
#include "unit.h"

#include <string.h>

static int
on_begin(void *of, const struct part *part)
{
	buf_printf(of, "[%s", part->name);
	if (part->is_file)
		buf_printf(of, "|%s", part->file);
	buf_puts(of, ":");
	return strcmp(part->name, "stop") == 0 ? -1 : 0;
}

static int
on_put(void *of, const void *p, size_t n)
{
	buf_put(of, p, n);
	return 0;
}

static int
on_end(void *of)
{
	buf_puts(of, "]");
	return 0;
}

/* What comes of a body given in pieces of `step`; "!" when it is none. */
static const char *
taken(const char *type, const char *body, size_t n, size_t step)
{
	static struct buf out;
	static struct multipart m;
	const struct multipart_sink sink = { &out, on_begin, on_put, on_end };

	buf_reset(&out);
	if (multipart_begin(&m, type, &sink) != 0)
		return "!type";
	for (size_t at = 0; at < n; at += step)
		(void)multipart_put(&m, body + at,
		    n - at < step ? n - at : step);
	switch (multipart_end(&m)) {
	case MULTIPART_MALFORMED:
		return "!malformed";
	case MULTIPART_STOPPED:
		return "!stopped";
	default:
		return buf_text(&out);
	}
}

static const char type[] = "multipart/form-data; boundary=X";

#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static void
is_taken(const char *body, const char *want)
{
	for (size_t step = 1; step < 80; step++)
		assert_string_equal(taken(type, body, strlen(body), step),
		    want);
	assert_string_equal(taken(type, body, strlen(body), SIZE_MAX / 2),
	    want);
}

static void
parts_are_taken_apart(void **state)
{
	(void)state;
	is_taken("--X\r\n" HEAD("a") "1\r\n--X--\r\n", "[a:1]");
	is_taken("--X\r\n" HEAD("a") "1\r\n--X--", "[a:1]");
	is_taken("--X\r\n" HEAD("a") "\r\n--X\r\n" HEAD("b") "2\r\n--X--\r\n",
	    "[a:][b:2]");
	is_taken("--X\r\ncontent-disposition:form-data;name=a\r\n"
	    "X-Other: y\r\n\r\n1\r\n--X--\r\n", "[a:1]");
	is_taken("--X--\r\n", "");
}

static void
what_looks_like_a_boundary_is_data(void **state)
{
	(void)state;
	is_taken("--X\r\n" HEAD("a") "\r\n-\r\n--\r\r\n--Y--X\n--X\r--X"
	    "\r\n--X--\r\n", "[a:\r\n-\r\n--\r\r\n--Y--X\n--X\r--X]");
	is_taken("--X\r\n" HEAD("a") "\r\n\r\n\r\n--X--\r\n", "[a:\r\n\r\n]");
	/* RFC 2046: a line that begins like the delimiter is one. */
	is_taken("--X\r\n" HEAD("a") "1\r\n--XY\r\n--X--\r\n", "!malformed");
}

static void
names_of_files_are_read(void **state)
{
	static const struct { const char *head, *want; } names[] = {
		{ "filename=\"a.jpg\"", "a.jpg" },
		{ "filename=a.jpg", "a.jpg" },
		{ "filename=\"\"", "" },
		{ "filename=\"a\\\"b\\\\c\"", "a\"b\\c" },
		{ "filename=\"C:\\fotos\\a.jpg\"", "C:\\fotos\\a.jpg" },
		{ "filename=\"a%22b;c\"", "a%22b;c" },
		{ "filename*=UTF-8''x; filename=\"y\"", "y" },
		{ "FileName=\"\xe5\x86\x99\"", "\xe5\x86\x99" },
	};
	struct buf b = { 0 }, want = { 0 };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(names); i++) {
		buf_reset(&b);
		buf_reset(&want);
		buf_printf(&b, "--X\r\nContent-Disposition: form-data; "
		    "name=\"f\"; %s\r\n\r\n1\r\n--X--\r\n", names[i].head);
		buf_printf(&want, "[f|%s:1]", names[i].want);
		is_taken(buf_text(&b), buf_text(&want));
	}
	buf_free(&b);
	buf_free(&want);
}

static void
hostile_heads_are_refused(void **state)
{
	static const char *const heads[] = {
		"", "x", ": y", "Content-Disposition form-data",
		"Content-Disposition: form-data",
		"Content-Disposition: attachment; name=\"a\"",
		"Content-Disposition: form-data; name=\"\"",
		"Content-Disposition: form-data; name=\"a\" x",
		"Content-Disposition: form-data; name=\"a",
		"Content-Disposition: form-data; name=\"a\\",
		"Content-Disposition: form-data; name=\"a\"; name=\"b\"",
		"Content-Disposition: form-data; name=\"a\"; filename=\"b\"; "
		    "filename=\"c\"",
		"Content-Disposition: form-data; name=\"a-b\"",
		"Content-Disposition: form-data; =\"a\"",
		"Content-Disposition: form-data; name",
		"Content-Disposition: form-data; name=",
		"Content-Disposition: form-data; name=\"a\"\r\n\tb",
		"Content-Disposition: form-data; name=\"a\x01\"",
		"Content-Disposition: form-data; name=\"a\"\rX: y",
		"Content-Disposition: form-data; name=\"a\"\nX: y",
		"Content-Disposition: form-data; name=\"a\"\r\n"
		    "Content-Disposition: form-data; name=\"b\"",
		"Content-Disposition: form-data; name=\"a\"\r\n"
		    "Content-Transfer-Encoding: quoted-printable",
		"Content-Disposition: form-data; name=\"a123456789012345678901"
		    "23456789012345678901234567890123456789012345\"",
	};
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(heads); i++) {
		buf_reset(&b);
		buf_printf(&b, "--X\r\n%s\r\n\r\n1\r\n--X--\r\n", heads[i]);
		is_taken(buf_text(&b), "!malformed");
	}
	buf_free(&b);
}

static void
hostile_bodies_are_refused(void **state)
{
	static const char *const bodies[] = {
		"", "-", "--", "--X", "--X-", "--X\r", "--X\r\n", "--Y--\r\n",
		"\r\n--X--\r\n", "x--X--", "--X--\r\nx", "--X--\n", "--X--x",
		"--X \r\n" HEAD("a") "1\r\n--X--", "--X\n" HEAD("a"),
		"--X\r\n" HEAD("a"), "--X\r\n" HEAD("a") "1",
		"--X\r\n" HEAD("a") "1\r\n--X", "--X\r\n" HEAD("a") "1\r\n--X-",
		"--X\r\n" HEAD("a") "1--X--\r\n",
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(bodies); i++)
		is_taken(bodies[i], "!malformed");
	is_taken("--X\r\n" HEAD("stop") "1\r\n--X--\r\n", "!stopped");
}

static void
types_say_one_boundary(void **state)
{
	static const char body[] = "--a'b\r\n" HEAD("a") "1\r\n--a'b--";
	static const char *const good[] = {
		"multipart/form-data; boundary=a'b",
		"Multipart/Form-Data;boundary=\"a'b\"",
		"multipart/form-data ; charset=utf-8; BOUNDARY=a'b",
	};
	static const char *const bad[] = {
		"multipart/form-data", "multipart/form-data;",
		"multipart/form-data; boundary", "multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"\"",
		"multipart/form-data; boundary=\"a'b",
		"multipart/form-data; boundary=a b",
		"multipart/form-data; boundary=\"a b\"",
		"multipart/form-data; boundary=a; boundary=b",
		"multipart/form-dat; boundary=a", "multipart/form-datas; boundary=a",
		"multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(good); i++)
		assert_string_equal(taken(good[i], body, sizeof body - 1, 7),
		    "[a:1]");
	for (size_t i = 0; i < NELEMENTS(bad); i++)
		assert_string_equal(taken(bad[i], body, sizeof body - 1, 7),
		    "!type");
}

/* Heads have a limit, bodies have none here: nothing of them is held. */
static void
sizes_have_limits(void **state)
{
	enum { LARGE = 300000 };
	struct buf b = { 0 };
	static char x[LARGE];

	(void)state;
	memset(x, 'x', sizeof x);
	buf_puts(&b, "--X\r\nX: ");
	buf_put(&b, x, PART_HEAD_MAX);
	buf_puts(&b, "\r\n" HEAD("a") "1\r\n--X--");
	assert_string_equal(taken(type, b.p, b.n, 100), "!malformed");
	assert_string_equal(taken(type, b.p, b.n, b.n), "!malformed");
	buf_reset(&b);
	buf_puts(&b, "--X\r\n" HEAD("a"));
	buf_put(&b, x, sizeof x);
	buf_puts(&b, "\r\n--X--");
	assert_int_equal(strlen(taken(type, b.p, b.n, 8192)), LARGE + 4);
	buf_reset(&b);
	for (int i = 0; i <= FIELDS_MAX; i++)
		buf_puts(&b, "--X\r\n" HEAD("a") "1\r\n");
	buf_puts(&b, "--X--");
	assert_string_equal(taken(type, b.p, b.n, 1000), "!malformed");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_taken_apart),
		cmocka_unit_test(what_looks_like_a_boundary_is_data),
		cmocka_unit_test(names_of_files_are_read),
		cmocka_unit_test(hostile_heads_are_refused),
		cmocka_unit_test(hostile_bodies_are_refused),
		cmocka_unit_test(types_say_one_boundary),
		cmocka_unit_test(sizes_have_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
