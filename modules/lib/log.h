/*
 * One JSON line an occurrence on standard error, never with the value of an
 * input, a name, or a text from the database.
 */
#ifndef LOG_H
#define LOG_H

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/*
 * Lines below this level are dropped (until then: below LOG_INFO). Call once,
 * before threads start; `program` is kept, not copied.
 */
void log_open(const char *program, enum log_level least);

/*
 * Writes {"at","level","program","what", key: value …}. The arguments after
 * `what` are pairs of const char *, ended by NULL; a value is cut at 400 bytes
 * and escaped. `what` is a fixed text; a value is a name of ours (a route, a
 * statement, an error's name), a number made text, or the system's reason.
 * A value of NULL is written as null and ends the list: pass what may be NULL
 * last, or as "". A line is one write(2) of at most PIPE_BUF bytes; pairs that
 * no longer fit are left out and "cut":"1" says so. Keeps errno.
 */
void log_line(enum log_level, const char *what, ...)
    __attribute__((sentinel));

#endif
