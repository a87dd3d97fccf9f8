/* Keys of files: what they open, and what they do not. */
#include "file_own.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

static const char one[] = "1 " KEY_A;
static const char two[] = "1 " KEY_A "\n2 " KEY_B "\n";
static const char only_two[] = "2 " KEY_B;

static struct file_what
what(void)
{
	return (struct file_what){ .ref = { { 1, 2, 3 } }, .network = 7,
		.bytes = 100000, .type = "image/jpeg" };
}

static void
generations_are_read(void **state)
{
	static const char *const bad[] = { "", "1", "1 ", "x " KEY_A,
		"0 " KEY_A, "-1 " KEY_A, "1  " KEY_A, "1 " KEY_A "0",
		"1 " KEY_A " ", "1 " KEY_A "\n\n", "1 " KEY_A "\n1 " KEY_B,
		"2 " KEY_A "\n1 " KEY_B, "99999 " KEY_A, "1 x" KEY_A,
		"1 AA112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
		"1 " KEY_A "\n2 " };
	struct settings s = { .file_keys = two };
	char why[200];

	(void)state;
	assert_int_equal(file_newest(one), 1);
	assert_int_equal(file_newest(two), 2);
	assert_int_equal(file_newest("7 " KEY_A "\n30000 " KEY_B), 30000);
	assert_int_equal(file_ready(&s, why, sizeof why), 0);
	for (size_t i = 0; i < NELEMENTS(bad); i++) {
		assert_int_equal(file_newest(bad[i]), -1);
		s.file_keys = bad[i];
		assert_int_equal(file_ready(&s, why, sizeof why),
		    bad[i][0] == '\0' ? 0 : -1);
	}
	assert_null(strstr(why, "00112233"));
}

static void
a_key_opens_where_it_was_sealed(void **state)
{
	struct file_what w = what(), other;
	unsigned char wrapped[FILE_WRAPPED_BYTES];
	struct seal_key key, out;

	(void)state;
	seal_random(&key, sizeof key);
	assert_int_equal(file_wrap(two, 1, &w, &key, wrapped), 0);
	assert_int_equal(file_unwrap(one, 1, &w, wrapped, sizeof wrapped, &out),
	    0);
	assert_memory_equal(&key, &out, sizeof key);
	assert_int_equal(file_unwrap(two, 2, &w, wrapped, sizeof wrapped,
	    &out), -1);
	assert_int_equal(file_unwrap(only_two, 1, &w, wrapped, sizeof wrapped,
	    &out), -1);
	assert_int_equal(file_wrap(one, 2, &w, &key, wrapped), -1);
	assert_int_equal(file_unwrap(two, 1, &w, wrapped, sizeof wrapped - 1,
	    &out), -1);
	for (int i = 0; i < 4; i++) {
		other = w;
		other.ref.b[15] ^= i == 0;
		other.network += i == 1;
		other.bytes += i == 2;
		other.type = i == 3 ? "text/html" : w.type;
		assert_int_equal(file_unwrap(two, 1, &other, wrapped,
		    sizeof wrapped, &out), -1);
	}
	for (size_t i = 0; i < sizeof wrapped; i++) {
		wrapped[i] ^= 1;
		assert_int_equal(file_unwrap(two, 1, &w, wrapped,
		    sizeof wrapped, &out), -1);
		wrapped[i] ^= 1;
	}
}

/* A chunk is that chunk of that file, and the last or not. */
static void
places_differ(void **state)
{
	unsigned char place[4][FILE_PLACE_BYTES];
	const struct ref a = { { 1 } }, b = { { 2 } };

	(void)state;
	file_place(&a, 1, 0, place[0]);
	file_place(&a, 1, 1, place[1]);
	file_place(&a, 256, 0, place[2]);
	file_place(&b, 1, 0, place[3]);
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < i; k++)
			assert_memory_not_equal(place[i], place[k],
			    FILE_PLACE_BYTES);
}

static void
chunks_are_counted(void **state)
{
	(void)state;
	assert_int_equal(file_chunks(0), 1);
	assert_int_equal(file_chunks(1), 1);
	assert_int_equal(file_chunks(FILE_CHUNK_BYTES), 1);
	assert_int_equal(file_chunks(FILE_CHUNK_BYTES + 1), 2);
	assert_true(FILE_SEALED_BYTES <= 4 * 16330);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(generations_are_read),
		cmocka_unit_test(a_key_opens_where_it_was_sealed),
		cmocka_unit_test(places_differ),
		cmocka_unit_test(chunks_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
