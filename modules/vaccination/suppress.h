/*
 * Small numbers of a table that are not told, and besides them so many others that nobody
 * can reckon them out of sums (complementary suppression). Pure.
 *
 * A cell is how many of `people` have had a vaccine; people are known to everybody, by the
 * register. Hidden is a cell of which fewer than SUPPRESS_LEAST, but some, have or have
 * not. Each hidden one becomes a corner of a rectangle of hidden ones in which numbers
 * can be moved around without changing any sum (the hypercube method of Repsilber), so that
 * what the sums allow for it spans SUPPRESS_LEAST where its people are so many.
 */
#ifndef SUPPRESS_H
#define SUPPRESS_H

#include <stddef.h>

enum { SUPPRESS_LEAST = 10 };

struct cover {
	int people, given;
	int hidden;
};

/*
 * rows * cols cells, row by row; the last row and the last column are sums. Sets `hidden`.
 * Where no rectangle protects a cell, because people are few, the sums alone are shown, and
 * of them only those that leave enough together; of a small town nothing.
 */
void suppress(struct cover *, size_t rows, size_t cols);

#endif
