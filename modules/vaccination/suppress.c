#include "suppress.h"

#include <limits.h>

struct grid { struct cover *cell; size_t rows, cols; };

/* Opposite corners of a rectangle. */
struct corners { size_t r, c, r2, c2; };

static struct cover *
at(const struct grid *g, size_t r, size_t c)
{
	return &g->cell[r * g->cols + c];
}

static int
is_small(int n)
{
	return n > 0 && n < SUPPRESS_LEAST;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/*
 * One corner of a rectangle around which numbers are moved: it gets more or less by one, as
 * its sign says; a sum goes with its row or column, so there the sign is the other.
 */
static void
limit(const struct grid *g, size_t r, size_t c, int sign, int *up, int *down)
{
	const struct cover *x = at(g, r, c);

	if ((r + 1 == g->rows) != (c + 1 == g->cols))
		sign = -sign;
	*up = least(*up, sign > 0 ? x->people - x->given : x->given);
	*down = least(*down, sign > 0 ? x->given : x->people - x->given);
}

/* How far its corners can be moved: what stays open of each when all four are hidden. */
static int
width(const struct grid *g, const struct corners *k)
{
	int up = INT_MAX / 2, down = INT_MAX / 2;

	limit(g, k->r, k->c, 1, &up, &down);
	limit(g, k->r, k->c2, -1, &up, &down);
	limit(g, k->r2, k->c, -1, &up, &down);
	limit(g, k->r2, k->c2, 1, &up, &down);
	return least(up + down, SUPPRESS_LEAST);
}

static long
cost_of(const struct cover *x)
{
	return x->hidden ? 0 : x->people + 1L;
}

/* The sum of all is what everybody asks for: no rectangle hides it. */
static int
hides_all_sum(const struct grid *g, const struct corners *k)
{
	int last = k->r + 1 == g->rows || k->r2 + 1 == g->rows;

	return last && (k->c + 1 == g->cols || k->c2 + 1 == g->cols) &&
	    !at(g, g->rows - 1, g->cols - 1)->hidden;
}

/* The rectangle that leaves most open, and of those the one that hides fewest. 0: none. */
static int
best(const struct grid *g, size_t r, size_t c, struct corners *out)
{
	int most = 0;
	long cheapest = 0;

	for (size_t i = 0; i < g->rows; i++)
		for (size_t j = 0; j < g->cols; j++) {
			struct corners k = { r, c, i, j };
			long cost = cost_of(at(g, r, j)) +
			    cost_of(at(g, i, c)) + cost_of(at(g, i, j));
			int w = i == r || j == c || hides_all_sum(g, &k) ? 0 :
			    width(g, &k);

			if (w == 0 || w < most || (w == most && cost >= cheapest))
				continue;
			most = w;
			cheapest = cost;
			*out = k;
		}
	return most;
}

static int
is_told(const struct cover *x)
{
	return !is_small(x->given) && !is_small(x->people - x->given);
}

/*
 * The sums of one kind (a line of `n`, a step apart, the last the sum of all): what is hidden
 * of them is together so much that it says of none of them anything.
 */
static void
guard_line(struct cover *first, size_t step, size_t n)
{
	for (;;) {
		struct cover *least_one = NULL;
		int given = 0, not = 0;

		for (size_t i = 0; i + 1 < n; i++) {
			struct cover *x = &first[i * step];

			if (x->hidden) {
				given += x->given;
				not += x->people - x->given;
			} else if (x->people > 0 && (least_one == NULL ||
			    x->people < least_one->people)) {
				least_one = x;
			}
		}
		if (given + not == 0 || least_one == NULL ||
		    (given >= SUPPRESS_LEAST && not >= SUPPRESS_LEAST))
			return;
		least_one->hidden = 1;
	}
}

/* Where people are too few for rectangles: sums alone, or nothing. */
static void
sums_alone(const struct grid *g)
{
	struct cover *sum = at(g, g->rows - 1, g->cols - 1);

	for (size_t r = 0; r < g->rows; r++)
		for (size_t c = 0; c < g->cols; c++) {
			struct cover *x = at(g, r, c);
			int inside = r + 1 < g->rows && c + 1 < g->cols;

			x->hidden = inside || !is_told(sum) || !is_told(x);
		}
	if (!is_told(sum))
		return;
	guard_line(at(g, g->rows - 1, 0), 1, g->cols);
	guard_line(at(g, 0, g->cols - 1), g->cols, g->rows);
}

void
suppress(struct cover *cell, size_t rows, size_t cols)
{
	struct grid g = { cell, rows, cols };
	struct corners k;

	for (size_t i = 0; i < rows * cols; i++)
		cell[i].hidden = !is_told(&cell[i]);
	for (size_t i = 0; i < rows * cols; i++) {
		if (is_told(&cell[i]))
			continue;
		if (best(&g, i / cols, i % cols, &k) == 0) {
			sums_alone(&g);
			return;
		}
		at(&g, k.r, k.c2)->hidden = 1;
		at(&g, k.r2, k.c)->hidden = 1;
		at(&g, k.r2, k.c2)->hidden = 1;
	}
}
