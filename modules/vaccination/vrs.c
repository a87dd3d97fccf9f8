#include "vrs.h"

#include "code.h"
#include "page.h"
#include "wareki.h"

#include <string.h>

const struct vrs_name vrs_names[VRS_FIELDS] = {
	[VRS_RESIDENT] = { "resident_number", "個別宛名番号" },
	[VRS_KANA] = { "kana", "カナ氏名" },
	[VRS_BIRTH] = { "birth_date", "生年月日" },
	[VRS_VACCINE] = { "vaccine", "ワクチン種類" },
	[VRS_DOSE] = { "dose_number", "接種回数" },
	[VRS_GIVEN] = { "given_on", "接種日" },
	[VRS_VOUCHER] = { "voucher_number", "券番号" },
	[VRS_MUNICIPALITY] = { "municipality_code", "接種自治体コード" },
	[VRS_TICKET] = { "ticket_line", "OCRライン" },
	[VRS_PLACE] = { "place", "接種会場名" },
	[VRS_DOCTOR] = { "doctor_name", "接種医師名" },
	[VRS_MAKER] = { "maker", "ワクチンメーカー" },
	[VRS_LOT] = { "lot_number", "ロット番号" }
};

/* Of each repeated dose; the first is when it was recorded, which is not asked. */
static const int repeated[VRS_REPEATED] = { VRS_FIELDS, VRS_GIVEN,
	VRS_VOUCHER, VRS_MUNICIPALITY, VRS_PLACE, VRS_DOCTOR, VRS_MAKER,
	VRS_LOT };

static int
is_digits(const char *text, size_t least, size_t most)
{
	size_t n = strlen(text);

	return n >= least && n <= most && strspn(text, "0123456789") == n;
}

int
vrs_layout(const struct table *t, const char *const heading[VRS_FIELDS],
    struct vrs_layout *out)
{
	for (int f = 0; f < VRS_FIELDS; f++)
		out->column[f] = heading[f][0] == '\0' ? -1 :
		    table_column(t, heading[f]);
	out->positional = 0;
	if (out->column[VRS_GIVEN] >= 0)
		return 0;
	out->positional = 1;
	return t->columns >= 1 + VRS_REPEATED && is_digits(t->cells[2], 8, 8) ?
	    0 : -1;
}

size_t
vrs_places(const struct table *t, const struct vrs_layout *l)
{
	size_t doses = (t->columns - 1) / VRS_REPEATED;

	if (!l->positional)
		return t->rows;
	return (t->rows + 1) * (doses > VRS_DOSES ? VRS_DOSES : doses);
}

/* Its cells, by either layout. 0: no dose there. */
static int
take(const struct table *t, const struct vrs_layout *l, size_t n,
    struct vrs_dose *d)
{
	size_t each = vrs_places(t, l) / (t->rows + 1), row, from;

	for (int f = 0; f < VRS_FIELDS; f++)
		d->text[f] = "";
	if (!l->positional) {
		d->line = n + 2;
		for (int f = 0; f < VRS_FIELDS; f++)
			d->text[f] = table_cell(t, n, l->column[f]);
		return 1;
	}
	row = n / each;
	from = 1 + n % each * VRS_REPEATED;
	d->line = row + 1;
	d->number = (int)(n % each) + 1;
	d->text[VRS_RESIDENT] = t->cells[row * t->columns];
	for (size_t i = 1; i < VRS_REPEATED; i++)
		d->text[repeated[i]] = t->cells[row * t->columns + from + i];
	return d->text[VRS_GIVEN][0] != '\0';
}

/* The 18 digits of a voucher; a fault or NULL. */
static const char *
read_ticket(struct vrs_dose *d)
{
	struct municipality_code code;
	const char *line = d->text[VRS_TICKET];

	if (!is_digits(line, VRS_LINE, VRS_LINE))
		return N_("OCRラインが18桁の数字ではありません");
	if (line[0] != '1' && line[0] != '2')
		return N_("OCRラインの券種が1でも2でもありません");
	memcpy(d->municipality, line + 2, 6);
	if (municipality_code_parse(d->municipality, &code) != 0)
		return N_("OCRラインの市町村コードの検査数字が合いません");
	if (d->number != 0 && d->number != line[1] - '0')
		return N_("OCRラインの回数が接種回数とちがいます");
	memcpy(d->voucher, line + 8, 10);
	d->number = line[1] - '0';
	d->screening_only = line[0] == '1';
	return NULL;
}

static const char *
read_voucher(struct vrs_dose *d)
{
	struct municipality_code code;
	const char *town = d->text[VRS_MUNICIPALITY];
	const char *voucher = d->text[VRS_VOUCHER];

	if (d->text[VRS_TICKET][0] != '\0')
		return read_ticket(d);
	if (town[0] != '\0' && (!is_digits(town, 6, 6) ||
	    municipality_code_parse(town, &code) != 0))
		return N_("自治体コードの検査数字が合いません");
	if (voucher[0] != '\0' && !is_digits(voucher, 10, 10))
		return N_("券番号が10桁の数字ではありません");
	memcpy(d->municipality, town, strlen(town) + 1);
	memcpy(d->voucher, voucher, strlen(voucher) + 1);
	return NULL;
}

static const char *
read_dates(struct vrs_dose *d)
{
	const char *number = d->text[VRS_DOSE], *birth = d->text[VRS_BIRTH];

	if (wareki_parse(d->text[VRS_GIVEN], &d->given) != 0)
		return N_("接種日が読めません");
	if (birth[0] != '\0' && wareki_parse(birth, &d->birth) != 0)
		return N_("生年月日が読めません");
	if (birth[0] != '\0' && d->birth > d->given)
		return N_("接種日が生まれる前です");
	if (number[0] == '\0')
		return NULL;
	if (!is_digits(number, 1, 2) || (number[0] == '0' && number[1] <= '0'))
		return N_("接種回数が読めません");
	d->number = number[1] == '\0' ? number[0] - '0' :
	    (number[0] - '0') * 10 + number[1] - '0';
	return NULL;
}

static const char *
read_whom(const struct vrs_dose *d)
{
	if (d->text[VRS_RESIDENT][0] != '\0' &&
	    !is_digits(d->text[VRS_RESIDENT], 1, 15))
		return N_("宛名番号が15桁までの数字ではありません");
	if (d->text[VRS_RESIDENT][0] == '\0' &&
	    (d->text[VRS_KANA][0] == '\0' || d->birth == 0))
		return N_("宛名番号も、カナ氏名と生年月日もありません");
	return NULL;
}

/* In bytes: of as many characters as the column takes, three each. */
static const char *
too_long(const struct vrs_dose *d)
{
	static const size_t most[VRS_FIELDS] = { [VRS_PLACE] = 80 * 3,
		[VRS_DOCTOR] = 80 * 3, [VRS_MAKER] = 40 * 3, [VRS_LOT] = 20,
		[VRS_KANA] = 120 * 3, [VRS_VACCINE] = 60 * 3 };

	for (int f = 0; f < VRS_FIELDS; f++)
		if (most[f] > 0 && strlen(d->text[f]) > most[f])
			return N_("長すぎる欄があります");
	return NULL;
}

int
vrs_dose(const struct table *t, const struct vrs_layout *l, size_t n,
    struct vrs_dose *d)
{
	memset(d, 0, sizeof *d);
	if (!take(t, l, n, d))
		return 0;
	d->fault = read_dates(d);
	if (d->fault == NULL)
		d->fault = read_voucher(d);
	if (d->fault == NULL)
		d->fault = read_whom(d);
	if (d->fault == NULL)
		d->fault = too_long(d);
	return 1;
}
