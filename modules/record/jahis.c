#include "jahis.h"

#include "arena.h"
#include "nfkc.h"
#include "wareki.h"

enum { COLUMNS = 14, RP_MAX = 100 };

/* One line, cut at its commas. */
struct line {
	int number;			/* of the record; 0: the version */
	int n;
	const char *v[COLUMNS];		/* v[0] is the number's text */
};

/* One code of several. */
struct part {
	const char *id;
	int total, nth;			/* 0: not split */
	size_t first, last;		/* of the lines */
};

struct reader {
	struct arena *mem;
	struct jahis *out;
	struct line *lines;
	size_t n;
	struct part parts[JAHIS_PARTS];
	size_t nparts;
	/* What holds for the medicines that follow. */
	const char *prescriber;
	int has_day;
	civil_date day;
	struct { int rp; const char *use; } uses[RP_MAX];
	size_t nuses;
	int *rp;			/* beside out->medicine */
	size_t group;			/* first medicine of the prescription */
};

static const int known[] = { 1, 2, 3, 4, 5, 11, 15, 31, 32, 51, 55, 201, 281,
	291, 301, 311, 391, 401, 411, 421, 501, 601, 701, 911 };

static int
is_known(int number)
{
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i] == number)
			return 1;
	return 0;
}

static int
is_version(const char *text)
{
	return strncmp(text, "JAHISTC", 7) == 0;
}

/* The number that a line begins with; -1: it continues the one before. */
static int
number_of(const char *text)
{
	char *end;
	long n;

	if (is_version(text))
		return 0;
	if (text[0] < '1' || text[0] > '9')
		return -1;
	n = strtol(text, &end, 10);
	return *end == ',' && n < 1000 ? (int)n : -1;
}

static void
cut(struct arena *mem, struct line *l, const char *text)
{
	char *p = arena_text(mem, text);

	l->n = 0;
	while (l->n < COLUMNS) {
		char *comma = strchr(p, ',');

		if (comma != NULL)
			*comma = '\0';
		l->v[l->n++] = nfkc_text(mem, p);
		if (comma == NULL)
			break;
		p = comma + 1;
	}
}

/* A value of a line; NULL when it is absent or empty. */
static const char *
value(const struct line *l, int i)
{
	return i < l->n && l->v[i][0] != '\0' ? l->v[i] : NULL;
}

/* A code that ends inside of a record leaves a line that is none: joined. */
static const char *
take_line(struct reader *r, const char **p)
{
	const char *begin = *p;
	size_t n = strcspn(begin, "\n");

	for (;;) {
		const char *next = begin + n;
		char *rest;

		if (*next == '\0')
			break;
		next += strspn(next, "\n");
		rest = arena_copy(r->mem, next, strcspn(next, "\n"));
		if (rest[0] == '\0' || number_of(rest) >= 0)
			break;
		begin = arena_printf(r->mem, "%.*s%s%s", (int)n, begin, rest,
		    next + strlen(rest));
		n += strlen(rest);
	}
	*p = begin + n + strspn(begin + n, "\n");
	return arena_copy(r->mem, begin, n);
}

static void
split_lines(struct reader *r, const char *text)
{
	size_t room = 1;

	for (const char *p = text; *p != '\0'; p++)
		room += *p == '\n';
	r->lines = arena_take_many(r->mem, room, sizeof *r->lines);
	text += strspn(text, "\n ");
	while (*text != '\0') {
		const char *line = take_line(r, &text);
		int number = number_of(line);

		if (number < 0)
			continue;
		r->lines[r->n].number = number;
		cut(r->mem, &r->lines[r->n++], line);
	}
}

/* A part begins with a version line and may end with a record 911. */
static void
find_parts(struct reader *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct line *l = &r->lines[i];
		struct part *p;

		if (l->number == 0) {
			if (r->nparts == JAHIS_PARTS) {
				r->out->fault = JAHIS_TOO_MANY;
				return;
			}
			r->parts[r->nparts++] = (struct part){ .first = i + 1,
			    .last = i + 1 };
		}
		if (r->nparts == 0)
			continue;
		p = &r->parts[r->nparts - 1];
		p->last = i + 1;
		if (l->number == 911 && value(l, 1) != NULL &&
		    value(l, 2) != NULL && value(l, 3) != NULL) {
			p->id = l->v[1];
			p->total = atoi(l->v[2]);
			p->nth = atoi(l->v[3]);
		}
	}
	if (r->nparts == 0)
		r->out->fault = JAHIS_NOT_ONE;
}

static const struct part *
nth_part(const struct reader *r, int nth)
{
	for (size_t i = 0; i < r->nparts; i++)
		if (r->parts[i].nth == nth)
			return &r->parts[i];
	return NULL;
}

/* All parts of one list, or none that is split. */
static void
check_parts(struct reader *r)
{
	const struct part *first = &r->parts[0];

	if (r->out->fault != JAHIS_OK)
		return;
	for (size_t i = 1; i < r->nparts; i++) {
		const struct part *p = &r->parts[i];

		if ((first->id == NULL) != (p->id == NULL) ||
		    (p->id != NULL && (strcmp(p->id, first->id) != 0 ||
		    p->total != first->total)))
			r->out->fault = JAHIS_MIXED;
	}
	r->out->parts = first->id == NULL ? (int)r->nparts : first->total;
	if (r->out->fault != JAHIS_OK || first->id == NULL)
		return;
	if (first->total < 1 || first->total > JAHIS_PARTS) {
		r->out->fault = JAHIS_TOO_MANY;
		return;
	}
	for (int i = first->total; i >= 1; i--)
		if (nth_part(r, i) == NULL) {
			r->out->fault = JAHIS_MISSING;
			r->out->missing = i;
		}
}

/* A day as the format has it: 20261001, or R081001 with an era's letter. */
static int
read_day(const char *text, int *has, civil_date *day)
{
	*has = text != NULL && wareki_parse(text, day) == 0;
	return *has;
}

static void
read_patient(struct reader *r, const struct line *l)
{
	if (r->out->name == NULL)
		r->out->name = value(l, 1);
	if (!r->out->has_birth)
		read_day(value(l, 3), &r->out->has_birth, &r->out->birth);
}

static const char *
code_kind(const char *word)
{
	switch (word == NULL ? 0 : word[0]) {
	case '2': return "receipt";
	case '3': return "mhlw";
	case '4': return "yj";
	case '6': return "hot";
	default: return NULL;
	}
}

static void
read_medicine(struct reader *r, const struct line *l)
{
	struct jahis_medicine *m;
	const char *amount = value(l, 3), *unit = value(l, 4);

	if (value(l, 2) == NULL)
		return;
	if (r->out->n == JAHIS_MEDICINES) {
		r->out->fault = JAHIS_TOO_MANY;
		return;
	}
	r->rp[r->out->n] = value(l, 1) == NULL ? 0 : atoi(l->v[1]);
	m = &r->out->medicine[r->out->n++];
	m->name = l->v[2];
	m->dose = amount == NULL ? NULL : arena_printf(r->mem, "%s%s", amount,
	    unit == NULL ? "" : unit);
	m->code_kind = code_kind(value(l, 5));
	m->code = m->code_kind == NULL ? NULL : value(l, 6);
	m->prescriber = r->prescriber;
	m->has_day = r->has_day;
	m->dispensed_on = r->day;
	m->blood_thinner = jahis_thins_blood(m->name, m->code, m->code_kind);
}

/* Records 301, and 311 that adds a word to it. */
static void
read_use(struct reader *r, const struct line *l)
{
	int rp = value(l, 1) == NULL ? 0 : atoi(l->v[1]);
	const char *text = value(l, l->number == 311 ? 3 : 2);

	if (text == NULL)
		return;
	for (size_t i = r->nuses; i-- > 0;)
		if (r->uses[i].rp == rp) {
			r->uses[i].use = arena_printf(r->mem, "%s %s",
			    r->uses[i].use, text);
			return;
		}
	if (r->nuses < RP_MAX) {
		r->uses[r->nuses].rp = rp;
		r->uses[r->nuses++].use = text;
	}
}

/* Uses stand behind the medicines of their number; numbers begin anew later. */
static void
close_group(struct reader *r)
{
	for (size_t k = r->group; k < r->out->n; k++)
		for (size_t i = 0; i < r->nuses; i++)
			if (r->uses[i].rp == r->rp[k])
				r->out->medicine[k].dosage = r->uses[i].use;
	r->group = r->out->n;
	r->nuses = 0;
}

/* Each part of a split list repeats these: the same again begins nothing. */
static void
read_dispensing(struct reader *r, const struct line *l)
{
	civil_date day = 0;
	int has;

	read_day(value(l, 1), &has, &day);
	if (has == r->has_day && day == r->day)
		return;
	close_group(r);
	r->prescriber = NULL;
	r->has_day = has;
	r->day = day;
}

static void
read_prescriber(struct reader *r, const struct line *l)
{
	const char *name = value(l, 1);

	if (name == NULL || (r->prescriber != NULL &&
	    strcmp(name, r->prescriber) == 0))
		return;
	close_group(r);
	r->prescriber = name;
}

static void
read_line(struct reader *r, const struct line *l)
{
	switch (l->number) {
	case 1:
		read_patient(r, l);
		break;
	case 5:
		read_dispensing(r, l);
		break;
	case 51:
		read_prescriber(r, l);
		break;
	case 201:
		read_medicine(r, l);
		break;
	case 301:
	case 311:
		read_use(r, l);
		break;
	default:
		r->out->unknown += !is_known(l->number);
	}
}

static void
read_part(struct reader *r, const struct part *p)
{
	for (size_t i = p->first; i < p->last; i++)
		if (r->lines[i].number != 0)
			read_line(r, &r->lines[i]);
}

struct jahis *
jahis_read(struct arena *mem, const char *text)
{
	struct reader r = { .mem = mem };

	r.out = arena_take(mem, sizeof *r.out);
	r.out->medicine = arena_take_many(mem, JAHIS_MEDICINES,
	    sizeof *r.out->medicine);
	r.rp = arena_take_many(mem, JAHIS_MEDICINES, sizeof *r.rp);
	split_lines(&r, text);
	find_parts(&r);
	check_parts(&r);
	if (r.out->fault != JAHIS_OK)
		return r.out;
	if (r.parts[0].id == NULL)
		for (size_t i = 0; i < r.nparts; i++)
			read_part(&r, &r.parts[i]);
	else
		for (int i = 1; i <= r.parts[0].total; i++)
			read_part(&r, nth_part(&r, i));
	close_group(&r);
	if (r.out->fault == JAHIS_OK && r.out->n == 0)
		r.out->fault = JAHIS_NOTHING;
	return r.out;
}

int
jahis_thins_blood(const char *name, const char *code, const char *kind)
{
	static const char *const names[] = { "ワルファリン", "ワーファリン",
	    "ダビガトラン", "プラザキサ", "リバーロキサバン", "イグザレルト",
	    "アピキサバン", "エリキュース", "エドキサバン", "リクシアナ",
	    "アスピリン", "バイアスピリン", "バファリン配合錠A81",
	    "クロピドグレル", "プラビックス", "プラスグレル", "エフィエント",
	    "チクロピジン", "パナルジン", "チカグレロル", "ブリリンタ",
	    "シロスタゾール", "プレタール", "サルポグレラート", "アンプラーグ",
	    "ベラプロスト", "コンプラビン", "タケルダ", "キャブピリン",
	    "ヘパリン", "エノキサパリン", "フォンダパリヌクス" };

	if (code != NULL && (strcmp(kind, "yj") == 0 ||
	    strcmp(kind, "mhlw") == 0) && strncmp(code, "333", 3) == 0)
		return 1;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strstr(name, names[i]) != NULL)
			return 1;
	return 0;
}
