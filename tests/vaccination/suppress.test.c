/*
 * Small numbers that are not told: an attacker who knows the method, all sums that are shown
 * and how many people live where, tries to reckon them out.
 */
#include "suppress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 4, COLS = 4, MOST = 12 };

/* The sums into the last row and column. */
static void
add_up(struct cover *t, size_t rows, size_t cols)
{
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < cols; c++) {
			struct cover *x = &t[r * cols + c];

			if (r + 1 < rows && c + 1 < cols)
				continue;
			*x = (struct cover){ 0 };
			for (size_t i = 0; i + 1 < rows; i++)
				for (size_t j = 0; j + 1 < cols; j++)
					if ((r + 1 == rows || i == r) &&
					    (c + 1 == cols || j == c)) {
						x->people += t[i * cols + j].people;
						x->given += t[i * cols + j].given;
					}
		}
}

struct range { int from, to; };

/* What one line (its last cell the sum of the others) says of each of its cells. 1: news. */
static int
narrow_line(struct range *const *line, size_t n)
{
	int changed = 0, from = 0, to = 0;
	struct range *sum = line[n - 1];

	for (size_t i = 0; i + 1 < n; i++) {
		from += line[i]->from;
		to += line[i]->to;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		int a = sum->from - (to - line[i]->to);
		int b = sum->to - (from - line[i]->from);

		if (a > line[i]->from)
			line[i]->from = a, changed = 1;
		if (b < line[i]->to)
			line[i]->to = b, changed = 1;
	}
	if (from > sum->from)
		sum->from = from, changed = 1;
	if (to < sum->to)
		sum->to = to, changed = 1;
	return changed;
}

/* The attack: bounds from row to column and back, until nothing new comes of it. */
static void
attack(const struct cover *t, size_t rows, size_t cols, struct range *know)
{
	struct range *line[MOST];
	int changed = 1;

	for (size_t i = 0; i < rows * cols; i++)
		know[i] = t[i].hidden ? (struct range){ 0, t[i].people } :
		    (struct range){ t[i].given, t[i].given };
	while (changed) {
		changed = 0;
		for (size_t r = 0; r < rows; r++) {
			for (size_t c = 0; c < cols; c++)
				line[c] = &know[r * cols + c];
			changed |= narrow_line(line, cols);
		}
		for (size_t c = 0; c < cols; c++) {
			for (size_t r = 0; r < rows; r++)
				line[r] = &know[r * cols + c];
			changed |= narrow_line(line, rows);
		}
	}
}

static int
is_small(const struct cover *x)
{
	int not = x->people - x->given;

	return (x->given > 0 && x->given < SUPPRESS_LEAST) ||
	    (not > 0 && not < SUPPRESS_LEAST);
}

/* No small one is told, none can be reckoned out. */
static void
assert_safe(struct cover *t, size_t rows, size_t cols)
{
	struct range know[MOST * MOST];

	suppress(t, rows, cols);
	attack(t, rows, cols, know);
	for (size_t i = 0; i < rows * cols; i++) {
		if (!is_small(&t[i]))
			continue;
		assert_true(t[i].hidden);
		assert_true(know[i].from < know[i].to);
	}
}

/* One small number: alone it would be what the sum leaves. */
static void
test_complement(void **state)
{
	struct cover t[ROWS * COLS] = {
		{ 100, 50 }, { 100, 40 }, { 100, 60 }, { 0 },
		{ 100, 3 }, { 100, 45 }, { 100, 55 }, { 0 },
		{ 100, 70 }, { 100, 35 }, { 100, 65 }, { 0 } };
	struct range know[ROWS * COLS];
	int hidden = 0;

	(void)state;
	add_up(t, ROWS, COLS);
	assert_safe(t, ROWS, COLS);
	attack(t, ROWS, COLS, know);
	for (size_t i = 0; i < ROWS * COLS; i++)
		hidden += t[i].hidden;
	assert_int_equal(hidden, 4);
	assert_true(know[4].to - know[4].from >= SUPPRESS_LEAST);
	assert_false(t[ROWS * COLS - 1].hidden);

	/* The attack is one that finds what only the small ones being hidden would give away. */
	for (size_t i = 0; i < ROWS * COLS; i++)
		t[i].hidden = is_small(&t[i]);
	attack(t, ROWS, COLS, know);
	assert_int_equal(know[4].from, 3);
	assert_int_equal(know[4].to, 3);
}

/* Two of one each in a row: the sum of both says that each is one. */
static void
test_two_ones(void **state)
{
	struct cover t[ROWS * COLS] = {
		{ 90, 1 }, { 90, 1 }, { 90, 60 }, { 0 },
		{ 90, 30 }, { 90, 45 }, { 90, 55 }, { 0 },
		{ 90, 70 }, { 90, 35 }, { 90, 65 }, { 0 } };

	(void)state;
	add_up(t, ROWS, COLS);
	assert_safe(t, ROWS, COLS);
}

static void
test_everybody_but_one(void **state)
{
	struct cover t[ROWS * COLS] = {
		{ 90, 89 }, { 90, 50 }, { 90, 60 }, { 0 },
		{ 90, 30 }, { 90, 45 }, { 90, 55 }, { 0 },
		{ 90, 70 }, { 90, 35 }, { 90, 65 }, { 0 } };

	(void)state;
	add_up(t, ROWS, COLS);
	assert_safe(t, ROWS, COLS);
	assert_true(t[0].hidden);
}

/* None and all are told: of nobody in particular. Who lives alone in an area is not. */
static void
test_edges(void **state)
{
	struct cover none[2 * 2] = { { 40, 0 } }, one[2 * 2] = { { 1, 1 } };

	(void)state;
	add_up(none, 2, 2);
	suppress(none, 2, 2);
	assert_false(none[0].hidden);
	add_up(one, 2, 2);
	suppress(one, 2, 2);
	for (size_t i = 0; i < 4; i++)
		assert_true(one[i].hidden);
}

/* A village of few a cell, and enough in sum: the sums are shown, nothing of the cells. */
static void
test_village(void **state)
{
	struct cover t[ROWS * COLS] = {
		{ 1, 1 }, { 9, 5 }, { 15, 8 }, { 0 },
		{ 2, 2 }, { 16, 9 }, { 16, 8 }, { 0 },
		{ 0, 0 }, { 16, 9 }, { 27, 15 }, { 0 } };
	int shown = 0;

	(void)state;
	add_up(t, ROWS, COLS);
	assert_safe(t, ROWS, COLS);
	assert_false(t[ROWS * COLS - 1].hidden);
	for (size_t i = 0; i < ROWS * COLS; i++)
		shown += !t[i].hidden;
	assert_true(shown > 1);
}

/* Whatever the town: a thousand of them by dice that fall the same each time. */
static void
test_towns(void **state)
{
	uint32_t dice = 7;

	(void)state;
	for (int n = 0; n < 1000; n++) {
		struct cover t[MOST * MOST] = { { 0 } };
		size_t rows = 2 + (size_t)n % (MOST - 1), cols = 2 + (size_t)n / 90 % 7;
		int size = n % 3 == 0 ? 12 : 60;

		for (size_t i = 0; i < rows * cols; i++) {
			dice = dice * 1664525 + 1013904223;
			t[i].people = (int)(dice >> 16) % size;
			dice = dice * 1664525 + 1013904223;
			t[i].given = t[i].people == 0 ? 0 :
			    (int)(dice >> 16) % (t[i].people + 1);
		}
		add_up(t, rows, cols);
		assert_safe(t, rows, cols);
		assert_true(t[rows * cols - 1].hidden ==
		    is_small(&t[rows * cols - 1]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_complement),
		cmocka_unit_test(test_two_ones),
		cmocka_unit_test(test_everybody_but_one),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_village),
		cmocka_unit_test(test_towns)
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
