#include "unit.h"

#include "../../gateways/mail/letter.c"

static void
addresses(void **state)
{
	static const char *const good[] = { "a@b", "a.b+c@d.example" };
	static const char *const bad[] = { "", "a", "@b", "a@", "a@b@c",
	    "a b@c", "a@b\r\nBcc: c@d", "<a@b>", "a@b>", "a,b@c", "\"a\"@b",
	    "a@b;c", "-a@b", "\xe3\x81\x82@b", "a@\x7f" };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(good); i++)
		assert_true(letter_address_fits(good[i]));
	for (size_t i = 0; i < NELEMENTS(bad); i++)
		assert_false(letter_address_fits(bad[i]));
}

/* Whatever the texts hold: ASCII, short lines, and only our own headers. */
static void
headers_cannot_be_added(void **state)
{
	static const struct ref id = { { 1, 2, 3 } };
	struct letter l = { .to = "a@b.example", .from = "n@c.example",
	    .from_name = "x\r\nBcc: d@e.example",
	    .subject = "\r\n\r\nあいうえおかきくけこさしすせそたちつてとなにぬね"
	    "のはひふへほまみむめもやゆよらりるれろわをん", .id = &id,
	    .body = "a\r\n.\r\nMAIL FROM:<x>\nあ", .at = 1796050800000 };
	struct buf b = { 0 };
	const char *line;
	size_t n = 0;

	(void)state;
	letter_write(&b, &l);
	for (line = buf_text(&b); *line != '\0'; line += n + 2) {
		n = strcspn(line, "\r\n");
		assert_in_range(n, 0, 78);
		assert_memory_equal(line + n, "\r\n", 2);
		assert_int_not_equal(strncasecmp(line, "bcc", 3), 0);
		assert_int_not_equal(line[0], '.');
	}
	for (size_t i = 0; i < b.n; i++)
		assert_in_range((unsigned char)b.p[i], 1, 0x7e);
	assert_non_null(strstr(buf_text(&b), "Date: Tue, 1 Dec 2026 00:00:00 "
	    "+0900\r\n"));
	assert_non_null(strstr(buf_text(&b), "Message-ID: "
	    "<01020300000000000000000000000000@c.example>\r\n"));
	buf_free(&b);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses),
		cmocka_unit_test(headers_cannot_be_added),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
