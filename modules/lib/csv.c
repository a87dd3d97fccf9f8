#include "csv.h"

#include "db_query.h"
#include "text.h"

static const char MARK[] = "\xef\xbb\xbf";

void
csv_mark(struct buf *b)
{
	buf_put(b, MARK, sizeof MARK - 1);
}

void
csv_text(struct buf *b, const char *text)
{
	buf_putc(b, '"');
	if (text[0] != '\0' && strchr("=+-@\t\r'", text[0]) != NULL)
		buf_putc(b, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_putc(b, '"');
		buf_putc(b, *text);
	}
	buf_putc(b, '"');
}

static void
put_number(struct buf *b, enum db_kind kind, int64_t n)
{
	char text[INSTANT_TEXT];

	if (kind == DB_UTC)
		buf_puts(b, instant_iso(n, text));
	else if (kind == DB_DATE)
		buf_puts(b, date_iso((civil_date)n, text));
	else
		buf_i64(b, n);
}

static int64_t
number_at(const struct db_col *c, const void *at)
{
	if (c->kind == DB_BOOL)
		return *(const int *)at != 0;
	if (c->kind == DB_DATE)
		return *(const civil_date *)at;
	return *(const int64_t *)at;
}

static void
put_cell(struct buf *b, const struct db_col *c, const void *at)
{
	char hex[REF_HEX];

	if (c->kind == DB_TEXT) {
		const char *text = *(const char *const *)at;

		if (text != NULL)
			csv_text(b, text);
	} else if (c->kind == DB_REF) {
		const struct ref *ref = *(const struct ref *const *)at;

		if (ref != NULL)
			buf_puts(b, ref_hex(ref, hex));
	} else if (c->nullable) {
		const struct db_maybe *m = at;

		if (m->set)
			put_number(b, c->kind, m->v);
	} else {
		put_number(b, c->kind, number_at(c, at));
	}
}

static int
is_shown(const struct db_col *c)
{
	return c->kind != DB_KEY && c->kind != DB_BYTES;
}

void
csv_head(struct buf *b, const struct db_set *set)
{
	int first = 1;

	csv_mark(b);
	for (int i = 0; i < set->row->n; i++) {
		const struct db_col *c = &set->row->col[i];

		if (!is_shown(c))
			continue;
		if (!first)
			buf_putc(b, ',');
		first = 0;
		csv_text(b, c->name);
	}
	buf_puts(b, "\r\n");
}

static void
put_row(struct buf *b, const struct db_row *row, const char *at)
{
	int first = 1;

	for (int i = 0; i < row->n; i++) {
		const struct db_col *c = &row->col[i];

		if (!is_shown(c))
			continue;
		if (!first)
			buf_putc(b, ',');
		first = 0;
		put_cell(b, c, at + c->at);
	}
	buf_puts(b, "\r\n");
}

void
csv_rows(struct buf *b, const struct db_set *set)
{
	for (size_t i = 0; i < set->n; i++)
		put_row(b, set->row, (const char *)set->rows +
		    i * set->row->size);
}
