#include "residents.h"

#include "page.h"
#include "wareki.h"

#include <stdlib.h>
#include <string.h>

enum field {
	NUMBER, FAMILY, GIVEN, KANA_FAMILY, KANA_GIVEN, BIRTH, SEX, ADDRESS,
	PHONE, LEVEL, ALONE, PHYSICAL, INTELLECTUAL, MENTAL, INTRACTABLE,
	LATITUDE, LONGITUDE, CHANGE
};

static const char *const names[RESIDENT_FIELDS] = {
	"宛名番号", "姓", "名", "姓かな", "名かな", "生年月日", "性別", "住所",
	"電話番号", "要介護度", "独居", "身体障害", "療育", "精神障害", "難病",
	"緯度", "経度", "異動"
};

/* A word of a cell, and what it stands for. */
struct term {
	const char *text, *is;
};

static const struct term sexes[] = {
	{ "1", "male" }, { "男", "male" }, { "2", "female" },
	{ "女", "female" }, { "", "unknown" }, { NULL, NULL }
};

static const struct term levels[] = {
	{ "", "none" }, { "要支援1", "support1" }, { "要支援2", "support2" },
	{ "要介護1", "care1" }, { "要介護2", "care2" }, { "要介護3", "care3" },
	{ "要介護4", "care4" }, { "要介護5", "care5" }, { NULL, NULL }
};

static const struct term grades[] = {
	{ "", "0" }, { "1", "1" }, { "2", "2" }, { "3", "3" }, { "4", "4" },
	{ "5", "5" }, { "6", "6" }, { "A", "1" }, { "B", "2" }, { "0", "0" },
	{ NULL, NULL }
};

static const struct term changes[] = {
	{ "", "0" }, { "転出", "1" }, { "死亡", "2" }, { NULL, NULL }
};

static const char *
term_find(const struct term *w, const char *text)
{
	for (; w->text != NULL; w++)
		if (strcmp(w->text, text) == 0)
			return w->is;
	return NULL;
}

/* The next cell of a line (RFC 4180), and where the one behind it begins. */
static const char *
cell(struct arena *mem, const char **at)
{
	const char *p = *at;
	size_t n = 0;
	char *out;

	if (*p != '"') {
		n = strcspn(p, ",");
		*at = p[n] == ',' ? p + n + 1 : NULL;
		return arena_copy(mem, p, n);
	}
	out = arena_take(mem, strlen(p) + 1);
	for (p++; *p != '\0' && (*p != '"' || p[1] == '"'); p++) {
		p += *p == '"';
		out[n++] = *p;
	}
	p += *p == '"';
	*at = *p == ',' ? p + 1 : NULL;
	return out;
}

static int
split(struct arena *mem, const char *line, const char *cells[RESIDENT_CELLS])
{
	int n = 0;

	while (line != NULL && n < RESIDENT_CELLS)
		cells[n++] = cell(mem, &line);
	return n;
}

const char *
residents_head(struct arena *mem, const char *line, struct residents_head *h)
{
	const char *cells[RESIDENT_CELLS];
	int n;

	if (strncmp(line, "\xEF\xBB\xBF", 3) == 0)
		line += 3;		/* the mark by which Excel knows UTF-8 */
	n = split(mem, line, cells);
	for (int f = 0; f < RESIDENT_FIELDS; f++) {
		h->at[f] = -1;
		for (int i = 0; i < n; i++)
			if (strcmp(cells[i], names[f]) == 0)
				h->at[f] = i;
	}
	return h->at[NUMBER] < 0 ? N_("1行目に「宛名番号」がありません") : NULL;
}

int
degrees_read(const char *text, int limit, int64_t *out)
{
	char *end;
	double v;

	if (text[0] == '\0' || strspn(text, "-.0123456789") != strlen(text))
		return -1;
	v = strtod(text, &end);
	if (*end != '\0' || v < -limit || v > limit)
		return -1;
	*out = (int64_t)(v * DEGREE + (v < 0 ? -0.5 : 0.5));
	return 0;
}

/* What she has of certificates, by cells of one kind of words. 0 or -1. */
static int
read_grades(const char *const v[RESIDENT_FIELDS], struct resident *p)
{
	int *const to[] = { &p->physical, &p->intellectual, &p->mental,
		&p->intractable, &p->lives_alone };
	static const enum field of[] = { PHYSICAL, INTELLECTUAL, MENTAL,
		INTRACTABLE, ALONE };

	for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
		const char *grade = term_find(grades, v[of[i]]);

		if (grade == NULL)
			return -1;
		*to[i] = grade[0] - '0';
	}
	return 0;
}

static int
too_long(const char *const v[RESIDENT_FIELDS])
{
	static const size_t most[] = { [NUMBER] = 15, [FAMILY] = 120,
		[GIVEN] = 120, [KANA_FAMILY] = 120, [KANA_GIVEN] = 120,
		[ADDRESS] = 600, [PHONE] = 20 };

	for (size_t f = 0; f < sizeof most / sizeof most[0]; f++)
		if (most[f] > 0 && strlen(v[f]) > most[f])
			return 1;
	return 0;
}

static const char *
read_person(const char *const v[RESIDENT_FIELDS], struct resident *p)
{
	if (v[FAMILY][0] == '\0' || v[GIVEN][0] == '\0' ||
	    v[KANA_FAMILY][0] == '\0' || v[KANA_GIVEN][0] == '\0')
		return N_("名前かふりがながありません");
	if (wareki_parse(v[BIRTH], &p->birth_date) != 0)
		return N_("生年月日が読めません");
	p->sex = term_find(sexes, v[SEX]);
	p->care_level = term_find(levels, v[LEVEL]);
	if (p->sex == NULL || p->care_level == NULL || read_grades(v, p) != 0)
		return N_("性別・要介護度・手帳の等級のどれかが読めません");
	if (v[ADDRESS][0] == '\0')
		return N_("住所がありません");
	p->phone = v[PHONE][0] == '\0' ? NULL : v[PHONE];
	if (strspn(v[PHONE], "+-() 0123456789") != strlen(v[PHONE]))
		return N_("電話番号が読めません");
	p->placed = degrees_read(v[LATITUDE], 90, &p->latitude) == 0 &&
	    degrees_read(v[LONGITUDE], 180, &p->longitude) == 0;
	if (!p->placed && v[LATITUDE][0] != '\0')
		return N_("緯度・経度が読めません");
	return NULL;
}

const char *
residents_line(struct arena *mem, const struct residents_head *h,
    const char *line, struct resident *p)
{
	const char *cells[RESIDENT_CELLS], *v[RESIDENT_FIELDS], *change;
	int n = split(mem, line, cells);

	*p = (struct resident){ .end = RESIDENT_STAYS };
	for (int f = 0; f < RESIDENT_FIELDS; f++)
		v[f] = h->at[f] >= 0 && h->at[f] < n ? cells[h->at[f]] : "";
	if (v[NUMBER][0] == '\0' ||
	    strspn(v[NUMBER], "0123456789") != strlen(v[NUMBER]))
		return N_("宛名番号がありません");
	change = term_find(changes, v[CHANGE]);
	if (change == NULL)
		return N_("異動は 転出・死亡・空欄 のどれかです");
	if (too_long(v))
		return N_("長すぎる欄があります");
	p->number = v[NUMBER];
	p->end = (enum resident_end)(change[0] - '0');
	if (p->end != RESIDENT_STAYS)
		return NULL;
	p->family = v[FAMILY];
	p->given = v[GIVEN];
	p->kana_family = v[KANA_FAMILY];
	p->kana_given = v[KANA_GIVEN];
	p->address = v[ADDRESS];
	return read_person(v, p);
}
