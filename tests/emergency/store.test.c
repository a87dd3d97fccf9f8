/* The sealed store: what it keeps, what a stranger reads in it, what it does not believe. */
#include "store.h"

#include "arena.h"
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE ((size_t)16 << 20)

static const struct seal_key key = { { 7 } }, other = { { 8 } };

static char folder[64];

static struct store *
opened(const struct seal_key *k)
{
	char why[200];
	struct store *s = store_open(folder, SIZE, k, why, sizeof why);

	if (s == NULL)
		fail_msg("%s", why);
	return s;
}

static int
make_folder(void **state)
{
	(void)state;
	(void)snprintf(folder, sizeof folder, "/tmp/storeXXXXXX");
	return mkdtemp(folder) == NULL;
}

static int
drop_folder(void **state)
{
	char path[100];

	(void)state;
	(void)snprintf(path, sizeof path, "%s/data.mdb", folder);
	(void)unlink(path);
	(void)snprintf(path, sizeof path, "%s/lock.mdb", folder);
	(void)unlink(path);
	return rmdir(folder);
}

static struct store_name
name_of(const struct store *s, const char *head, const char *tail)
{
	return store_name(s, 'T', head, strlen(head), tail, strlen(tail));
}

static void
put(struct store *s, const char *head, const char *tail, const char *value)
{
	struct store_unit *u = store_begin(s, 1);
	struct store_name n = name_of(s, head, tail);

	store_put(u, &n, value, strlen(value));
	assert_int_equal(store_end(u, 1), 0);
}

/* Its value, "" if there is none. */
static const char *
get(struct store *s, struct arena *mem, const char *head, const char *tail)
{
	struct store_unit *u = store_begin(s, 0);
	struct store_name n = name_of(s, head, tail);
	struct db_bytes v = store_get(u, &n, mem);

	assert_int_equal(store_end(u, 0), 0);
	return v.p == NULL ? "" : arena_copy(mem, v.p, v.n);
}

static void
keeps_what_is_committed(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	struct store *s = opened(&key);
	struct store_unit *u;
	struct store_name n;

	(void)state;
	put(s, "a", "1", "one");
	put(s, "a", "1", "uno");
	u = store_begin(s, 1);
	n = name_of(s, "a", "2");
	store_put(u, &n, "two", 3);
	assert_int_equal(store_end(u, 0), 0);
	store_close(s);
	s = opened(&key);
	assert_string_equal(get(s, mem, "a", "1"), "uno");
	assert_string_equal(get(s, mem, "a", "2"), "");
	store_close(s);
	arena_free(mem);
}

static void
another_key_opens_nothing(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	struct store *s = opened(&key);

	(void)state;
	put(s, "a", "1", "one");
	store_close(s);
	s = opened(&other);
	assert_string_equal(get(s, mem, "a", "1"), "");
	store_close(s);
	arena_free(mem);
}

static unsigned char *
whole_file(size_t *n)
{
	char path[100];
	struct stat st;
	unsigned char *p;
	int fd;

	(void)snprintf(path, sizeof path, "%s/data.mdb", folder);
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	p = malloc((size_t)st.st_size);
	assert_int_equal(read(fd, p, (size_t)st.st_size), st.st_size);
	(void)close(fd);
	*n = (size_t)st.st_size;
	return p;
}

static void
a_stolen_disk_tells_nothing(void **state)
{
	struct store *s = opened(&key);
	unsigned char *p;
	size_t n;

	(void)state;
	put(s, "Sakuma Hanako", "000-555-0101", "penicillin");
	store_close(s);
	p = whole_file(&n);
	assert_null(memmem(p, n, "Sakuma", 6));
	assert_null(memmem(p, n, "000-555", 7));
	assert_null(memmem(p, n, "penicillin", 10));
	free(p);
}

/* Each byte of a value that is turned over makes it none. */
static void
what_was_altered_is_left_out(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	struct store *s = opened(&key);
	struct store_name name;
	char path[100];
	unsigned char *p, *at;
	size_t n;
	int fd;

	(void)state;
	put(s, "a", "1", "one");
	name = name_of(s, "a", "1");
	store_close(s);
	p = whole_file(&n);
	at = memmem(p, n, name.b, sizeof name.b);
	assert_non_null(at);
	at[sizeof name.b + SEAL_NONCE_BYTES] ^= 1;
	(void)snprintf(path, sizeof path, "%s/data.mdb", folder);
	fd = open(path, O_WRONLY);
	assert_int_equal(write(fd, p, n), n);
	(void)close(fd);
	free(p);
	s = opened(&key);
	assert_string_equal(get(s, mem, "a", "1"), "");
	store_close(s);
	arena_free(mem);
}

static int
count(void *of, const struct store_name *name, struct db_bytes v)
{
	(void)name;
	(void)v;
	++*(int *)of;
	return 0;
}

static int
drop(void *of, const struct store_name *name, struct db_bytes v)
{
	(void)v;
	store_drop(of, name);
	return 0;
}

static int
under(struct store *s, struct arena *mem, const char *head)
{
	struct store_unit *u = store_begin(s, 0);
	struct store_name n = name_of(s, head, "");
	int found = 0;

	(void)store_each(u, &n, 1 + STORE_HEAD, mem, count, &found);
	(void)store_end(u, 0);
	return found;
}

static void
goes_through_what_is_under_a_head(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	struct store *s = opened(&key);
	struct store_name n = name_of(s, "a", "");
	struct store_unit *u;
	char tail[8];

	(void)state;
	for (int i = 0; i < 50; i++) {
		(void)snprintf(tail, sizeof tail, "%d", i);
		put(s, "a", tail, "x");
		put(s, "b", tail, "y");
	}
	assert_int_equal(under(s, mem, "a"), 50);
	u = store_begin(s, 1);
	(void)store_each(u, &n, 1 + STORE_HEAD, mem, drop, u);
	assert_int_equal(store_end(u, 1), 0);
	assert_int_equal(under(s, mem, "a"), 0);
	assert_int_equal(under(s, mem, "b"), 50);
	store_close(s);
	arena_free(mem);
}

static void
numbers_stay_in_order_and_some_kinds_outlive_a_clearing(void **state)
{
	const struct store_name all = { .b = { 'A' } };
	struct arena *mem = arena_new(1 << 20);
	struct store *s = opened(&key);
	struct store_unit *u = store_begin(s, 1);
	struct store_name n = { 0 };
	int found = 0;

	(void)state;
	for (uint64_t i = 300; i > 200; i--) {
		n = store_numbered('A', i);
		store_put(u, &n, "x", 1);
	}
	assert_int_equal(store_number(&n), 201);
	assert_int_equal(store_end(u, 1), 0);
	put(s, "a", "1", "one");
	u = store_begin(s, 1);
	store_clear(u, "A");
	assert_int_equal(store_end(u, 1), 0);
	assert_string_equal(get(s, mem, "a", "1"), "");
	u = store_begin(s, 0);
	(void)store_each(u, &all, 1, mem, count, &found);
	(void)store_end(u, 0);
	assert_int_equal(found, 100);
	store_close(s);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_what_is_committed, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(another_key_opens_nothing, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(a_stolen_disk_tells_nothing, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(what_was_altered_is_left_out, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(goes_through_what_is_under_a_head, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(numbers_stay_in_order_and_some_kinds_outlive_a_clearing, make_folder, drop_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
