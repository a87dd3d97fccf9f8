/*
 * Text of a document made fit for a page: what text_check (lib) would refuse is
 * left out, a line end and the blanks around it are one, as are many blanks; both
 * ends are trimmed, U+3000 among them.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <stddef.h>

struct arena;

/* In characters. Longer ones end in an ellipsis. */
enum { PLAIN_TITLE = 500, PLAIN_NAME = 200, PLAIN_SUMMARY = 2000 };

/* Longest link and id, in bytes. */
enum { PLAIN_LINK = 2000 };

/* One line. NULL for NULL and for nothing but blanks. `text` is valid UTF-8. */
const char *plain_line(struct arena *, const char *text, size_t max_chars);

/* The same with its lines kept. */
const char *plain_lines(struct arena *, const char *text, size_t max_chars);

/*
 * Text out of HTML, as entries of feeds carry it: tags become nothing (a block's
 * a line end), names of characters the characters; script and style fall away.
 */
const char *plain_html(struct arena *, const char *html, size_t max_chars);

/* Does an element of HTML whose name begins here stand on lines of its own? */
int plain_is_block(const char *name);

/*
 * A link resolved against its base (RFC 3986), or NULL unless it is http or https,
 * of visible ASCII (others percent-encoded) and not longer than PLAIN_LINK.
 */
const char *plain_link(struct arena *, const char *link, const char *base);

/* An id: one line, all of it; one longer than PLAIN_LINK bytes is NULL. */
const char *plain_id(struct arena *, const char *);

#endif
