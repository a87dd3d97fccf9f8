/* What goes through the pipes of file_reader.h. */
#ifndef FILE_READER_OWN_H
#define FILE_READER_OWN_H

#include "clean_own.h"
#include "file_reader.h"

#include <sys/types.h>

enum {
	READER_PIECE_BYTES = 64 * 1024,
	/* A piece lets go at most what was held back, a blank for every byte,
	 * and some that are made: an orientation, a size. */
	READER_ANSWER_BYTES = READER_PIECE_BYTES + CLEAN_HELD + 4096,
	READER_TYPE_BYTES = 101,
	READER_PATCH_BYTES = 8, READER_PATCH_END = 64
};

enum reader_step { READER_FRONT = 1, READER_MORE, READER_END };

/* To the child: this, then `bytes`. */
struct reader_request {
	uint32_t step, bytes;
};

/* From it, for each: this, then `bytes`. The first, of zeros, says that it is there. */
struct reader_answer {
	uint32_t fault, bytes;
	int64_t width, height;
	uint32_t patch_at, patch_bytes;
	unsigned char patch[READER_PATCH_BYTES];
	char type[READER_TYPE_BYTES];	/* of a front */
};

/* The child. For tests, which end it. */
pid_t file_reader_pid(const struct file_reader *);

#endif
