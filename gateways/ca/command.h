/* Commands that settings name: a fixed list of words, never a shell. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stddef.h>

enum { COMMAND_WORDS_MAX = 32, COMMAND_BYTES_MAX = 1000 };

/*
 * Splits `text` at blanks and runs the first word, by its path, with the
 * others; nothing is read or written by it but what it opens. Killed after
 * `seconds`. An empty text does nothing and is a success. 0, or -1 with one
 * line in `why`.
 */
int command_run(const char *text, int seconds, char *why, size_t why_bytes);

#endif
