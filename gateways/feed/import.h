/*
 * tomozuna-feed --import and --replay: telegrams out of files, and stored ones
 * read again. Beside a running gateway, by the same account.
 */
#ifndef IMPORT_H
#define IMPORT_H

/* 1 if the arguments ask for one of the two. */
int import_is_asked(int argc, char **argv);

/*
 * Does it. Exit status: 0 done, also when some were refused; 1 when settings,
 * database or a file failed; 2 wrong usage.
 */
int import_main(int argc, char **argv);

#endif
