#include "import_line.h"

#include "page.h"
#include "wareki.h"

#include <string.h>

enum { NUMBER_DIGITS = 10, NAME_CHARS = 80, RELATION_CHARS = 40, WORDS_CHARS = 200 };

static const char *const headings[IMPORT_COLUMNS] = {
	"被保険者番号", "保険者番号", "生年月日", "目的", "様式", "同意日", "署名者",
	"続柄", "理由", "説明者", "有効期限", "町の担当者", "範囲"
};

static int
may_lack(enum import_column c)
{
	return c == IMPORT_INSURER || c == IMPORT_FORM || c == IMPORT_REASON ||
	    c == IMPORT_UNTIL || c == IMPORT_OFFICER || c == IMPORT_SCOPE;
}

/* A word of a cell, and what it stands for. */
struct term {
	const char *text, *is;
};

static const struct term purposes[] = {
	{ "チームでの共有", "share_team" }, { "支援チーム", "share_team" },
	{ "広域での共有", "share_wide_area" }, { "広域", "share_wide_area" },
	{ "救急", "emergency" }, { "避難行動要支援者名簿", "disaster_register" },
	{ "名簿の平常時提供", "disaster_peacetime_supply" },
	{ "個別避難計画", "evacuation_plan" }, { "家族の閲覧", "family_access" },
	{ "録画", "video_recording" }, { "研究", "research" },
	{ "share_team", "share_team" }, { "share_wide_area", "share_wide_area" },
	{ "emergency", "emergency" }, { "disaster_register", "disaster_register" },
	{ "disaster_peacetime_supply", "disaster_peacetime_supply" },
	{ "evacuation_plan", "evacuation_plan" },
	{ "family_access", "family_access" },
	{ "video_recording", "video_recording" }, { "research", "research" },
	{ NULL, NULL }
};

static const struct term forms[] = {
	{ "", "written" }, { "書面", "written" }, { "written", "written" },
	{ "口頭", "oral_recorded" }, { "oral_recorded", "oral_recorded" },
	{ "条例", "ordinance" }, { "ordinance", "ordinance" }, { NULL, NULL }
};

static const struct term yes[] = {
	{ "", "" }, { "否", "" }, { "不可", "" }, { "0", "" }, { "可", "1" },
	{ "1", "1" }, { NULL, NULL }
};

static const char *
term_find(const struct term *t, const char *text)
{
	for (; t->text != NULL; t++)
		if (strcmp(t->text, text) == 0)
			return t->is;
	return NULL;
}

const char *
import_head(const struct table *t, struct import_head *h)
{
	for (int c = 0; c < IMPORT_COLUMNS; c++) {
		h->at[c] = table_column(t, headings[c]);
		if (h->at[c] < 0 && !may_lack(c))
			return headings[c];
	}
	return NULL;
}

const char *
import_headings(struct arena *mem, int needed)
{
	const char *all = NULL;

	for (int c = 0; c < IMPORT_COLUMNS; c++)
		if (may_lack(c) != needed)
			all = all == NULL ? headings[c] :
			    arena_printf(mem, "%s、%s", all, headings[c]);
	return all;
}

/* Characters of a text that is UTF-8. */
static size_t
characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static int
is_number(const char *text)
{
	return strspn(text, "0123456789H") == strlen(text) &&
	    strlen(text) <= NUMBER_DIGITS;
}

static const char *
texts_fault(const struct import_line *l)
{
	if (!is_number(l->insured_number) ||
	    (l->insurer_number != NULL && !is_number(l->insurer_number)))
		return N_("番号は数字です");
	if (characters(l->signer) > NAME_CHARS ||
	    characters(l->explainer) > NAME_CHARS ||
	    characters(l->relation) > RELATION_CHARS ||
	    (l->reason != NULL && characters(l->reason) > WORDS_CHARS) ||
	    (l->scope != NULL && characters(l->scope) > WORDS_CHARS))
		return N_("長すぎるところがあります");
	if (strcmp(l->relation, "本人") != 0 && l->reason == NULL)
		return N_("本人が署名しない理由がありません");
	return NULL;
}

/* Only the town's registers rest on an ordinance (災害対策基本法49条の11). */
static const char *
purpose_fault(const struct import_line *l)
{
	if (l->purpose == NULL)
		return N_("目的が分かりません");
	if (l->form == NULL)
		return N_("様式が分かりません");
	if (strcmp(l->form, "ordinance") == 0 &&
	    strcmp(l->purpose, "disaster_register") != 0 &&
	    strcmp(l->purpose, "disaster_peacetime_supply") != 0)
		return N_("条例によるのは名簿だけです");
	return NULL;
}

static const char *
days_fault(const char *birth, const char *given, const char *until,
    civil_date today, struct import_line *l)
{
	civil_date day;

	if (wareki_parse(birth, &l->birth_date) != 0)
		return N_("生年月日が読めません");
	if (wareki_parse(given, &l->given_on) != 0)
		return N_("同意日が読めません");
	if (l->given_on > today)
		return N_("同意日が先の日付です");
	if (until == NULL)
		return NULL;
	if (wareki_parse(until, &day) != 0)
		return N_("有効期限が読めません");
	l->valid_until = (struct db_maybe){ 1, day };
	return day < today ? N_("有効期限を過ぎています") : NULL;
}

/* A cell, or NULL where it is empty. */
static const char *
filled(const struct table *t, const struct import_head *h, size_t n,
    enum import_column c)
{
	const char *text = table_cell(t, n, h->at[c]);

	return *text == '\0' ? NULL : text;
}

const char *
import_line(const struct table *t, const struct import_head *h, size_t n,
    civil_date today, struct import_line *l)
{
	const char *officer = term_find(yes, table_cell(t, n, h->at[IMPORT_OFFICER]));
	const char *fault;

	for (int c = 0; c < IMPORT_COLUMNS; c++)
		if (!may_lack(c) && filled(t, h, n, c) == NULL)
			return N_("空欄があります");
	*l = (struct import_line){
		.insured_number = filled(t, h, n, IMPORT_INSURED),
		.insurer_number = filled(t, h, n, IMPORT_INSURER),
		.purpose = term_find(purposes, filled(t, h, n, IMPORT_PURPOSE)),
		.form = term_find(forms, table_cell(t, n, h->at[IMPORT_FORM])),
		.signer = filled(t, h, n, IMPORT_SIGNER),
		.relation = filled(t, h, n, IMPORT_RELATION),
		.reason = filled(t, h, n, IMPORT_REASON),
		.explainer = filled(t, h, n, IMPORT_EXPLAINER),
		.scope = filled(t, h, n, IMPORT_SCOPE),
		.officer = officer != NULL && *officer != '\0'
	};
	if (officer == NULL)
		return N_("町の担当者の欄は「可」か空欄です");
	if (strcmp(l->relation, "本人") == 0)
		l->reason = NULL;
	fault = texts_fault(l);
	if (fault == NULL)
		fault = purpose_fault(l);
	return fault != NULL ? fault : days_fault(filled(t, h, n, IMPORT_BIRTH),
	    filled(t, h, n, IMPORT_GIVEN), filled(t, h, n, IMPORT_UNTIL), today, l);
}

int
import_line_same(const struct import_line *a, const struct import_line *b)
{
	return strcmp(a->insured_number, b->insured_number) == 0 &&
	    a->birth_date == b->birth_date && a->given_on == b->given_on &&
	    strcmp(a->purpose, b->purpose) == 0 &&
	    strcmp(a->form, b->form) == 0 && strcmp(a->signer, b->signer) == 0;
}
