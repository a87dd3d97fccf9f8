#include "radio.h"

/* Adds a name; behind RADIO_NAMES of them only that there are more. */
static const char *
add_name(struct req *r, const char *so_far, const char *name, int n)
{
	if (n > RADIO_NAMES)
		return so_far;
	if (n == RADIO_NAMES)
		return arena_printf(r->mem, "%sほか", so_far);
	return n == 0 ? name : arena_printf(r->mem, "%s・%s", so_far, name);
}

/* The names of a section's rows; `wanted` 0 or 1 of the flag, -1 any. "" if none. */
static const char *
names_of(struct req *r, const struct item_rows *rows, const char *section,
    int wanted)
{
	const char *names = "";
	int n = 0;

	for (size_t i = items_first(rows, section); i < rows->set.n;
	    i = items_next(rows, section, i)) {
		const struct item *x = item_at(rows, i);
		int flag = x->flag.set && (x->flag.v & 1);

		if (wanted < 0 || flag == wanted)
			names = add_name(r, names, x->a, n++);
	}
	return names;
}

const char *
radio_who(struct req *r, const struct item_rows *rows, int age,
    const char *sex)
{
	const char *state = items_state(rows, "health_conditions");
	const char *names = names_of(r, rows, "health_conditions", 0);

	if (names[0] == '\0')
		names = strcmp(state, "not_asked") == 0 ? "病歴未確認" :
		    "治療中の病気なし";
	return arena_printf(r->mem, "%d歳%s　%s", age,
	    strcmp(sex, "female") == 0 ? "女性" :
	    strcmp(sex, "male") == 0 ? "男性" : "", names);
}

static const char *
thinners(struct req *r, const struct item_rows *rows)
{
	const char *names = names_of(r, rows, "medications", 1);
	const char *state = items_state(rows, "medications");

	if (names[0] != '\0')
		return arena_printf(r->mem, "抗血栓薬（%s）", names);
	return strcmp(state, "not_asked") == 0 ? "服薬未確認" :
	    strcmp(state, "none") == 0 ? "抗血栓薬なし" : "抗血栓薬の記録なし";
}

static const char *
allergies(struct req *r, const struct item_rows *rows)
{
	const char *state = items_state(rows, "allergies");

	if (strcmp(state, "present") == 0)
		return arena_printf(r->mem, "%s禁",
		    names_of(r, rows, "allergies", -1));
	return strcmp(state, "none") == 0 ? "アレルギーなし" :
	    "アレルギー未確認";
}

static const char *
devices(struct req *r, const struct item_rows *rows)
{
	const char *names = "";
	int n = 0;

	for (size_t i = items_first(rows, "equipment"); i < rows->set.n;
	    i = items_next(rows, "equipment", i)) {
		const struct item *x = item_at(rows, i);

		names = add_name(r, names, x->c == NULL ? x->a :
		    arena_printf(r->mem, "%s%s", x->a, x->c), n++);
	}
	return names;
}

/* What is written of resuscitation; the crew asks the physician all the same. */
static const char *
resuscitation(const struct item_rows *rows)
{
	for (size_t i = items_first(rows, "advance_directives");
	    i < rows->set.n; i = items_next(rows, "advance_directives", i)) {
		const struct item *x = item_at(rows, i);

		if (x->d != NULL && strcmp(x->d, "not_wanted") == 0)
			return "　蘇生を望まないと書面あり";
	}
	return items_count(rows, "advance_directives") > 0 ?
	    "　事前指示あり" : "";
}

const char *
radio_alerts(struct req *r, const struct item_rows *rows)
{
	const struct item *infection = items_field(rows, "infection");
	const char *gear = devices(r, rows);

	return arena_printf(r->mem, "%s　%s%s%s%s%s%s", thinners(r, rows),
	    allergies(r, rows), gear[0] == '\0' ? "" : "　", gear,
	    infection != NULL && strcmp(infection->b, "present") == 0 ?
	    "　感染注意：" : "",
	    infection != NULL && strcmp(infection->b, "present") == 0 ?
	    infection->c : "", resuscitation(rows));
}
