/* What the parent writes to its reader, and what it gets. Internal to parse.h. */
#ifndef CHILD_H
#define CHILD_H

#include <stddef.h>
#include <stdint.h>

enum { CHARSET_BYTES = 40, PLACE_BYTES = 1001 };

/* A document: this, then its bytes. */
struct child_request {
	uint64_t bytes;
	uint64_t items;			/* at most so many */
	int64_t zone_min;		/* of times that do not say their zone */
	char charset[CHARSET_BYTES];	/* of Content-Type; "" = none */
	char place[PLACE_BYTES];	/* as reading.h has it; "" = none */
};

/*
 * What came of it: this, then the bytes that wire_get reads. `need` names a
 * converter that a new child must open first; then nothing follows.
 */
struct child_answer {
	uint64_t bytes;
	char need[CHARSET_BYTES];
};

/* The child's life: opens converters, enters the sandbox, serves. Never returns. */
_Noreturn void child_main(int in, int out, size_t memory, const char *charset);

#endif
