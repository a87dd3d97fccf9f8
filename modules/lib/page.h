/*
 * Pages: HTML files compiled into the program (pagegen.awk) and parsed once at
 * start. `{{x}}` always escapes; there is no raw form, no `{{{x}}}`, no `{{&x}}`.
 *
 * Sections `{{#x}}…{{/x}}`, inverted sections `{{^x}}…{{/x}}`, comments
 * `{{! … }}` and includes `{{>name}}` follow Mustache's specification; so does
 * `{{.}}`. Lambdas, other delimiters and inheritance are refused. `{{>page}}`
 * in a layout is the route's own page. Besides:
 *
 *   {{#t}}日本語{{/t}}   a message; its text is the id, see words.awk
 *   {{x.t}}              a text of ours from the database, translated likewise
 *   {{#x.word}}…{{/}}    true when the text x equals `word`
 *   {{at.time}} 14:20    {{at.day}} 11月22日（日）   {{at.date}} 2026年11月22日
 *   {{at.iso}}           RFC 3339, or YYYY-MM-DD of a date
 *   {{at.relative}}      今日 昨日 11月20日（金）: as of the request's day
 *   {{#at.new_day}}      true when the row before it in its list has another day
 *   {{x.count}}          number of rows of an array; {{#x.many}} when more than one
 *
 * A key that the model lacks is empty, and an error where `strict` is set
 * (tests). pagecheck.awk refuses, at build time, any `{{` where escaping is
 * not enough: script, style, event handler, unquoted attribute, a URL's scheme.
 */
#ifndef PAGE_H
#define PAGE_H

#include "model.h"

enum lang { LANG_JA, LANG_EN, LANG_COUNT };

/* One file, as pagegen.awk writes it; a list ends with a NULL name. */
struct page_source {
	const char *name;	/* "show.html" */
	const char *text;
};

/* Japanese and its translation, sorted by strcmp of `ja`; words.awk's output. */
struct words {
	size_t n;
	const struct word { const char *ja, *en; } *v;
};

struct pages;		/* parsed for each language */

/*
 * Parses all pages of the lists (later ones win by name). Returns NULL with
 * one line in `why`, naming file and line, on any error.
 */
struct pages *pages_new(const struct page_source *const *lists, size_t nlists,
    const struct words *, char *why, size_t why_bytes);
void pages_free(struct pages *);

/* 1 if there is such a page. */
int pages_has(const struct pages *, const char *name);

struct page_call {
	const char *layout;	/* or NULL */
	const char *page;
	enum lang lang;
	utc_ms now;
	int strict;
};

/* Renders; 0, or -1 when a page is missing or, if strict, a key is. */
int page_render(const struct pages *, const struct page_call *,
    const struct model *, struct buf *);

/* The translation of one of our texts; the text itself if there is none. */
const char *page_word(const struct pages *, enum lang, const char *ja);

#endif
