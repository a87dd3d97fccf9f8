/*
 * What strangers sent is looked at by a child in a sandbox (sandbox.h): what it is,
 * by libmagic (file_type.h), and what it says besides (clean.h). The child is the
 * program itself, started anew with FILE_READER_ARGUMENT: no settings, no keys, no
 * database. It is kept for the next file of the same person, never for another's:
 * what took it over could carry one's file into the other's. One that a file was too
 * much for is gone, and that file with it. Its answers are believed as little as the
 * file.
 */
#ifndef FILE_READER_H
#define FILE_READER_H

#include "clean.h"

enum {
	FILE_READER_SECONDS = 10,	/* for one piece; then it is killed */
	FILE_READER_FILES = 200,	/* a child */
	FILE_READERS_KEPT = 4		/* idle; then the oldest goes */
};

/* The child's only argument. */
#define FILE_READER_ARGUMENT "--read-files"

enum file_read {
	FILE_READ,		/* go on */
	FILE_READ_DAMAGED,	/* it is not what it says it is */
	FILE_READ_STOPPED,	/* the sink did not want more */
	FILE_READ_LOST		/* the child died of it, or took too long */
};

struct file_reader;

/* A child for a file of this user; its cleaned bytes go to the sink. NULL: there is none. */
struct file_reader *file_reader_begin(int64_t whose, const struct clean_sink *);

/*
 * The first FILE_TYPE_BYTES, or all when there are fewer: says the type, "" when
 * there is none, and cleans them. After anything but FILE_READ only
 * file_reader_free may follow.
 */
enum file_read file_reader_front(struct file_reader *, const void *p, size_t n);

/* What comes behind, in pieces of any size, gathered; then the end. */
enum file_read file_reader_put(struct file_reader *, const void *p, size_t n);
enum file_read file_reader_end(struct file_reader *);

/* Media type; pixels, 0 while they are not known. */
const char *file_reader_type(const struct file_reader *);
int64_t file_reader_width(const struct file_reader *);
int64_t file_reader_height(const struct file_reader *);

/* Gives the child back. NULL is allowed. */
void file_reader_free(struct file_reader *);

/* hooks.child: lives the child's life if `argument` is the one above. */
void file_reader_main(const char *argument);

#endif
