/* What goes to the town's register, under the headings that it has. */
#include "register.h"
#include "booking.h"

#include "booking_sql.h"
#include "csv.h"
#include "raw.h"
#include "register_sql.h"
#include "text.h"
#include "viewer.h"

#include <iconv.h>

/* ---- headings ---- */

static const char *
heading_of(const struct register_column_rows *own, const char *field,
    const char *usual)
{
	for (size_t i = 0; i < own->set.n; i++)
		if (strcmp(register_column_at(own, i)->field, field) == 0)
			return register_column_at(own, i)->heading;
	return usual;
}

void
register_headings(struct req *r, const char *heading[VRS_FIELDS])
{
	struct register_column_rows own;

	register_columns(r->db, &own, r->viewer->network);
	for (int f = 0; f < VRS_FIELDS; f++)
		heading[f] = heading_of(&own, vrs_names[f].field,
		    vrs_names[f].heading);
}

/* Columns of what is written for the register: by name, and the usual heading. */
static const struct { const char *field, *usual; } out[] = {
	{ "out_resident_number", "宛名番号" }, { "out_name", "氏名" },
	{ "out_kana", "カナ氏名" }, { "out_birth_date", "生年月日" },
	{ "out_sex", "性別" }, { "out_given_on", "接種日" },
	{ "out_vaccine", "ワクチン種類" }, { "out_product", "製品名" },
	{ "out_maker", "ワクチンメーカー" }, { "out_lot_number", "ロット番号" },
	{ "out_dose_ml", "接種量" }, { "out_dose_number", "接種回数" },
	{ "out_programme", "定期任意区分" }, { "out_place", "接種場所" },
	{ "out_office", "医療機関名" }, { "out_doctor_name", "接種医師名" }
};
enum { OUT = sizeof out / sizeof out[0] };

static const char *
out_cell(struct req *r, const struct ours *o, int column)
{
	const struct product *p = schedule_product(schedule_now(), o->product,
	    NULL);
	char day[INSTANT_TEXT];

	switch (column) {
	case 0: return o->resident_number;
	case 1: return o->name;
	case 2: return o->kana;
	case 3: return arena_text(r->mem, date_iso(o->birth_date, day));
	case 4: return strcmp(o->sex, "female") == 0 ? "女" :
	    strcmp(o->sex, "male") == 0 ? "男" : "";
	case 5: return arena_text(r->mem, date_iso(o->given_on, day));
	case 6: return o->vaccine_name;
	case 7: return o->product_name;
	case 8: return p == NULL ? NULL : p->maker;
	case 9: return o->lot_number;
	case 10: return o->dose_ml;
	case 11: return o->dose_number.set ? arena_printf(r->mem, "%d",
	    (int)o->dose_number.v) : NULL;
	case 12: return o->programme == NULL ? "任意" : "定期";
	case 13: return o->place;
	case 14: return o->office;
	default: return o->doctor_name;
	}
}

static void
put_headings(struct req *r, struct model *m)
{
	struct register_column_rows own;

	register_columns(r->db, &own, r->viewer->network);
	put_items(m, "in_columns");
	put_items(m, "out_columns");
	for (int f = 0; f < VRS_FIELDS; f++) {
		struct model *o = put_item(m, "in_columns");

		put_text(o, "field", vrs_names[f].field);
		put_text(o, "usual", vrs_names[f].heading);
		put_text(o, "heading", heading_of(&own, vrs_names[f].field,
		    vrs_names[f].heading));
	}
	for (int i = 0; i < OUT; i++) {
		struct model *o = put_item(m, "out_columns");

		put_text(o, "field", out[i].field);
		put_text(o, "usual", out[i].usual);
		put_text(o, "heading", heading_of(&own, out[i].field,
		    out[i].usual));
	}
}

static int
is_field(const char *field)
{
	for (int f = 0; f < VRS_FIELDS; f++)
		if (strcmp(vrs_names[f].field, field) == 0)
			return 1;
	for (int i = 0; i < OUT; i++)
		if (strcmp(out[i].field, field) == 0)
			return 1;
	return 0;
}

/* One column: an empty heading leaves it out. */
int
register_change(struct req *r, struct model *m)
{
	const char *heading = in_text(r, "heading");

	(void)m;
	if (!is_field(in_text(r, "field")))
		return refuse_input(r, "field", "not_a_choice");
	register_set_column(r->db, r->viewer->network, in_text(r, "field"),
	    heading == NULL ? "" : heading);
	return 204;
}

/* The days that are asked for; else the last month. */
static void
period(struct req *r, civil_date *since, civil_date *until)
{
	int set;

	*until = in_date(r, "until", &set);
	if (!set)
		*until = date_of(r->now);
	*since = in_date(r, "since", &set);
	if (!set)
		*since = *until - 30;
}

/* ---- the page ---- */

int
register_show(struct req *r, struct model *m)
{
	struct imported_rows imports;
	struct start_rows files;
	civil_date since, until;

	period(r, &since, &until);
	put_headings(r, m);
	register_imports(r->db, &imports, r->viewer->network);
	put_rows(m, "imports", &imports.set);
	put_date(m, "since", since);
	put_date(m, "until", until);
	register_starts(r->db, &files, r->viewer->network, since, until,
	    REGISTER_AT_ONCE);
	put_items(m, "files");
	for (size_t i = 0; i < files.set.n; i++) {
		struct model *o = put_item(m, "files");

		put_i64(o, "n", start_at(&files, i)->n);
		put_cursor(r, o, "after", start_at(&files, i)->after);
	}
	return 200;
}

/* ---- the file ---- */

static void
write_rows(struct req *r, struct buf *b, const struct ours_rows *rows)
{
	struct register_column_rows own;
	const char *heading[OUT];

	register_columns(r->db, &own, r->viewer->network);
	for (int i = 0, n = 0; i < OUT; i++) {
		heading[i] = heading_of(&own, out[i].field, out[i].usual);
		if (heading[i][0] == '\0')
			continue;
		buf_puts(b, n++ == 0 ? "" : ",");
		csv_text(b, heading[i]);
	}
	buf_puts(b, "\r\n");
	for (size_t k = 0; k < rows->set.n; k++) {
		for (int i = 0, n = 0; i < OUT; i++) {
			const char *cell = out_cell(r, ours_at(rows, k), i);

			if (heading[i][0] == '\0')
				continue;
			buf_puts(b, n++ == 0 ? "" : ",");
			csv_text(b, cell == NULL ? "" : cell);
		}
		buf_puts(b, "\r\n");
	}
}

/* In the encoding of older systems; what it does not have is 〓. Bytes in the arena. */
static const char *
as_cp932(struct req *r, const char *text, size_t left, size_t *n)
{
	iconv_t cd = iconv_open("CP932", "UTF-8");
	size_t all = left * 2 + 2, room = all;
	char *to = arena_take(r->mem, all), *at = to, *from = (char *)text;

	if (cd == (iconv_t)-1)
		abort();
	while (left > 0 && iconv(cd, &from, &left, &at, &room) == (size_t)-1) {
		if (left == 0 || room < 2)
			break;
		memcpy(at, "\x81\xac", 2);
		at += 2, room -= 2;
		do
			from++, left--;
		while (left > 0 && ((unsigned char)*from & 0xc0) == 0x80);
	}
	(void)iconv_close(cd);
	*n = (size_t)(at - to);
	return to;
}

int
register_doses(struct req *r, struct model *m)
{
	const char *encoding = in_text(r, "encoding");
	int old = encoding != NULL && strcmp(encoding, "cp932") == 0;
	int64_t after = in_cursor(r, "after");
	struct ours_rows rows;
	struct buf b = { 0 };
	const char *bytes;
	civil_date since, until;
	size_t n;

	(void)m;
	period(r, &since, &until);
	register_ours(r->db, &rows, r->viewer->network, since, until,
	    after == INT64_MAX ? 0 : after, REGISTER_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, ours_at(&rows, i)->patient_id);
	if (!old)
		csv_mark(&b);
	write_rows(r, &b, &rows);
	bytes = old ? as_cp932(r, b.p, b.n, &n) : arena_copy(r->mem, b.p, b.n);
	answer_raw(r, &(struct raw){ .type = old ?
	    "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8",
	    .name = "予防接種台帳.csv", .save = 1,
	    .bytes = (int64_t)(old ? n : b.n), .p = bytes });
	buf_free(&b);
	return 200;
}

/* ---- a resident's number ---- */

int
number_change(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);
	const char *number = in_text(r, "resident_number");

	(void)m;
	if (p == NULL)
		return 404;
	if (number != NULL && strspn(number, "0123456789") != strlen(number))
		return refuse_input(r, "resident_number", "malformed");
	register_drop_number(r->db, p->patient_id);
	if (number != NULL)
		register_number(r->db, r->viewer->network, number, p->patient_id,
		    r->now);
	return 204;
}
