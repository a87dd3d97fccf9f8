/* What the record says, in the words of a paper. */
#include "papers.h"

#include "field.h"
#include "record_sql.h"

const char *
paper_add_line(struct req *r, const char *lines, const char *a, const char *b,
    const char *c)
{
	return arena_printf(r->mem, "%s%s%s%s%s%s%s", lines,
	    lines[0] == '\0' ? "" : "\n", a, b == NULL ? "" : "　",
	    b == NULL ? "" : b, c == NULL ? "" : "　", c == NULL ? "" : c);
}

/* A fact as a line: its columns mean something else in each section. */
static const char *
add_fact(struct req *r, const char *lines, const struct item *x)
{
	if (strcmp(x->section, "allergies") == 0)
		return paper_add_line(r, lines, x->a, x->b, NULL);
	if (strcmp(x->section, "equipment") == 0)
		return paper_add_line(r, lines, x->a, x->b == NULL ? NULL :
		    arena_printf(r->mem, "電池で%s時間", x->b), x->c);
	return paper_add_line(r, lines, x->a, x->b, x->c);
}

/* Whether a row is a fact of the section that the paper is to name. */
static int
is_wanted(const struct item *x, const char *section, int now)
{
	return strcmp(x->section, section) == 0 && !(now && x->flag.set &&
	    x->flag.v && strcmp(section, "health_conditions") == 0);
}

/* What somebody said of a section or field as a whole; NULL: nobody has. */
static const struct item *
said_of(const struct item_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct item *x = item_at(rows, i);

		if (strcmp(x->section, "field") == 0 && strcmp(x->a, name) == 0)
			return x;
	}
	return NULL;
}

const char *
paper_section(struct req *r, const struct item_rows *rows,
    const char *section, int now)
{
	const struct item *said = said_of(rows, section);
	const char *lines = "";

	for (size_t i = 0; i < rows->set.n; i++)
		if (is_wanted(item_at(rows, i), section, now))
			lines = add_fact(r, lines, item_at(rows, i));
	if (lines[0] != '\0')
		return lines;
	return said != NULL && strcmp(said->b, "none") == 0 ?
	    "なし（確認済み）" : NULL;
}

/* The care level in words, with the days for which it counts. */
static const char *
level_text(struct req *r, const struct item *x)
{
	static const struct { const char *code, *word; } levels[] = {
		{ "none", "認定なし" },
		{ "support1", "要支援1" }, { "support2", "要支援2" },
		{ "care1", "要介護1" }, { "care2", "要介護2" },
		{ "care3", "要介護3" }, { "care4", "要介護4" },
		{ "care5", "要介護5" },
	};
	const char *word = "";

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (strcmp(levels[i].code, x->a) == 0)
			word = levels[i].word;
	if (!x->begins_on.set || !x->ends_on.set)
		return word;
	return arena_printf(r->mem, "%s（%s から %s まで）", word,
	    paper_day(r->mem, (civil_date)x->begins_on.v),
	    paper_day(r->mem, (civil_date)x->ends_on.v));
}

/* When the record said the last of it. */
static utc_ms
said_at(const struct item_rows *rows, const char *from)
{
	const struct item *said = said_of(rows, from);
	utc_ms at = said != NULL && said->at.set ? said->at.v : 0;

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct item *x = item_at(rows, i);

		if (strcmp(x->section, from) == 0 && x->at.set && x->at.v > at)
			at = x->at.v;
	}
	return at;
}

static const char *
text_of(struct req *r, const struct item_rows *rows, const char *from)
{
	const struct field *f = field_find(from);
	const struct item *said;

	for (size_t i = 0; f == NULL && i < rows->set.n; i++)
		if (strcmp(item_at(rows, i)->section, from) == 0)
			return level_text(r, item_at(rows, i));
	if (f == NULL)
		return NULL;
	if (f->section)
		return paper_section(r, rows, from, 1);
	said = said_of(rows, from);
	return said == NULL || strcmp(said->b, "not_asked") == 0 ? NULL :
	    strcmp(said->b, "none") == 0 ? f->none : said->c;
}

struct known_part
paper_known(struct req *r, const struct item_rows *rows, const char *from)
{
	if (from == NULL || rows->set.n == 0)
		return (struct known_part){ NULL, 0 };
	return (struct known_part){ text_of(r, rows, from),
	    said_at(rows, from) };
}
