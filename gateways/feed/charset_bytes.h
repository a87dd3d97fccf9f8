/* The part of reading encodings that needs no converter. */
#ifndef CHARSET_BYTES_H
#define CHARSET_BYTES_H

#include "charset.h"

/* Valid UTF-8 all through? Pure ASCII is. */
int bytes_is_utf8(const char *, size_t);

/* Seven-bit with escapes to Japanese sets? */
int bytes_is_jis(const char *, size_t);

/*
 * A byte order mark, or the zeros around `<`, that say UTF-8, UTF-16 or UTF-32:
 * decodes and returns 1. 0 when there is none.
 */
int bytes_marked(const char *, size_t, struct decoded *);

/* UTF-8 with U+FFFD for what is none; windows-1252. 0, or -1 without memory. */
int bytes_utf8(const char *, size_t, struct decoded *);
int bytes_latin(const char *, size_t, struct decoded *);

/* ISO-2022-JP's sets shifted to EUC-JP; *n is the length before and after. */
char *bytes_jis_to_euc(const char *, size_t *n);

/* What a UTF-8 text is made of. `odd`: U+FFFD, C1 and private characters. */
struct bytes_count { size_t kana, kanji, half_kana, odd; };
void bytes_count(const char *, size_t, struct bytes_count *);

#endif
