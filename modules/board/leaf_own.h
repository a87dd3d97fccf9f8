/* What goes through the socket between leaf.c and its child. */
#ifndef LEAF_OWN_H
#define LEAF_OWN_H

#include "leaf.h"

enum {
	LEAF_PART_BYTES = 4 * 65280,	/* what is asked for: four chunks of a file */
	LEAF_MARK_MAX = 400,
	LEAF_PICTURE_MAX = 8 * 1024 * 1024
};

/* To the child: this, then the mark. */
struct leaf_task {
	int64_t bytes;			/* of the PDF */
	uint32_t page;			/* 0: count and read */
	uint32_t mark_bytes;
};

enum leaf_say { LEAF_WANTS = 1, LEAF_DONE, LEAF_NONE };

/*
 * From it. LEAF_WANTS: the `n` bytes at `at`, which are answered. LEAF_DONE: `at` pages, then `n`
 * bytes of picture or text. LEAF_NONE: there is no such page, or no such PDF.
 */
struct leaf_said {
	int64_t at;
	uint32_t say, n;
};

#endif
