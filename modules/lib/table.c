#include "table.h"

#include "text.h"

#include <iconv.h>
#include <string.h>

/* CP932 as UTF-8; what stands for nothing becomes U+FFFD and is counted. */
static char *
decode(struct arena *mem, const char *p, size_t n, int *replaced)
{
	iconv_t cd = iconv_open("UTF-8", "CP932");
	size_t room = n * 3 + 4, left = n;
	char *out = arena_take(mem, room), *to = out, *from = (char *)p;

	if (cd == (iconv_t)-1)
		return NULL;
	while (left > 0 && iconv(cd, &from, &left, &to, &room) == (size_t)-1) {
		if (left == 0 || room < 4)
			break;
		memcpy(to, "\xef\xbf\xbd", 3);
		to += 3, room -= 3;
		from++, left--;
		(*replaced)++;
	}
	*to = '\0';
	(void)iconv_close(cd);
	return out;
}

/* The bytes as UTF-8, NUL at the end; NULL: they are no text. */
static char *
as_text(struct arena *mem, const char *p, size_t n, int *replaced)
{
	static const char mark[] = "\xef\xbb\xbf";
	char *text;

	if (n >= 3 && memcmp(p, mark, 3) == 0)
		p += 3, n -= 3;
	if (memchr(p, '\0', n) != NULL)
		return NULL;
	if (text_check(p, n, 1) == TEXT_OK)
		return arena_copy(mem, p, n);
	text = decode(mem, p, n, replaced);
	return text != NULL && text_check(text, strlen(text), 1) == TEXT_OK ?
	    text : NULL;
}

/*
 * Takes a cell off *at and ends it. Returns what stood behind it: a comma, a line's end
 * or the text's. Quotes are taken away in place.
 */
static char
take_cell(char **at, char **cell)
{
	char *p = *at, *to = *at, end;
	int quoted = *p == '"';

	*cell = to;
	if (quoted)
		p++;
	while (*p != '\0') {
		if (quoted && *p == '"') {
			if (p[1] != '"') {
				quoted = 0;
				p++;
				continue;
			}
			p++;
		} else if (!quoted && (*p == ',' || *p == '\n' || *p == '\r')) {
			break;
		}
		*to++ = *p++;
	}
	end = *p;
	if (end == '\r' && p[1] == '\n')
		p++;
	*at = *p == '\0' ? p : p + 1;
	*to = '\0';
	return end;
}

/* The columns of the widest line. */
static size_t
count_columns(const char *text)
{
	size_t n = 1, most = 1;
	int quoted = 0;

	for (; *text != '\0'; text++) {
		if (*text == '"')
			quoted = !quoted;
		if (!quoted && (*text == '\n' || *text == '\r'))
			n = 1;
		n += *text == ',' && !quoted;
		most = n > most ? n : most;
	}
	return most;
}

static size_t
count_lines(const char *text)
{
	size_t n = 1;

	for (; *text != '\0'; text++)
		n += *text == '\n' || *text == '\r';
	return n;
}

/* One line into its row. */
static void
take_line(char **at, const char **row, size_t columns)
{
	char *cell, end = ',';

	for (size_t i = 0; end == ','; i++) {
		end = take_cell(at, &cell);
		if (i < columns)
			row[i] = cell;
	}
}

const struct table *
table_read(struct arena *mem, const char *p, size_t n, const char **why)
{
	struct table *t = arena_take(mem, sizeof *t);
	char *at = as_text(mem, p, n, &t->replaced);
	size_t lines;

	*why = "not_utf8";
	if (at == NULL)
		return NULL;
	*why = "malformed";
	t->columns = count_columns(at);
	lines = count_lines(at);
	if (t->columns < 2)
		return NULL;
	*why = "too_large";
	if (t->columns > TABLE_COLUMNS || lines > TABLE_ROWS)
		return NULL;
	t->cells = arena_take_many(mem, lines * t->columns, sizeof *t->cells);
	for (size_t i = 0; i < lines * t->columns; i++)
		t->cells[i] = "";
	for (t->rows = 0; *at != '\0' && t->rows < lines; t->rows++)
		take_line(&at, t->cells + t->rows * t->columns, t->columns);
	t->rows -= t->rows > 0;
	return t;
}

int
table_column(const struct table *t, const char *heading)
{
	for (size_t i = 0; i < t->columns; i++)
		if (strcmp(t->cells[i], heading) == 0)
			return (int)i;
	return -1;
}

const char *
table_cell(const struct table *t, size_t row, int column)
{
	if (column < 0 || (size_t)column >= t->columns || row >= t->rows)
		return "";
	return t->cells[(row + 1) * t->columns + (size_t)column];
}
