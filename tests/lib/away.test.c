/* Rows and statements as bytes: what was written is read, and nothing else is. */
#include "away.h"

#include "arena.h"
#include "text.h"
#include "unit.h"

struct thing {
	int64_t id;
	const char *name, *note;
	const struct ref *ref;
	struct db_bytes token;
	utc_ms at;
	struct db_maybe until, born;
	civil_date on;
	int flag;
	int64_t made;		/* calc: not of the wire */
};

static const struct db_col cols[] = {
	{ "id", DB_KEY, 0, offsetof(struct thing, id) },
	{ "name", DB_TEXT, 0, offsetof(struct thing, name) },
	{ "note", DB_TEXT, 1, offsetof(struct thing, note) },
	{ "ref", DB_REF, 1, offsetof(struct thing, ref) },
	{ "token", DB_BYTES, 0, offsetof(struct thing, token) },
	{ "at", DB_UTC, 0, offsetof(struct thing, at) },
	{ "until", DB_UTC, 1, offsetof(struct thing, until) },
	{ "born", DB_DATE, 1, offsetof(struct thing, born) },
	{ "on", DB_DATE, 0, offsetof(struct thing, on) },
	{ "flag", DB_BOOL, 0, offsetof(struct thing, flag) },
	{ "made", DB_I64, 0, offsetof(struct thing, made) }
};

static const struct db_row row = { "thing", sizeof(struct thing), 11, cols, 10 };

static const struct ref some = { .b = { 1, 2, 3, 0, 5 } };

static const struct thing things[] = {
	{ .id = INT64_MIN, .name = "", .token = { (const unsigned char *)"a\0b", 3 },
	  .at = -1, .until = { 1, 0 }, .on = -36524, .flag = 1, .made = 7 },
	{ .id = 2, .name = "名", .note = "x", .ref = &some,
	  .token = { (const unsigned char *)"", 0 }, .born = { 1, -9 } }
};

static struct buf
written(void)
{
	const struct db_set set = { things, 2, &row };
	struct buf b = { 0 };

	rows_write(&b, &row, &set);
	return b;
}

static void
rows_come_back(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	struct buf b = written();
	const unsigned char *p = (unsigned char *)b.p, *end = p + b.n;
	const struct thing *t;
	struct db_set set;

	(void)state;
	assert_int_equal(rows_read(&p, end, &row, mem, &set), 0);
	assert_ptr_equal(p, end);
	assert_int_equal(set.n, 2);
	t = set.rows;
	assert_true(t[0].id == INT64_MIN && t[0].at == -1 && t[0].flag == 1);
	assert_string_equal(t[0].name, "");
	assert_null(t[0].note);
	assert_null(t[0].ref);
	assert_int_equal(t[0].token.n, 3);
	assert_memory_equal(t[0].token.p, "a\0b", 3);
	assert_true(t[0].until.set && t[0].until.v == 0 && !t[0].born.set);
	assert_int_equal(t[0].on, -36524);
	assert_int_equal(t[0].made, 0);
	assert_string_equal(t[1].name, "名");
	assert_string_equal(t[1].note, "x");
	assert_memory_equal(t[1].ref->b, some.b, REF_BYTES);
	assert_true(t[1].born.set && t[1].born.v == -9);
	buf_free(&b);
	arena_free(mem);
}

/* Cut anywhere, or one byte longer in front: refused, and nothing is read past it. */
static void
what_is_cut_is_refused(void **state)
{
	struct arena *mem = arena_new(1 << 24);
	struct buf b = written();
	struct db_set set;

	(void)state;
	for (size_t n = 0; n < b.n; n++) {
		unsigned char *cut = malloc(n + 1);
		const unsigned char *p = cut;

		memcpy(cut, b.p, n);
		assert_int_equal(rows_read(&p, cut + n, &row, mem, &set), -1);
		assert_ptr_equal(p, cut);
		free(cut);
	}
	buf_free(&b);
	arena_free(mem);
}

static const struct db_param params[] = {
	{ "patient", DB_KEY, 0 }, { "note", DB_TEXT, 1 }, { "ref", DB_REF, 0 },
	{ "n", DB_I64, 1 }
};
static const struct db_query query = {
	.name = "test_put", .verb = DB_EXEC, .writes = 1, .nparam = 4,
	.param = params
};
static const struct db_query *const queries[] = { &query, NULL };
static const struct db_query *const *const lists[] = { queries, NULL };
static const struct db_query *const *const no_lists[] = { NULL };

static void
acts_come_back_by_name(void **state)
{
	struct arena *mem = arena_new(1 << 20);
	char note[] = "x";
	struct ref ref = some;
	const union db_val in[] = { { .i64 = -5 }, { .text = note },
		{ .ref = &ref }, { .maybe = { 0, 0 } } };
	struct acts acts = { 0 };
	struct buf b = { 0 };
	const unsigned char *p;
	struct act act;

	(void)state;
	acts_add(&acts, mem, &query, in);
	acts_add(&acts, mem, &query, in);
	note[0] = 'y';			/* it has its own */
	ref.b[0] = 99;
	assert_non_null(acts.first->next);
	assert_null(acts.first->next->next);
	act_write(&b, acts.first);
	p = (unsigned char *)b.p;
	assert_int_equal(act_read(&p, p + b.n, lists, mem, &act), 0);
	assert_ptr_equal(act.query, &query);
	assert_int_equal(act.in[0].i64, -5);
	assert_string_equal(act.in[1].text, "x");
	assert_memory_equal(act.in[2].ref->b, some.b, REF_BYTES);
	assert_false(act.in[3].maybe.set);
	p = (unsigned char *)b.p;
	assert_int_equal(act_read(&p, p + b.n, no_lists, mem, &act), -1);
	buf_free(&b);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back),
		cmocka_unit_test(what_is_cut_is_refused),
		cmocka_unit_test(acts_come_back_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
