/*
 * A telegram of the Japan Meteorological Agency: its envelope. Only 通常 is to be
 * acted on, 取消 takes back, 訂正 replaces; what it warns of is jmx_body.h's.
 */
#include "arena.h"
#include "jmx_body.h"
#include "kind.h"
#include "plain.h"
#include "type.h"

static int
is(const char *text, const char *word)
{
	return text != NULL && strcmp(text, word) == 0;
}

static int
under(const struct node *n, const char *parent)
{
	return n->parent != NULL && n->parent->name != NULL &&
	    strcmp(n->parent->name, parent) == 0;
}

/* Does this telegram look ahead? Then its hours are read, else they are not. */
static int
looks_ahead(const struct node *body)
{
	const struct node *title = node_at(body->parent, NS_JMX,
	    "Control/Title");
	const char *text = title == NULL || title->first == NULL ? NULL :
	    title->first->text;

	return text != NULL && (strstr(text, "時系列") != NULL ||
	    strstr(text, "早期注意情報") != NULL ||
	    strstr(text, "警報級の可能性") != NULL);
}

int
jmx_is_ballast(const struct node *n)
{
	if (n->ns != NS_JMX || n->depth < 2)
		return 0;
	if (strcmp(n->name, "IntensityStation") == 0)
		return 1;
	if (n->depth != 2 || !under(n, "Body"))
		return 0;
	return strcmp(n->name, "AshInfos") == 0 ||
	    (strcmp(n->name, "MeteorologicalInfos") == 0 &&
	    !looks_ahead(n->parent));
}

const char *
jmx_text(struct telegram *t, const struct node *n, const char *path)
{
	return plain_line(t->r->mem, node_text_at(t->r->entry, n, NS_JMX, path),
	    PLAIN_NAME);
}

void
jmx_unknown(struct telegram *t, const char *code, const char *name)
{
	if (t->unknown == NULL)
		t->unknown = plain_line(t->r->mem, arena_printf(t->r->entry,
		    "%s%s%s", code == NULL ? "a kind without a code" : "code ",
		    code == NULL ? "" : code, name == NULL ? "" :
		    arena_printf(t->r->entry, " (%s)", name)), PLAIN_NAME);
}

const char *
jmx_coding(struct telegram *t, const char *said)
{
	static const char *const known[] = {
		"気象・地震・火山情報／市町村等",
		"気象情報／府県予報区・細分区域等", "地震情報／細分区域",
		"津波予報区", "火山名", "河川", "高潮予報区間"
	};

	for (size_t i = 0; said != NULL && i < sizeof known / sizeof *known; i++)
		if (strcmp(said, known[i]) == 0)
			return known[i];
	return plain_line(t->r->mem, said, PLAIN_NAME);
}

const char *
jmx_coding_of(const char *type)
{
	static const struct { const char *word, *coding; } lists[] = {
		{ "高潮予報区間", "高潮予報区間" },
		{ "海上", "地方海上予報区" },
		{ "市町村等をまとめた", "気象情報／府県予報区・細分区域等" },
		{ "市町村等", "気象・地震・火山情報／市町村等" },
		{ "土砂災害", "気象・地震・火山情報／市町村等" },
		{ "予報区等", "気象情報／府県予報区・細分区域等" },
		{ "細分", "気象情報／府県予報区・細分区域等" },
		{ "区域予報", "気象情報／府県予報区・細分区域等" },
	};

	for (size_t i = 0; type != NULL && i < sizeof lists / sizeof *lists; i++)
		if (strstr(type, lists[i].word) != NULL)
			return lists[i].coding;
	return NULL;
}

static void
take_status(struct reading *r, struct item *item, const char *status)
{
	const char *type = item->head.info_type;

	item->message = is(type, "訂正") ? MESSAGE_UPDATE :
	    is(type, "取消") ? MESSAGE_CANCEL : MESSAGE_ALERT;
	item->status = is(status, "訓練") ? STATUS_EXERCISE :
	    !is(status, "通常") ? STATUS_TEST :
	    item->message == MESSAGE_CANCEL ? STATUS_CANCELLED : STATUS_ACTUAL;
	if (!is(status, "通常") && !is(status, "訓練") && !is(status, "試験"))
		reading_note(r, "a telegram of no known status is not acted on");
	if (item->message == MESSAGE_ALERT && !is(type, "発表") &&
	    !is(type, "遅延"))
		reading_note(r, "InfoType is not known, taken as an issue");
}

static utc_ms
time_at(struct telegram *t, const struct node *n, const char *path)
{
	return reading_time(t->r, t->item, path, node_text_at(t->r->entry, n,
	    NS_JMX, path), JAPAN_MIN);
}

static void
take_head(struct telegram *t, const struct node *control, struct item *item)
{
	struct item_head *h = &item->head;
	const struct node *head = t->head;

	h->control_title = jmx_text(t, control, "Title");
	h->office = jmx_text(t, control, "EditorialOffice");
	h->control = reading_time(t->r, item, "DateTime", node_text_at(
	    t->r->entry, control, NS_JMX, "DateTime"), 0);
	h->type = type_of_place(t->r->place);
	if (h->type == NULL)
		h->type = type_of_title(h->control_title);
	h->event = jmx_text(t, head, "EventID");
	h->serial = jmx_text(t, head, "Serial");
	h->info_type = jmx_text(t, head, "InfoType");
	h->info_kind = jmx_text(t, head, "InfoKind");
	h->report = time_at(t, head, "ReportDateTime");
	h->target = time_at(t, head, "TargetDateTime");
	h->valid = time_at(t, head, "ValidDateTime");
	h->headline = plain_lines(t->r->mem, node_text_at(t->r->entry, head,
	    NS_JMX, "Headline/Text"), PLAIN_SUMMARY);
}

/* A telegram has no name of its own; these together are no other's. */
static const char *
id_of(struct reading *r, const struct item_head *h)
{
	char report[INSTANT_TEXT] = "", control[INSTANT_TEXT] = "";

	if (h->report != ITEM_NO_TIME)
		(void)instant_iso(h->report, report);
	if (h->control != ITEM_NO_TIME)
		(void)instant_iso(h->control, control);
	return arena_printf(r->mem, "jmx:%s:%s:%s:%s:%s:%s:%s",
	    h->control_title == NULL ? "" : h->control_title,
	    h->office == NULL ? "" : h->office, h->event == NULL ? "" : h->event,
	    h->serial == NULL ? "" : h->serial,
	    h->info_type == NULL ? "" : h->info_type, report, control);
}

static void
take_summary(struct telegram *t, struct item *item)
{
	static const char *const places[] = { "Text", "Comment/Text",
		"Comments/FreeFormComment", "EarthquakeInfo/Text",
		"VolcanoInfoContent/VolcanoHeadline" };

	item->summary = item->head.headline;
	for (size_t i = 0; item->summary == NULL &&
	    i < sizeof places / sizeof *places; i++)
		item->summary = plain_lines(t->r->mem, node_text_at(t->r->entry,
		    t->body, NS_JMX, places[i]), PLAIN_SUMMARY);
}

static void
take_body(struct telegram *t, struct item *item)
{
	struct warner w;

	warner_begin(&w, t->r, item);
	t->warner = &w;
	jmx_warnings(t);
	jmx_intensity(t);
	jmx_tsunami(t);
	if (t->coded == 0)
		jmx_headline(t);
	jmx_outlook(t);
	warner_end(&w);
	item->none = t->none;
	item->unknown = t->unknown;
}

void
jmx_read(struct reading *r, const struct node *report)
{
	const struct node *control = node_child(report, NS_JMX, "Control");
	struct telegram t = { .r = r, .head = node_child(report, NS_JMX, "Head"),
		.body = node_child(report, NS_JMX, "Body") };
	struct item *item;

	r->source = SOURCE_JMX;
	if (control == NULL || t.head == NULL) {
		r->refused = "a telegram without Control and Head";
		return;
	}
	item = reading_item(r);
	if (item == NULL)
		return;
	item->source = SOURCE_JMX;
	t.item = item;
	take_head(&t, control, item);
	take_status(r, item, jmx_text(&t, control, "Status"));
	item->id = id_of(r, &item->head);
	item->title = plain_line(r->mem, node_text_at(r->entry, t.head, NS_JMX,
	    "Title"), PLAIN_TITLE);
	item->published = item->head.report;
	item->updated = item->head.control;
	take_summary(&t, item);
	take_body(&t, item);
}
