/*
 * multipart/form-data (RFC 7578) as it arrives, in pieces of any size: nothing
 * is held but the head of the part under way. Stricter than the RFC: no
 * preamble, no epilogue, lines end in CR LF, and no transfer encoding, none of
 * which a browser sends. Internal.
 */
#ifndef MULTIPART_H
#define MULTIPART_H

#include "form.h"

enum {
	BOUNDARY_MAX = 70,		/* RFC 2046, 5.1.1 */
	PART_FILE_MAX = 1000,		/* bytes of a file's name as sent */
	PART_HEAD_MAX = 4096		/* bytes of the lines before a part */
};

/* Which part: a field or, when the client named a file, a file. */
struct part {
	char name[FIELD_NAME_MAX + 1];	/* letters, digits and _ only */
	char file[PART_FILE_MAX + 1];	/* its name, unchecked bytes */
	int is_file;			/* even where the name is empty */
};

/* Where the parts go. Each returns 0, or -1 to stop. */
struct multipart_sink {
	void *of;
	int (*begin)(void *of, const struct part *);
	int (*put)(void *of, const void *p, size_t n);
	int (*end)(void *of);
};

enum multipart_fault {
	MULTIPART_FINE,
	MULTIPART_MALFORMED,		/* no such body */
	MULTIPART_STOPPED		/* the sink did not want more */
};

struct multipart {
	const struct multipart_sink *sink;
	enum multipart_fault fault;
	struct part part;		/* the one under way, for messages */
	int state, parts;
	char delimiter[BOUNDARY_MAX + 5];
	size_t delimiter_n;
	size_t n;			/* bytes held, which begin at `held` */
	char held[2 * PART_HEAD_MAX];
};

/*
 * Begins; `type` is the request's Content-Type. 0, or -1 when it is not
 * multipart/form-data with one boundary. The sink must outlive it.
 */
int multipart_begin(struct multipart *, const char *type,
    const struct multipart_sink *);

/* Takes the next bytes. After a fault it does nothing. */
enum multipart_fault multipart_put(struct multipart *, const char *p, size_t n);

/* The body is over: MULTIPART_MALFORMED when it should not be. */
enum multipart_fault multipart_end(struct multipart *);

#endif
