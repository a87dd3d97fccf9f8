/*
 * Pages: HTML files compiled into the program (pagegen.awk) and parsed once at
 * start. `{{x}}` always escapes; there is no raw form, no `{{{x}}}`, no `{{&x}}`.
 *
 * Sections `{{#x}}…{{/x}}`, inverted sections `{{^x}}…{{/x}}`, comments
 * `{{! … }}` and includes `{{>name}}` follow Mustache's specification; so does
 * `{{.}}`. Lambdas, other delimiters and inheritance are refused. `{{>page}}`
 * in a layout is the route's own page. Besides:
 *
 *   {{#t}}日本語{{/t}}   a message on one line; its text is the id, see words.awk.
 *                        It is plain text, escaped like a value, and may hold
 *                        values: {{#t}}{{n}}件の未読{{/t}}
 *   {{x.t}}              a text of ours from the database, translated likewise
 *   {{#x.word}}…{{/}}    true when the text x equals `word`
 *   {{at.time}} 14:20    {{at.day}} 11月22日（日）   {{at.date}} 2026年11月22日
 *   {{at.iso}}           RFC 3339 to the second, or YYYY-MM-DD of a date
 *   {{at.relative}}      今日 昨日 11月20日（金）: as of the request's day; in
 *                        another year the date
 *   {{#at.new_day}}      true when the row before it in its list has another day
 *   {{x.count}}          number of rows of an array; {{#x.many}} when more than one
 *
 * A section shows its content unless the value is null, false, 0, an empty text,
 * an empty array or absent; `{{/}}` closes the innermost one. `{{>head}}` is the
 * file head.html.
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

/* All of conf/po/en.po, compiled into the library. */
extern const struct words tomozuna_words;

/* Marks a text of ours in a table for translation; conf/po/extract finds it. */
#define N_(ja) ja

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

/*
 * Renders; 0, or -1 when a page is missing or, if strict, a key is: the buffer
 * then has one line that names it instead.
 */
int page_render(const struct pages *, const struct page_call *,
    const struct model *, struct buf *);

/* The translation of one of our texts; the text itself if there is none. */
const char *page_word(const struct pages *, enum lang, const char *ja);

#endif
