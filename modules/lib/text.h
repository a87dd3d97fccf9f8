/*
 * Text: a buffer that grows, and what must be true of characters from outside.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * A buffer for building an answer. Zero-initialise it; buf_free when done.
 * Growing past BUF_MAX_BYTES or out of memory sets `failed` and drops what
 * comes after, so that a writer checks once, at its end.
 */
enum { BUF_MAX_BYTES = 16 * 1024 * 1024 };

struct buf {
	char *p;	/* not NUL-terminated; see buf_text */
	size_t n, cap;
	int failed;
};

/* Append bytes, a text, a character, a formatted text, a number in digits. */
void buf_put(struct buf *, const char *p, size_t n);
void buf_puts(struct buf *, const char *text);
void buf_putc(struct buf *, char c);
void buf_printf(struct buf *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_i64(struct buf *, int64_t);

/* The same of a number of tenths: 368 is 36.8. */
void buf_tenths(struct buf *, int64_t);

/* Escapes & < > " ' for HTML text and quoted attributes. */
void buf_html(struct buf *, const char *p, size_t n);

/* A JSON string with its quotes (RFC 8259); input must be valid UTF-8. */
void buf_json(struct buf *, const char *p, size_t n);

/* Percent-encodes all but RFC 3986's unreserved characters. */
void buf_url(struct buf *, const char *p, size_t n);

/* The content with a NUL behind it; "" when it failed. Valid until changed. */
const char *buf_text(struct buf *);

/* Empties it but keeps its memory; clears `failed`. */
void buf_reset(struct buf *);
void buf_free(struct buf *);

/*
 * What is wrong with text from outside, if anything. Valid means UTF-8
 * (RFC 3629: no surrogate, no overlong form), no NUL, no C0 or C1 control or
 * DEL but, when `lines` is true, tab, line feed and carriage return (which
 * text_normal turns into line feed); no non-character; none of the
 * bidirectional overrides U+202A..202E and U+2066..2069, which make a text
 * read otherwise than it is; no more than TEXT_MARKS_MAX combining marks in a
 * row (UAX 15's stream-safe limit: sorting them costs the square of their
 * number, seconds for 64 KiB). What is not UTF-8 is TEXT_NOT_UTF8, the rest
 * TEXT_CONTROL; the first fault counts.
 */
enum { TEXT_MARKS_MAX = 30 };
enum text_fault { TEXT_OK, TEXT_NOT_UTF8, TEXT_CONTROL };
enum text_fault text_check(const char *p, size_t n, int lines);

/*
 * Normal form C, CR LF and CR turned into LF, in the arena. The input must
 * have passed text_check; aborts if it is not UTF-8. *out_n, if given, is its
 * length in bytes.
 */
char *text_normal(struct arena *, const char *p, size_t n, size_t *out_n);

/* Characters (code points) of valid UTF-8. */
size_t text_length(const char *text);

/*
 * Percent-decoding in place; *out_n is the new length, no NUL is added. 0, or
 * -1 on a `%` without two hexadecimal digits (any case); then the bytes are
 * unspecified. A decoded NUL is kept: text_check finds it. url_decode takes
 * `+` for a blank, as forms and queries write it; percent_decode, for paths
 * and headers, leaves it.
 */
int url_decode(char *p, size_t n, size_t *out_n);
int percent_decode(char *p, size_t n, size_t *out_n);

/* Lower-case hexadecimal: `hex` needs 2n + 1 bytes. */
void hex_encode(const unsigned char *p, size_t n, char *hex);

/* Exactly n bytes from 2n lower-case digits and the end. 0, or -1: *p as was. */
int hex_decode(const char *hex, unsigned char *p, size_t n);

/* base64url without padding (RFC 4648, 5); `out` needs (n + 2) / 3 * 4 + 1. */
void base64url_encode(const unsigned char *p, size_t n, char *out);

/*
 * Returns the number of bytes written to `out` (of `room`), or -1. Only what
 * base64url_encode writes is read: no padding, no stray bits.
 */
int base64url_decode(const char *text, unsigned char *out, size_t room);

#endif
