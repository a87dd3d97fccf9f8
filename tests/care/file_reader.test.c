/* The child that reads files: reused, caged, killed; what it costs is one file. */
#include "file_reader_own.h"

#include "text.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

/* A picture's head and end, with something said in between. */
static const unsigned char jpeg[] = {
	0xff, 0xd8, 0xff, 0xfe, 0, 8, 's', 'e', 'c', 'r', 'e', 't',
	0xff, 0xc0, 0, 11, 8, 0, 16, 0, 24, 1, 1, 0x11, 0,
	0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9
};

static int
keep(void *of, const void *p, size_t n)
{
	buf_put(of, p, n);
	return 0;
}

static void
patch(void *of, size_t at, const void *p, size_t n)
{
	memcpy(((struct buf *)of)->p + at, p, n);
}

/* How far a child is caged: 2 is a filter. */
static int
seccomp_of(const struct file_reader *r)
{
	char path[64], line[200];
	int mode = -1;
	FILE *f;

	(void)snprintf(path, sizeof path, "/proc/%d/status",
	    (int)file_reader_pid(r));
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL)
		(void)sscanf(line, "Seccomp: %d", &mode);
	(void)fclose(f);
	return mode;
}

static enum file_read
read_whole(struct file_reader *r, const void *p, size_t n)
{
	enum file_read result = file_reader_front(r, p, n);

	return result == FILE_READ ? file_reader_end(r) : result;
}

static void
a_picture_loses_what_it_says(void **state)
{
	struct buf out = { 0 };
	const struct clean_sink sink = { &out, keep, patch };
	struct file_reader *r = file_reader_begin(1, &sink);

	(void)state;
	assert_non_null(r);
	assert_int_equal(read_whole(r, jpeg, sizeof jpeg), FILE_READ);
	assert_string_equal(file_reader_type(r), "image/jpeg");
	assert_int_equal(file_reader_width(r), 24);
	assert_int_equal(file_reader_height(r), 16);
	assert_int_equal(out.n, sizeof jpeg - 10);
	assert_null(memmem(out.p, out.n, "secret", 6));
	file_reader_free(r);
	buf_free(&out);
}

static void
long_ones_come_whole(void **state)
{
	enum { BYTES = 3 * 1024 * 1024 };
	char *text = malloc(BYTES);
	struct buf out = { 0 };
	const struct clean_sink sink = { &out, keep, patch };
	struct file_reader *r = file_reader_begin(1, &sink);

	(void)state;
	for (size_t i = 0; i < BYTES; i++)
		text[i] = (char)('a' + i % 23);
	assert_int_equal(file_reader_front(r, text, 16384), FILE_READ);
	assert_string_equal(file_reader_type(r), "text/plain");
	assert_int_equal(file_reader_put(r, text + 16384, BYTES - 16384),
	    FILE_READ);
	assert_int_equal(file_reader_end(r), FILE_READ);
	assert_int_equal(out.n, BYTES);
	assert_memory_equal(out.p, text, BYTES);
	file_reader_free(r);
	buf_free(&out);
	free(text);
}

static void
half_a_picture_is_damaged_and_the_child_goes_on(void **state)
{
	struct buf out = { 0 };
	const struct clean_sink sink = { &out, keep, patch };
	struct file_reader *r = file_reader_begin(1, &sink);
	pid_t before = file_reader_pid(r);

	(void)state;
	assert_int_equal(read_whole(r, jpeg, sizeof jpeg - 4),
	    FILE_READ_DAMAGED);
	file_reader_free(r);
	r = file_reader_begin(1, &sink);
	assert_int_equal(file_reader_pid(r), before);
	assert_int_equal(seccomp_of(r), 2);
	buf_reset(&out);
	assert_int_equal(read_whole(r, jpeg, sizeof jpeg), FILE_READ);
	assert_int_equal(out.n, sizeof jpeg - 10);
	file_reader_free(r);
	buf_free(&out);
}

static void
nobody_gets_the_child_of_another(void **state)
{
	struct buf out = { 0 };
	const struct clean_sink sink = { &out, keep, patch };
	struct file_reader *r = file_reader_begin(2, &sink);
	pid_t hers = file_reader_pid(r);

	(void)state;
	file_reader_free(r);
	r = file_reader_begin(3, &sink);
	assert_int_not_equal(file_reader_pid(r), hers);
	file_reader_free(r);
	/* Idle ones are not kept for ever: others made hers go. */
	for (int64_t whose = 4; whose < 4 + 2 * FILE_READERS_KEPT; whose++)
		file_reader_free(file_reader_begin(whose, &sink));
	assert_int_equal(kill(hers, 0), -1);
}

/* A stopped one is killed when its time is over. */
static void
a_child_that_is_gone_costs_its_file_only(void **state)
{
	static const int signals[] = { SIGKILL, SIGSTOP };
	struct buf out = { 0 };
	const struct clean_sink sink = { &out, keep, patch };

	(void)state;
	for (size_t i = 0; i < NELEMENTS(signals); i++) {
		struct file_reader *r = file_reader_begin(1, &sink);
		pid_t pid = file_reader_pid(r);

		assert_int_equal(file_reader_front(r, jpeg, 20), FILE_READ);
		assert_int_equal(kill(pid, signals[i]), 0);
		assert_int_equal(file_reader_put(r, jpeg + 20,
		    sizeof jpeg - 20), FILE_READ);
		assert_int_equal(file_reader_end(r), FILE_READ_LOST);
		file_reader_free(r);
		assert_int_equal(kill(pid, 0), -1);
		r = file_reader_begin(1, &sink);
		assert_int_equal(read_whole(r, jpeg, sizeof jpeg), FILE_READ);
		file_reader_free(r);
	}
	buf_free(&out);
}

/* One that ended while it was idle is not noticed by anybody. */
static void
an_idle_child_that_is_gone_is_replaced(void **state)
{
	struct buf out = { 0 };
	const struct clean_sink sink = { &out, keep, patch };
	struct file_reader *r = file_reader_begin(1, &sink);
	pid_t pid = file_reader_pid(r);
	siginfo_t gone;

	(void)state;
	file_reader_free(r);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitid(P_PID, (id_t)pid, &gone, WEXITED | WNOWAIT), 0);
	r = file_reader_begin(1, &sink);
	assert_int_equal(read_whole(r, jpeg, sizeof jpeg), FILE_READ);
	file_reader_free(r);
	buf_free(&out);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_loses_what_it_says),
		cmocka_unit_test(long_ones_come_whole),
		cmocka_unit_test(half_a_picture_is_damaged_and_the_child_goes_on),
		cmocka_unit_test(nobody_gets_the_child_of_another),
		cmocka_unit_test(a_child_that_is_gone_costs_its_file_only),
		cmocka_unit_test(an_idle_child_that_is_gone_is_replaced),
	};

	if (argc == 2)
		file_reader_main(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
