/*
 * Pages of a stored PDF as pictures, one at a time, marked with whose copy it is. Nothing of
 * the PDF itself ever leaves, and no picture is stored.
 *
 * The PDF is a stranger's, so a child in a cage (sandbox.h) takes it apart and draws the
 * page, by poppler. It has no file: it asks for the parts that it wants, and a page of a
 * paper of 40 MB wants few of them. A child a page; it ends with it.
 */
#ifndef LEAF_H
#define LEAF_H

#include "module.h"

enum {
	LEAVES_AT_A_TIME = 2,	/* another page waits for its turn, */
	LEAF_SECONDS = 20,	/* so long at most, turn and drawing */
	LEAVES_MOST = 1000,	/* of one paper */
	LEAF_WORDS_MAX = 200000	/* bytes of its text that are looked at */
};

/* The child's only argument, and its life. */
#define LEAF_ARGUMENT "--leaf"
int leaf_main(void);

/* What is in a paper: how many pages, and its text as far as it has any. */
struct leaves {
	int n;
	const char *words;	/* "" of one that is all pictures */
};

/*
 * Looks through a kept file of at most LEAVES_MOST pages. 0, or -1: it is no PDF that can
 * be shown (damaged, locked by a password, too many pages).
 */
int leaf_count(struct req *, int64_t file, struct leaves *);

/*
 * Answers with a page, from 1, as JPEG, `mark` written across it. 200; 404 when there is
 * no such page; 503 when it could not be drawn.
 */
int leaf_answer(struct req *, int64_t file, int64_t page, const char *mark);

#endif
