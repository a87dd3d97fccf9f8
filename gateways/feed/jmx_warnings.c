/* Warnings proper: items of kinds and areas, in the body or in the headline. */
#include "arena.h"
#include "jmx_body.h"
#include "kind.h"
#include "plain.h"

static int
is(const char *text, const char *word)
{
	return text != NULL && strcmp(text, word) == 0;
}

/* What is said of a kind: nothing in force here (なし), or no longer (解除). */
static int
is_nothing(const char *state)
{
	return state != NULL && (is(state, "なし") ||
	    strstr(state, "警報・注意報はなし") != NULL);
}

/* One area; a station on a river also names the municipality that it floods. */
static void
add_area(struct telegram *t, size_t warning, const struct node *area,
    const char *coding)
{
	const struct node *code = node_child(area, NS_JMX, "Code");
	const char *type = node_attr(code, NS_NONE, "type");
	const char *city = jmx_text(t, area, "CityCode");

	warner_area(t->warner, warning, jmx_text(t, code, ""),
	    jmx_text(t, area, "Name"), type != NULL ? jmx_coding(t, type) :
	    coding);
	if (city != NULL)
		warner_area(t->warner, warning, city,
		    jmx_text(t, area, "City"),
		    jmx_coding(t, "気象・地震・火山情報／市町村等"));
}

static const char *
coding_of(struct telegram *t, const struct node *n, const char *otherwise)
{
	const char *said = node_attr(n, NS_NONE, "codeType");

	return said == NULL ? otherwise : jmx_coding(t, said);
}

/* Items name one Area or several Areas/Area; the list may be said at either. */
static void
add_areas(struct telegram *t, size_t warning, const struct node *item,
    const char *coding)
{
	const struct node *all = node_child(item, NS_JMX, "Areas");
	const char *inside = coding_of(t, all, coding);

	for (const struct node *a = node_child(item, NS_JMX, "Area"); a != NULL;
	    a = node_again(a))
		add_area(t, warning, a, coding_of(t, a, coding));
	for (const struct node *a = node_child(all, NS_JMX, "Area"); a != NULL;
	    a = node_again(a))
		add_area(t, warning, a, coding_of(t, a, inside));
}

/* In 情報タグ the condition is what it is about. */
static void
take_tag(struct telegram *t, const struct node *kind, struct item_warning *w)
{
	static const struct { const char *word; enum warning_kind kind;
	    enum item_severity severity; } tags[] = {
		{ "線状降水帯", KIND_RECORD_RAIN, SEVERITY_EXTREME },
		{ "記録的短時間大雨", KIND_RECORD_RAIN, SEVERITY_SEVERE },
		{ "竜巻", KIND_TORNADO, SEVERITY_SEVERE },
		{ "短時間大雪", KIND_OTHER, SEVERITY_SEVERE },
	};

	w->name = jmx_text(t, kind, "Condition");
	w->state = NULL;
	for (size_t i = 0; w->name != NULL && i < sizeof tags / sizeof *tags; i++)
		if (strstr(w->name, tags[i].word) != NULL) {
			w->kind = tags[i].kind;
			w->severity = tags[i].severity;
			return;
		}
}

/* Lists whose kinds have codes: a name without one is of a form that is new. */
static int
says_codes(enum code_list list)
{
	return list != LIST_OTHER && list != LIST_INTENSITY;
}

/*
 * A kind of an item; LastKind and NextKind stand beside or inside it and are not
 * in force. 0 when there is nothing to say, -1 when it cannot be made out.
 */
static int
read_kind(struct telegram *t, const struct node *kind, enum code_list list,
    struct item_warning *w)
{
	const char *condition = jmx_text(t, kind, "Condition");

	*w = (struct item_warning){ .from = t->item->head.target,
		.until = t->item->head.valid };
	w->code = jmx_text(t, kind, "Code");
	w->name = jmx_text(t, kind, "Name");
	w->state = jmx_text(t, kind, "Status");
	if (w->state == NULL && list != LIST_WEATHER)
		w->state = condition;
	if (is_nothing(w->state)) {
		t->none = 1;
		return 0;
	}
	if (w->code == NULL && list != LIST_TAG) {
		if (w->name == NULL)
			return 0;
		if (says_codes(list))
			jmx_unknown(t, NULL, w->name);
		return -1;
	}
	if (!kind_of(list, w->code, t->item->head.type, w) &&
	    !is(w->state, "解除"))
		jmx_unknown(t, w->code, w->name);
	if (list == LIST_WEATHER && kind_name_differs(w->code, w->name))
		reading_note(t->r, "code %s is named %s; the code counts",
		    w->code, w->name);
	if (list == LIST_TAG)
		take_tag(t, kind, w);
	if (is(w->state, "解除")) {
		w->kind = KIND_NONE;
		w->level = 0;
		w->severity = SEVERITY_UNKNOWN;
	}
	return 1;
}

/* Which lists the codes of some items are of, by the `type` of what has them. */
struct lists {
	enum code_list kinds;
	const char *coding;		/* of areas */
};

static struct lists
lists_of(const struct node *n)
{
	const char *type = node_attr(n, NS_NONE, "type");

	return (struct lists){ code_list_of(type), jmx_coding_of(type) };
}

static void
read_item(struct telegram *t, const struct node *item, struct lists of)
{
	enum code_list list = of.kinds;

	/* What a report is about; only in 防災速報 it is a danger by itself. */
	if (list == LIST_TAG && !is(t->item->head.type, "VPBS50")) {
		add_areas(t, WARNER_NONE, item, of.coding);
		return;
	}

	for (const struct node *k = node_child(item, NS_JMX, "Kind"); k != NULL;
	    k = node_again(k)) {
		struct item_warning like;
		int read = read_kind(t, k, list, &like);

		/* Of a form that is new at least the areas are of use. */
		if (read < 0 && (t->unknown != NULL ||
		    t->item->head.type == NULL))
			add_areas(t, WARNER_NONE, item, of.coding);
		if (read <= 0)
			continue;
		t->coded++;
		add_areas(t, warner_warning(t->warner, &like), item,
		    of.coding);
	}
}

/* What floods is said in the headline; the body adds where the water may come. */
static void
read_flooded(struct telegram *t, const struct node *item)
{
	if (node_at(item, NS_JMX, "Areas/Area/CityCode") != NULL)
		add_areas(t, WARNER_NONE, item, NULL);
}

static void
read_list(struct telegram *t, const struct node *list)
{
	struct lists of = lists_of(list);

	for (const struct node *i = node_child(list, NS_JMX, "Item"); i != NULL;
	    i = node_again(i))
		if (of.kinds == LIST_FLOOD)
			read_flooded(t, i);
		else
			read_item(t, i, of);
}

void
jmx_warnings(struct telegram *t)
{
	for (const struct node *w = node_child(t->body, NS_JMX, "Warning");
	    w != NULL; w = node_again(w))
		read_list(t, w);
	for (const struct node *v = node_child(t->body, NS_JMX, "VolcanoInfo");
	    v != NULL; v = node_again(v))
		read_list(t, v);
}

/* A heat alert has neither codes nor areas; its title names the prefecture. */
static void
heat(struct telegram *t)
{
	const char *title = t->item->title;
	const char *what = title == NULL ? NULL : strstr(title, "熱中症");
	const char *before = title == NULL ? NULL :
	    strstr(title, "高温注意情報");	/* until 2020 */
	struct item_warning like = { .kind = KIND_HEAT, .name = what,
		.severity = SEVERITY_SEVERE, .from = t->item->head.target,
		.until = t->item->head.valid };

	if (what == NULL && before != NULL) {
		what = like.name = before;
		like.severity = SEVERITY_MODERATE;
	}
	if (what == NULL || !is(t->item->head.type, "VPFT50"))
		return;
	if (strstr(what, "特別") != NULL)
		like.severity = SEVERITY_EXTREME;
	warner_area(t->warner, warner_warning(t->warner, &like), NULL,
	    plain_line(t->r->mem, arena_copy(t->r->entry, title,
	    (size_t)(what - title)), PLAIN_NAME),
	    jmx_coding(t, "気象情報／府県予報区・細分区域等"));
}

void
jmx_headline(struct telegram *t)
{
	for (const struct node *i = node_at(t->head, NS_JMX,
	    "Headline/Information"); i != NULL; i = node_again(i)) {
		struct lists of = lists_of(i);

		for (const struct node *n = node_child(i, NS_JMX, "Item");
		    n != NULL && of.kinds != LIST_INTENSITY;
		    n = node_again(n))
			read_item(t, n, of);
	}
	heat(t);
}
