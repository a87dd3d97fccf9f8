/* A model as JSON, and the joining of children. */
#include "arena.h"
#include "model.h"
#include "text.h"
#include "unit.h"
#include "visit_rows.h"

enum { CAP_BYTES = 4 * 1024 * 1024 };

static struct model *
fresh(void **state)
{
	*state = arena_new(CAP_BYTES);
	return model_new(*state);
}

static int
finish(void **state)
{
	arena_free(*state);
	return 0;
}

static void
says(const struct model *m, const char *expected)
{
	struct buf b = { 0 };

	model_json(m, &b);
	assert_string_equal(buf_text(&b), expected);
	buf_free(&b);
}

static void
scalars(void **state)
{
	struct model *m = fresh(state);

	put_text(m, "name", "\"佐久間\"\n</script>");
	put_text(m, "none", NULL);
	put_i64(m, "n", -9007199254740993);
	put_tenths(m, "warm", 368);
	put_tenths(m, "cold", -5);
	put_bool(m, "yes", 2);
	put_bool(m, "no", 0);
	put_utc(m, "at", NOON + 5);
	put_date(m, "day", 20779);
	put_id(m, &some_ref);
	put_ref(m, "nobody", NULL);
	says(m, "{\"name\":\"\\\"佐久間\\\"\\n</script>\",\"none\":null,"
	    "\"n\":-9007199254740993,\"warm\":36.8,\"cold\":-0.5,\"yes\":true,\"no\":false,"
	    "\"at\":\"2026-11-22T03:00:00.005Z\",\"day\":\"2026-11-22\","
	    "\"id\":\"" SOME_REF "\",\"nobody\":null}");
}

static void
again(void **state)
{
	struct model *m = fresh(state);

	put_i64(m, "a", 1);
	put_text(m, "b", "x");
	put_text(m, "a", "later");
	says(m, "{\"a\":\"later\",\"b\":\"x\"}");
}

static void
many_keys(void **state)
{
	struct model *m = fresh(state);
	struct scope s = model_scope(m);
	struct value v;

	for (int i = 0; i < 100; i++)
		put_i64(m, arena_printf(*state, "k%d", i), i);
	for (int i = 0; i < 100; i++) {
		v = scope_find(&s, arena_printf(*state, "k%d", i));
		assert_int_equal(v.kind, VALUE_I64);
		assert_int_equal(v.u.n, i);
	}
}

static void
objects(void **state)
{
	struct model *m = fresh(state);
	struct model *error = put_object(m, "error");

	put_text(error, "code", "too_long");
	put_text(put_item(m, "list"), "name", "a");
	put_text(put_item(m, "list"), "name", "b");
	put_items(m, "empty");
	put_text(put_item(m, "words"), ".", "x");
	put_i64(put_item(m, "words"), ".", 2);
	says(m, "{\"error\":{\"code\":\"too_long\"},"
	    "\"list\":[{\"name\":\"a\"},{\"name\":\"b\"}],"
	    "\"empty\":[],\"words\":[\"x\",2]}");
}

#define FIRST_JSON "{\"id\":\"" SOME_REF "\",\"kind\":\"note\",\"body\":\"<b>\"," \
	"\"note\":null,\"at\":\"2026-11-22T03:00:00.000Z\",\"seen\":null," \
	"\"due\":\"2026-11-22\",\"urgent\":true,\"author\":{\"name\":\"三好\"," \
	"\"office\":{\"name\":\"むつみ\"}},\"replies\":3"

static const struct entry first = {
	.entry_id = 7, .id = &some_ref, .kind = "note", .body = "<b>",
	.at = NOON, .due = 20779, .urgent = 1, .author__name = "三好",
	.author__office__name = "むつみ", .replies = 3
};

static void
rows(void **state)
{
	struct model *m = fresh(state);
	struct entry e[] = { first, { .entry_id = 8, .id = &some_ref,
	    .kind = "", .body = "", .seen = { 1, NOON } } };
	struct scope s = model_scope(m), at;
	struct value v;

	put_rows(m, "entries", &(struct db_set){ e, 2, &entry_row });
	put_rows(m, "none", &(struct db_set){ NULL, 0, &entry_row });
	put_rows(m, "failed", &(struct db_set){ NULL, 0, NULL });
	says(m, "{\"entries\":[" FIRST_JSON "},{\"id\":\"" SOME_REF "\","
	    "\"kind\":\"\",\"body\":\"\",\"note\":null,"
	    "\"at\":\"1970-01-01T00:00:00.000Z\","
	    "\"seen\":\"2026-11-22T03:00:00.000Z\",\"due\":\"1970-01-01\","
	    "\"urgent\":false,\"author\":null,\"replies\":0}],"
	    "\"none\":[],\"failed\":[]}");
	v = scope_find(&s, "entries");
	assert_int_equal(value_count(&v), 2);
	at = value_at(&v, 0);
	assert_string_equal(scope_find(&at, "author.office.name").u.text, "むつみ");
	assert_int_equal(scope_find(&at, "entry_id").kind, VALUE_NONE);
	assert_int_equal(scope_find(&at, "author.none").kind, VALUE_NONE);
	assert_int_equal(scope_find(&at, "body.none").kind, VALUE_NONE);
	at = value_at(&v, 1);
	assert_int_equal(scope_find(&at, "author").kind, VALUE_NULL);
}

static void
one_row(void **state)
{
	struct model *m = fresh(state);

	put_row(m, "entry", &entry_row, &first);
	put_row(m, "nothing", &entry_row, NULL);
	put_row(m, NULL, &entry_row, NULL);
	says(m, "{\"entry\":" FIRST_JSON "},\"nothing\":null}");
	m = model_new(*state);
	put_row(m, NULL, &entry_row, &first);
	says(m, FIRST_JSON "}");
}

/* Children as "entry: names;" to compare easily. */
static void
children_say(const struct model *m, const char *expected)
{
	struct scope s = model_scope(m);
	struct value entries = scope_find(&s, "entries");
	struct buf b = { 0 };

	for (size_t i = 0; i < value_count(&entries); i++) {
		struct scope row = value_at(&entries, i);
		struct value files = scope_find(&row, "files");

		assert_int_equal(files.kind, VALUE_ROWS);
		for (size_t k = 0; k < value_count(&files); k++) {
			struct scope file = value_at(&files, k);

			buf_puts(&b, scope_find(&file, "name").u.text);
		}
		buf_putc(&b, ';');
	}
	assert_string_equal(buf_text(&b), expected);
	buf_free(&b);
}

static void
children(void **state)
{
	struct model *m = fresh(state);
	struct entry e[] = { { .entry_id = 7 }, { .entry_id = 8 },
	    { .entry_id = -9 }, { .entry_id = 7 }, { .entry_id = 0 } };
	struct file f[] = { { -9, 1, "a" }, { 7, 2, "b" }, { 5, 3, "lost" },
	    { 7, 4, "c" }, { -9, 5, "d" }, { 0, 6, "e" } };

	put_rows(m, "entries", &(struct db_set){ e, 5, &entry_row });
	put_children(m, "entries", "files", &(struct db_set){ f, 6, &file_row },
	    "entry_id");
	children_say(m, "bc;;ad;bc;e;");
	put_children(m, "entries", "files", &(struct db_set){ f, 1, &file_row },
	    "entry_id");
	children_say(m, ";;a;;;");
	put_children(m, "entries", "files", &(struct db_set){ NULL, 0, NULL },
	    "entry_id");
	children_say(m, ";;;;;");
}

static void
many_children(void **state)
{
	enum { PARENTS = 300, CHILDREN = 2000 };
	static struct entry e[PARENTS];
	static struct file f[CHILDREN];
	struct model *m = fresh(state);
	struct scope s = model_scope(m), row, child;
	struct value entries, files;
	size_t total = 0;

	for (int i = 0; i < PARENTS; i++)
		e[i].entry_id = (int64_t)i * 4096;
	for (int i = 0; i < CHILDREN; i++)
		f[i] = (struct file){ (int64_t)((i * 7919) % PARENTS) * 4096, i,
		    arena_printf(*state, "%d", (i * 7919) % PARENTS) };
	put_rows(m, "entries", &(struct db_set){ e, PARENTS, &entry_row });
	put_children(m, "entries", "files",
	    &(struct db_set){ f, CHILDREN, &file_row }, "entry_id");
	entries = scope_find(&s, "entries");
	for (size_t i = 0; i < PARENTS; i++) {
		row = value_at(&entries, i);
		files = scope_find(&row, "files");
		for (size_t k = 0; k < value_count(&files); k++) {
			child = value_at(&files, k);
			assert_int_equal(i, atoi(scope_find(&child, "name").u.text));
		}
		total += value_count(&files);
	}
	assert_int_equal(total, CHILDREN);
}

/* Children of children, by ref, and nulls that belong to nobody. */
static void
levels(void **state)
{
	struct leaf { const struct ref *id; struct db_maybe file_id; int64_t n; };
	static const struct db_col col[] = {
		{ "id", DB_REF, 1, offsetof(struct leaf, id) },
		{ "file_id", DB_KEY, 1, offsetof(struct leaf, file_id) },
		{ "n", DB_I64, 0, offsetof(struct leaf, n) },
	};
	static const struct db_row row = { .name = "leaf",
	    .size = sizeof(struct leaf), .n = 3, .col = col };
	struct ref same = some_ref;
	struct leaf leaf[] = { { &same, { 1, 2 }, 1 }, { NULL, { 0, 2 }, 2 },
	    { &(struct ref){ .b = { 9 } }, { 1, 1 }, 3 } };
	struct file f[] = { { 7, 1, "a" }, { 7, 2, "b" } };
	struct db_set leaves = { leaf, 3, &row };
	struct model *m = fresh(state);
	struct entry e = { .entry_id = 7, .id = &some_ref };
	struct scope s = model_scope(m), at;
	struct value v;

	put_rows(m, "entries", &(struct db_set){ &e, 1, &entry_row });
	put_children(m, "entries", "files", &(struct db_set){ f, 2, &file_row },
	    "entry_id");
	put_children(m, "entries.files", "leaves", &leaves, "file_id");
	put_children(m, "entries", "own", &leaves, "id");
	v = scope_find(&s, "entries");
	at = value_at(&v, 0);
	v = scope_find(&at, "own");
	assert_int_equal(value_count(&v), 1);
	v = scope_find(&at, "files");
	at = value_at(&v, 1);
	v = scope_find(&at, "leaves");
	assert_int_equal(value_count(&v), 1);
	at = value_at(&v, 0);
	assert_int_equal(scope_find(&at, "n").u.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(scalars, finish),
		cmocka_unit_test_teardown(again, finish),
		cmocka_unit_test_teardown(many_keys, finish),
		cmocka_unit_test_teardown(objects, finish),
		cmocka_unit_test_teardown(rows, finish),
		cmocka_unit_test_teardown(one_row, finish),
		cmocka_unit_test_teardown(children, finish),
		cmocka_unit_test_teardown(many_children, finish),
		cmocka_unit_test_teardown(levels, finish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
