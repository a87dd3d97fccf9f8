#include "notice.h"
#include "notice_text.h"
#include "sms_text.h"
#include "unit.h"

#include <unistd.h>

#define SHIPPED TESTDATA "/../conf/notices"

static const struct notice_words words = {
	.sender = "あさひ町つながり帳", .nickname = "つながり帳",
	.phone = "0000-00-0000", .office = "みどり訪問看護",
	.link = "https://care.example/patients",
	.at = 1796050800000, .count = 3, .code = ""
};

static void
shipped_templates_pass(void **state)
{
	char why[300] = "";
	struct notice_texts *t = notice_texts_read(SHIPPED, why, sizeof why);

	(void)state;
	assert_string_equal(why, "");
	assert_non_null(t);
	notice_texts_free(t);
}

/* Head for each channel, so that only what is added can be wrong. */
static int
lint(enum notice_channel channel, const char *text, char *why, size_t n)
{
	char whole[4096];

	(void)snprintf(whole, sizeof whole, "%s%s", channel == NOTICE_SMS ?
	    "【{{sender}}】" : "Subject: x\n\n", text);
	return notice_text_lint(channel, whole, why, n);
}

static void
unknown_names_are_refused(void **state)
{
	static const char *const bad[] = { "{{patient}}", "{{name}}",
	    "{{body}}", "{{disease}}", "{{drug}}", "{{level}}", "{{address}}",
	    "{{ sender }}", "{{Sender}}", "{{sender", "sender}}", "{{}}",
	    "{{{sender}}}", "{{#at}}x{{/at}}", "{{>link}}", "{{&link}}",
	    "{{sender{{link}}" };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(bad); i++)
		for (int c = NOTICE_MAIL; c <= NOTICE_SMS; c++) {
			char why[200] = "";

			assert_int_equal(lint((enum notice_channel)c, bad[i],
			    why, sizeof why), -1);
			assert_non_null(strstr(why, "no such name"));
		}
}

static void
control_characters_are_refused(void **state)
{
	static const char *const bad[] = { "\x01", "\x1b[1m", "\t", "\r\n",
	    "\x7f", "\xc2\x85", "\xe2\x80\xae", "\xff" };
	char why[200];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(bad); i++)
		for (int c = NOTICE_MAIL; c <= NOTICE_SMS; c++)
			assert_int_equal(lint((enum notice_channel)c, bad[i],
			    why, sizeof why), -1);
}

/* 42 letters of head and 226 more are 268, the most of four segments. */
static void
long_sms_is_refused(void **state)
{
	struct buf b = { 0 };
	char why[200];

	(void)state;
	for (int i = 0; i < 226; i++)
		buf_puts(&b, "あ");
	assert_int_equal(lint(NOTICE_SMS, buf_text(&b), why, sizeof why), 0);
	buf_puts(&b, "あ");
	assert_int_equal(lint(NOTICE_SMS, buf_text(&b), why, sizeof why), -1);
	assert_non_null(strstr(why, "269 units in 5 segments"));
	assert_int_equal(lint(NOTICE_MAIL, buf_text(&b), why, sizeof why), 0);
	buf_free(&b);
}

static void
shape_is_checked(void **state)
{
	static const char *const mail[] = { "", "Subject: ", "Subject: x",
	    "Subject: x\n", "Subject: x\n\n", "Subject: x\ny\n\nz", "x\n\ny",
	    "Subject: 1234567890123456789012345678901234567890"
	    "1234567890123456789012345678901234567890\n\ny" };
	char why[200];

	(void)state;
	for (size_t i = 0; i < NELEMENTS(mail); i++)
		assert_int_equal(notice_text_lint(NOTICE_MAIL, mail[i], why,
		    sizeof why), -1);
	assert_int_equal(notice_text_lint(NOTICE_SMS, "{{sender}} x", why,
	    sizeof why), -1);
}

static void
filled(void **state)
{
	char why[200];
	struct notice_texts *t = notice_texts_read(SHIPPED, why, sizeof why);
	struct buf subject = { 0 }, body = { 0 };

	(void)state;
	assert_int_equal(notice_text_fill(t, "digest", NOTICE_MAIL, "ja",
	    &words, &subject, &body), 0);
	assert_string_equal(buf_text(&subject),
	    "【あさひ町つながり帳】確認を待つものが3件あります");
	assert_non_null(strstr(buf_text(&body), words.link));
	buf_reset(&body);
	assert_int_equal(notice_text_fill(t, "urgent_entry", NOTICE_SMS, "ja",
	    &words, NULL, &body), 0);
	assert_string_equal(buf_text(&body), "【あさひ町つながり帳】"
	    "至急の申し送りがあります（12月1日 0:00）。ログインしてご確認ください。"
	    "\nhttps://care.example/patients\n問い合わせ 0000-00-0000");
	assert_int_equal(notice_text_fill(t, "digest", NOTICE_SMS, "ja",
	    &words, NULL, &body), -1);
	assert_int_equal(notice_text_fill(t, "gossip", NOTICE_MAIL, "ja",
	    &words, &subject, &body), -1);
	buf_free(&subject);
	buf_free(&body);
	notice_texts_free(t);
}

/* A nickname with a line end would begin a header of its own. */
static void
values_cannot_break_lines(void **state)
{
	char why[200];
	struct notice_texts *t = notice_texts_read(SHIPPED, why, sizeof why);
	struct notice_words w = words;
	struct buf subject = { 0 }, body = { 0 };

	(void)state;
	w.sender = "x\r\nBcc: nobody@example.invalid";
	assert_int_equal(notice_text_fill(t, "test", NOTICE_MAIL, "en", &w,
	    &subject, &body), 0);
	assert_null(strpbrk(buf_text(&subject), "\r\n"));
	buf_free(&subject);
	buf_free(&body);
	notice_texts_free(t);
}

static void
put_file(const char *folder, const char *name, const char *text)
{
	char path[300];
	FILE *f;

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "we");
	assert_non_null(f);
	(void)fputs(text, f);
	(void)fclose(f);
}

/* A folder without one template, or with a misspelt one, is refused. */
static void
folder_must_be_whole(void **state)
{
	char folder[] = "/tmp/notice_text.XXXXXX", path[300], why[300];

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_null(notice_texts_read(folder, why, sizeof why));
	assert_non_null(strstr(why, "urgent_entry.mail.ja.txt"));
	put_file(folder, "urgent_entry.mail.ja.txt",
	    "Subject: x\n\n{{patient}}\n");
	assert_null(notice_texts_read(folder, why, sizeof why));
	assert_non_null(strstr(why, "{{patient}}"));
	(void)snprintf(path, sizeof path, "%s/urgent_entry.mail.ja.txt",
	    folder);
	(void)unlink(path);
	(void)rmdir(folder);
}

/* 1 January 2026, 00:00 in Japan. */
static const utc_ms new_year = 1767193200000;

static void
nights_wait_for_the_morning(void **state)
{
	const struct notice_kind *calm = notice_kind_find("overdue_question");
	const struct notice_kind *urgent = notice_kind_find("urgent_entry");
	const utc_ms eight = new_year + 8 * HOUR_MS;

	(void)state;
	assert_int_equal(notice_due(calm, new_year), eight);
	assert_int_equal(notice_due(calm, eight - 1), eight);
	assert_int_equal(notice_due(calm, eight), eight);
	assert_int_equal(notice_due(calm, new_year + 21 * HOUR_MS - 1),
	    new_year + 21 * HOUR_MS - 1);
	assert_int_equal(notice_due(calm, new_year + 21 * HOUR_MS),
	    eight + DAY_MS);
	assert_int_equal(notice_due(urgent, new_year), new_year);
	assert_true(notice_is_night(new_year));
	assert_false(notice_is_night(eight));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_templates_pass),
		cmocka_unit_test(unknown_names_are_refused),
		cmocka_unit_test(control_characters_are_refused),
		cmocka_unit_test(long_sms_is_refused),
		cmocka_unit_test(shape_is_checked),
		cmocka_unit_test(filled),
		cmocka_unit_test(values_cannot_break_lines),
		cmocka_unit_test(folder_must_be_whole),
		cmocka_unit_test(nights_wait_for_the_morning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
