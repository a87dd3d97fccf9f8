/* tomozuna-feed --check FILE ...: what is in documents, without keeping them. */
#ifndef CHECK_H
#define CHECK_H

/*
 * Prints one JSON line an item of each file on standard output; what was left out
 * or mended, and why a document is refused, on standard error, a line each that
 * begins with the file's name. Exit status: 0, or 1 if a document was refused.
 */
int check_files(int n, char *const files[]);

#endif
