/* What a file is, by its first bytes; its name and what the client says of it do not count. */
#ifndef FILE_TYPE_H
#define FILE_TYPE_H

#include "clean.h"

enum { FILE_TYPE_BYTES = 16384 /* enough for any that is taken */ };

/*
 * Its media type by libmagic, "" when it cannot say; `room` of 100 is enough. Of one
 * thread only: the child that reads files (file_reader.h).
 */
void file_type(const void *p, size_t n, char *type, size_t room);

/* Whether it is one of "image/jpeg|image/png"; "" is none. */
int file_is_one_of(const char *type, const char *choices);

/* How it is cleaned. */
enum clean_format file_format(const char *type);

#endif
