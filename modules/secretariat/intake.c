#include "intake.h"

#include "age.h"
#include "code.h"
#include "file.h"
#include "items.h"
#include "office_sql.h"
#include "secretariat.h"
#include "table.h"
#include "text.h"
#include "viewer.h"
#include "wareki.h"

enum { EXPORT_BYTES = 4 * 1024 * 1024, FAULTS_SHOWN = 50, NOTE_MAX = 20000 };

enum field {
	F_INSURER, F_INSURED, F_MUNICIPALITY, F_RECIPIENT, F_FAMILY, F_GIVEN,
	F_KANA, F_BIRTH, F_SEX, F_ADDRESS, F_PHONE, F_FACILITY, F_SURVEYOR,
	F_PHYSICIAN, F_KIND, F_CLASS, F_DISABILITY, F_DISEASE, F_APPLIED,
	F_PREVIOUS, F_PREVIOUS_MONTHS, F_PREVIOUS_TO, F_LEVEL, F_MINUTES,
	F_PARTS, F_ANSWERS, F_STABILITY, F_PROBABILITY, F_PHYSICAL, F_COGNITIVE,
	F_COGNITIVE_OPINION, F_NOTE, F_OPINION, FIELDS
};

enum { OF_CARE = 1, OF_SUPPORT = 2, OF_BOTH = 3 };

/* Fields, whose they are, and the headings that are looked for where a town says no other. */
static const struct { const char *field, *heading; int of; } usual[FIELDS] = {
	{ "insurer_number", "保険者番号", OF_BOTH },
	{ "insured_number", "被保険者番号", OF_BOTH },
	{ "municipality_code", "市町村番号", OF_SUPPORT },
	{ "recipient_number", "受給者証番号", OF_SUPPORT },
	{ "family", "氏", OF_BOTH }, { "given", "名", OF_BOTH },
	{ "kana", "カナ氏名", OF_BOTH }, { "birth_date", "生年月日", OF_BOTH },
	{ "sex", "性別", OF_BOTH }, { "address", "住所", OF_BOTH },
	{ "phone", "電話番号", OF_BOTH }, { "facility", "施設名", OF_BOTH },
	{ "surveyor", "調査員名", OF_BOTH },
	{ "physician", "主治医名", OF_BOTH }, { "kind", "申請区分", OF_BOTH },
	{ "insured_class", "被保険者区分", OF_CARE },
	{ "disability", "障害種別", OF_SUPPORT },
	{ "disease", "特定疾病", OF_CARE }, { "applied_on", "申請日", OF_BOTH },
	{ "previous_level", "前回認定結果", OF_BOTH },
	{ "previous_months", "前回有効期間", OF_BOTH },
	{ "previous_to", "前回有効期間終了日", OF_BOTH },
	{ "level", "一次判定結果", OF_BOTH },
	{ "minutes", "基準時間", OF_CARE },
	{ "parts", "基準時間内訳", OF_CARE },
	{ "answers", "調査項目", OF_BOTH },
	{ "stability", "状態の安定性", OF_CARE },
	{ "probability", "認知症自立度蓋然性", OF_CARE },
	{ "physical", "障害高齢者自立度", OF_CARE },
	{ "cognitive", "認知症自立度", OF_CARE },
	{ "cognitive_opinion", "認知症自立度意見書", OF_CARE },
	{ "note", "特記事項", OF_BOTH }, { "opinion", "主治医意見書", OF_BOTH }
};

static int
is_of(const struct scheme *c, int f)
{
	return (usual[f].of & (c->timed ? OF_CARE : OF_SUPPORT)) != 0;
}

int
intake_has(const struct scheme *c, const char *field)
{
	for (int f = 0; f < FIELDS; f++)
		if (is_of(c, f) && strcmp(usual[f].field, field) == 0)
			return 1;
	return 0;
}

static const char *
heading_of(const struct heading_rows *own, const struct scheme *c, int f)
{
	for (size_t i = 0; i < own->set.n; i++)
		if (strcmp(heading_at(own, i)->scheme, c->word) == 0 &&
		    strcmp(heading_at(own, i)->field, usual[f].field) == 0)
			return heading_at(own, i)->heading;
	return usual[f].heading;
}

void
intake_headings(struct req *r, struct model *m)
{
	struct heading_rows own;

	office_headings(r->db, &own, r->viewer->network);
	for (int i = 0; i < SCHEMES; i++) {
		const struct scheme *c = scheme_at(i);
		struct model *of = put_item(m, "exports");

		put_text(of, "scheme", c->word);
		for (int f = 0; f < FIELDS; f++) {
			struct model *o;

			if (!is_of(c, f))
				continue;
			o = put_item(of, "headings");
			put_text(o, "field", usual[f].field);
			put_text(o, "heading", heading_of(&own, c, f));
			put_text(o, "usual", usual[f].heading);
		}
	}
}

/* ---- one line ---- */

/* What a line says, as it will be stored. */
struct entry {
	const struct scheme *scheme;
	const char *text[FIELDS];	/* NULL: empty, or not of the scheme */
	const char *kind, *class, *sex, *previous, *level, *stability;
	const char *parts, *answers;
	civil_date birth, applied;
	struct db_maybe previous_to, previous_months, probability;
	int tenths;
	enum field fault;		/* FIELDS: none */
};

/* A word of ours for what insurers write; NULL: unknown. */
static const char *
word_of(const char *text, const char *const (*table)[2], size_t n)
{
	for (size_t i = 0; text != NULL && i < n; i++)
		if (strcmp(table[i][0], text) == 0)
			return table[i][1];
	return NULL;
}

#define WORD(text, table) word_of(text, table, sizeof (table) / sizeof (table)[0])

static const char *const kinds[][2] = {
	{ "新規", "new" }, { "1", "new" }, { "更新", "renewal" },
	{ "2", "renewal" }, { "区分変更", "change" }, { "変更", "change" },
	{ "3", "change" }
};
static const char *const classes[][2] = {
	{ "1", "first" }, { "第1号", "first" }, { "2", "second" },
	{ "第2号", "second" }, { "3", "welfare" }, { "みなし2号", "welfare" }
};
static const char *const sexes[][2] = {
	{ "1", "male" }, { "男", "male" }, { "2", "female" }, { "女", "female" }
};
static const char *const stabilities[][2] = {
	{ "1", "stable" }, { "安定", "stable" }, { "2", "unstable" },
	{ "不安定", "unstable" }
};

/* A number with one decimal at most, as tenths; -1: it is none. */
static int
tenths_of(const char *text)
{
	int n = 0, digits = 0;

	for (; text != NULL && *text >= '0' && *text <= '9' && digits < 4;
	    text++, digits++)
		n = n * 10 + (*text - '0');
	if (digits == 0)
		return -1;
	n *= 10;
	if (*text == '.' && text[1] >= '0' && text[1] <= '9') {
		n += text[1] - '0';
		text += 2;
	}
	return *text == '\0' ? n : -1;
}

/* A whole number of up to three digits, or not set. */
static struct db_maybe
number_of(const char *text)
{
	struct db_maybe none = { 0, 0 };
	int n = text == NULL ? -1 : tenths_of(text);

	return n < 0 || n % 10 != 0 || n > 9990 ? none :
	    (struct db_maybe){ 1, n / 10 };
}

static int
is_digits(const char *text, const char *digits, size_t n)
{
	return text != NULL && strlen(text) == n && strspn(text, digits) == n;
}

/* The eight parts, joined by blanks in tenths; "" when they are not given. */
static const char *
parts_of(struct req *r, const char *text)
{
	const char *out = "";
	char *copy = arena_text(r->mem, text), *next;

	for (char *p = copy; p != NULL && *p != '\0'; p = next) {
		next = strchr(p, ' ');
		if (next != NULL)
			*next++ = '\0';
		out = arena_printf(r->mem, "%s%s%d", out,
		    *out == '\0' ? "" : " ", tenths_of(p));
	}
	return strlen(out) > 59 ? "" : out;
}

struct wrong { int is; enum field field; };

/* The first of them that is wrong, FIELDS if none. */
static enum field
first_wrong(const struct wrong *looked, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (looked[i].is)
			return looked[i].field;
	return FIELDS;
}

static int
is_long(const char *text, size_t most)
{
	return text != NULL && text_length(text) > most;
}

/* Insurer's and insured number, which a support level need not have. */
static int
is_insurer(const char *text)
{
	struct insurer_number number;

	return text != NULL && insurer_number_parse(text, &number) == 0;
}

/* What a care level alone has, and what a support level alone has. */
static enum field
fault_of_scheme(const struct entry *e)
{
	const char *const *t = e->text;
	struct municipality_code code;
	const struct wrong care[] = {
		{ !is_insurer(t[F_INSURER]), F_INSURER },
		{ t[F_INSURED] == NULL || strlen(t[F_INSURED]) != 10, F_INSURED },
		{ e->class == NULL, F_CLASS },
		{ e->class != NULL && strcmp(e->class, "first") != 0 &&
		    t[F_DISEASE] == NULL, F_DISEASE },
		{ e->tenths < 0, F_MINUTES }
	};
	const struct wrong support[] = {
		{ t[F_MUNICIPALITY] == NULL || strlen(t[F_MUNICIPALITY]) != 6 ||
		    municipality_code_parse(t[F_MUNICIPALITY], &code) != 0,
		    F_MUNICIPALITY },
		{ !is_digits(t[F_RECIPIENT], "0123456789", 10), F_RECIPIENT },
		{ t[F_INSURER] != NULL && !is_insurer(t[F_INSURER]), F_INSURER },
		{ (t[F_INSURED] == NULL) != (t[F_INSURER] == NULL) ||
		    (t[F_INSURED] != NULL && strlen(t[F_INSURED]) != 10),
		    F_INSURED },
		{ is_long(t[F_DISABILITY], 60), F_DISABILITY }
	};

	return e->scheme->timed ?
	    first_wrong(care, sizeof care / sizeof care[0]) :
	    first_wrong(support, sizeof support / sizeof support[0]);
}

/* The first field that is not as it must be, FIELDS if all are. */
static enum field
fault_of(const struct entry *e)
{
	const char *const *t = e->text;
	int renewal = e->kind != NULL && strcmp(e->kind, "renewal") == 0;
	enum field own = fault_of_scheme(e);
	const struct wrong looked[] = {
		{ t[F_FAMILY] == NULL || is_long(t[F_FAMILY], 40), F_FAMILY },
		{ t[F_GIVEN] == NULL || is_long(t[F_GIVEN], 40), F_GIVEN },
		{ t[F_KANA] == NULL || is_long(t[F_KANA], 120), F_KANA },
		{ e->birth == INT32_MIN, F_BIRTH }, { e->sex == NULL, F_SEX },
		{ e->kind == NULL, F_KIND }, { e->applied == INT32_MIN, F_APPLIED },
		{ t[F_PREVIOUS] != NULL && e->previous == NULL, F_PREVIOUS },
		{ renewal && e->previous == NULL, F_PREVIOUS },
		{ renewal && !e->previous_to.set, F_PREVIOUS_TO },
		{ e->level == NULL, F_LEVEL }, { e->answers == NULL, F_ANSWERS },
		{ is_long(t[F_NOTE], NOTE_MAX), F_NOTE },
		{ is_long(t[F_OPINION], NOTE_MAX), F_OPINION }
	};

	return own != FIELDS ? own :
	    first_wrong(looked, sizeof looked / sizeof looked[0]);
}

static civil_date
day_of(const char *text)
{
	civil_date day;

	return text != NULL && wareki_parse(text, &day) == 0 ? day : INT32_MIN;
}

static void
take_entry(struct req *r, const struct scheme *c, const struct table *t,
    size_t row, const int *column, struct entry *e)
{
	civil_date to;

	*e = (struct entry){ .scheme = c };
	for (int f = 0; f < FIELDS; f++) {
		const char *cell = is_of(c, f) ?
		    table_cell(t, row, column[f]) : "";

		e->text[f] = *cell == '\0' ? NULL :
		    text_normal(r->mem, cell, strlen(cell), NULL);
	}
	e->kind = WORD(e->text[F_KIND], kinds);
	e->class = c->timed ? WORD(e->text[F_CLASS], classes) : "none";
	e->sex = WORD(e->text[F_SEX], sexes);
	e->stability = WORD(e->text[F_STABILITY], stabilities);
	e->previous = level_word(level_of_code(c, e->text[F_PREVIOUS]));
	e->level = level_word(level_of_code(c, e->text[F_LEVEL]));
	e->tenths = c->timed ? tenths_of(e->text[F_MINUTES]) : 0;
	e->parts = parts_of(r, e->text[F_PARTS]);
	e->answers = is_digits(e->text[F_ANSWERS],
	    c->timed ? "12345" : "123456", (size_t)c->items) ?
	    e->text[F_ANSWERS] : NULL;
	e->birth = day_of(e->text[F_BIRTH]);
	e->applied = day_of(e->text[F_APPLIED]);
	to = day_of(e->text[F_PREVIOUS_TO]);
	e->previous_to = (struct db_maybe){ to != INT32_MIN, to };
	e->previous_months = number_of(e->text[F_PREVIOUS_MONTHS]);
	e->probability = number_of(e->text[F_PROBABILITY]);
	e->fault = fault_of(e);
}

/* A text that the database has, empty or not. */
static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

/* A code of one digit, or NULL. */
static const char *
code_of(const char *text)
{
	return is_digits(text, "123456789", 1) ? text : NULL;
}

static void
store(struct req *r, const struct entry *e, int n)
{
	const struct key_of *a;

	office_add(r->db, &a, req_ref(r, n), r->viewer->network,
	    e->scheme->word, e->kind, e->class, e->text[F_DISABILITY],
	    e->text[F_DISEASE], e->sex, age_on(e->birth, e->applied),
	    e->applied, e->previous, e->previous_months, e->previous_to,
	    e->text[F_NOTE], e->text[F_OPINION]);
	if (a == NULL)
		return;
	office_add_person(r->db, a->id, r->viewer->network, e->scheme->word,
	    or_empty(e->text[F_MUNICIPALITY]), or_empty(e->text[F_RECIPIENT]),
	    or_empty(e->text[F_INSURER]), or_empty(e->text[F_INSURED]),
	    e->text[F_FAMILY], e->text[F_GIVEN],
	    e->text[F_KANA], e->birth, e->text[F_ADDRESS], e->text[F_PHONE],
	    e->text[F_FACILITY], e->text[F_SURVEYOR], e->text[F_PHYSICIAN],
	    e->applied);
	office_add_stage(r->db, a->id, e->level, e->tenths, e->parts,
	    e->answers, e->stability, e->probability,
	    code_of(e->text[F_PHYSICAL]), code_of(e->text[F_COGNITIVE]),
	    code_of(e->text[F_COGNITIVE_OPINION]), r->now, r->viewer->user);
}

static int
is_known(struct req *r, const struct entry *e)
{
	const struct counted *c;

	if (e->scheme->timed)
		office_is_known(r->db, &c, r->viewer->network,
		    e->text[F_INSURER], e->text[F_INSURED], e->applied);
	else
		office_is_known_recipient(r->db, &c, r->viewer->network,
		    e->text[F_MUNICIPALITY], e->text[F_RECIPIENT], e->applied);
	return c != NULL && c->n > 0;
}

/* ---- the whole ---- */

static void
put_fault(struct model *m, int64_t line, const char *heading)
{
	struct model *o = put_item(m, "faults");

	put_i64(o, "line", line);
	put_text(o, "heading", heading);
}

/* Every good line that is new; what is wrong is told by line and heading. */
static void
take_all(struct req *r, struct model *m, const struct table *t, int64_t file)
{
	const struct scheme *c = scheme_find(in_text(r, "scheme"));
	struct heading_rows own;
	int column[FIELDS];
	int64_t taken = 0, known = 0, wrong = 0;
	struct entry e;

	office_headings(r->db, &own, r->viewer->network);
	for (int f = 0; f < FIELDS; f++)
		column[f] = table_column(t, heading_of(&own, c, f));
	for (size_t i = 0; i < t->rows; i++) {
		take_entry(r, c, t, i, column, &e);
		if (e.fault != FIELDS) {
			if (wrong++ < FAULTS_SHOWN)
				put_fault(m, (int64_t)i + 2,
				    heading_of(&own, c, e.fault));
		} else if (is_known(r, &e)) {
			known++;
		} else {
			store(r, &e, (int)taken++);
		}
	}
	office_add_import(r->db, r->id, r->viewer->network, file, taken, known,
	    r->now, r->viewer->user);
	put_i64(m, "taken", taken);
	put_i64(m, "known", known);
	put_i64(m, "wrong", wrong);
	put_i64(m, "replaced", t->replaced);
}

int
import_read(struct req *r, struct model *m)
{
	size_t n;
	const struct upload *u = in_files(r, "table", &n);
	const struct table *t;
	const unsigned char *p;
	const char *why;

	if (n == 0)
		return refuse_input(r, "table", "missing");
	file_keep(r, u[0].key);
	p = file_bytes(r, u[0].key, EXPORT_BYTES);
	if (p == NULL)
		return refuse_input(r, "table", "too_large");
	t = table_read(r->mem, (const char *)p, (size_t)u[0].bytes, &why);
	if (t == NULL)
		return refuse_input(r, "table", why);
	put_items(m, "faults");
	take_all(r, m, t, u[0].key);
	put_id(m, r->id);
	return 201;
}
