/* Earthquakes and tsunamis. */
#include "arena.h"
#include "jmx_body.h"
#include "kind.h"
#include "plain.h"

/* 5- as 震度５弱 and so on, in the characters that the agency uses. */
static const char *
intensity_name(struct telegram *t, const char *intensity)
{
	static const char *const wide[] = { "０", "１", "２", "３", "４", "５",
		"６", "７", "８", "９" };
	const char *half = intensity[1] == '-' ? "弱" :
	    intensity[1] == '+' ? "強" : "";

	return arena_printf(t->r->mem, "震度%s%s", wide[intensity[0] - '0'],
	    half);
}

/* One of 1 to 7, 5- 5+ 6- 6+: in the arena, or NULL for anything else. */
static const char *
intensity_of(struct telegram *t, const struct node *n, const char *path)
{
	const char *text = jmx_text(t, n, path);

	if (text == NULL || text[0] < '1' || text[0] > '7')
		return NULL;
	if (text[1] == '\0' || ((text[1] == '-' || text[1] == '+') &&
	    text[2] == '\0'))
		return text;
	return NULL;
}

/*
 * An area shaken by so much. A city of which no figure has come, but which must
 * have been shaken by 5- or more, is said so: it may be the worst hit.
 */
static void
shaken(struct telegram *t, const struct node *n, const char *coding)
{
	struct item_warning like = { .from = t->item->head.target,
		.until = ITEM_NO_TIME };
	const char *condition = jmx_text(t, n, "Condition");

	like.code = intensity_of(t, n, "MaxInt");
	if (like.code == NULL && condition != NULL &&
	    strstr(condition, "未入電") != NULL) {
		like.code = "5-";
		like.name = condition;
	} else if (like.code == NULL)
		return;
	else
		like.name = intensity_name(t, like.code);
	kind_of_intensity(like.code, &like);
	t->coded++;
	warner_area(t->warner, warner_warning(t->warner, &like),
	    jmx_text(t, n, "Code"), jmx_text(t, n, "Name"), coding);
}

/* Long-period shaking, felt high up: classes 1 to 4. */
static void
swayed(struct telegram *t, const struct node *n, const char *coding)
{
	static const char *const names[] = { "長周期地震動階級１",
		"長周期地震動階級２", "長周期地震動階級３", "長周期地震動階級４" };
	const char *class = jmx_text(t, n, "MaxLgInt");
	struct item_warning like = { .kind = KIND_EARTHQUAKE,
		.from = t->item->head.target, .until = ITEM_NO_TIME };

	if (class == NULL || class[0] < '1' || class[0] > '4')
		return;
	like.name = names[class[0] - '1'];
	like.severity = class[0] >= '3' ? SEVERITY_SEVERE : SEVERITY_MINOR;
	t->coded++;
	warner_area(t->warner, warner_warning(t->warner, &like),
	    jmx_text(t, n, "Code"), jmx_text(t, n, "Name"), coding);
}

static void
observed(struct telegram *t, const struct node *observation)
{
	static const char region[] = "地震情報／細分区域";
	static const char city[] = "気象・地震・火山情報／市町村等";

	for (const struct node *p = node_child(observation, NS_JMX, "Pref");
	    p != NULL; p = node_again(p))
		for (const struct node *a = node_child(p, NS_JMX, "Area");
		    a != NULL; a = node_again(a)) {
			shaken(t, a, jmx_coding(t, region));
			swayed(t, a, jmx_coding(t, region));
			for (const struct node *c = node_child(a, NS_JMX,
			    "City"); c != NULL; c = node_again(c))
				shaken(t, c, jmx_coding(t, city));
		}
}

/* An area about to shake. */
static void
about_to_shake(struct telegram *t, const struct node *area)
{
	const struct node *kind = node_at(area, NS_JMX, "Category/Kind");
	struct item_warning like = { .code = jmx_text(t, kind, "Code"),
		.name = jmx_text(t, kind, "Name"),
		.from = t->item->head.target, .until = ITEM_NO_TIME };

	if (like.code == NULL)
		return;
	t->coded++;
	(void)kind_of(LIST_QUICK_QUAKE, like.code, t->item->head.type, &like);
	if (like.kind == KIND_NONE) {
		/* 00 is none in the headline, a forecast here. */
		like.kind = KIND_EARTHQUAKE;
		like.severity = SEVERITY_MINOR;
	}
	warner_area(t->warner, warner_warning(t->warner, &like),
	    jmx_text(t, area, "Code"), jmx_text(t, area, "Name"),
	    jmx_coding(t, "地震情報／細分区域"));
}

static void
forecast(struct telegram *t, const struct node *forecast)
{
	for (const struct node *p = node_child(forecast, NS_JMX, "Pref");
	    p != NULL; p = node_again(p))
		for (const struct node *a = node_child(p, NS_JMX, "Area");
		    a != NULL; a = node_again(a))
			about_to_shake(t, a);
}

void
jmx_intensity(struct telegram *t)
{
	for (const struct node *i = node_child(t->body, NS_JMX, "Intensity");
	    i != NULL; i = node_again(i)) {
		observed(t, node_child(i, NS_JMX, "Observation"));
		forecast(t, node_child(i, NS_JMX, "Forecast"));
	}
}

/*
 * What may follow off Hokkaido and Sanriku: one word, without a code, that says
 * for a week what 巨大地震注意 says of the Nankai trough.
 */
static void
take_heed(struct telegram *t)
{
	const struct item_head *h = &t->item->head;
	struct item_warning like = { .name = h->control_title,
		.kind = KIND_EARTHQUAKE, .severity = SEVERITY_SEVERE,
		.from = h->target, .until = h->valid };

	if (h->type != NULL && strcmp(h->type, "VYSE60") == 0 &&
	    t->item->message != MESSAGE_CANCEL)
		(void)warner_warning(t->warner, &like);
}

/* 臨時情報 of the Nankai trough: its serial says how grave it is. */
static void
nankai(struct telegram *t)
{
	const struct node *serial = node_at(t->body, NS_JMX,
	    "EarthquakeInfo/InfoSerial");
	struct item_warning like = { .code = jmx_text(t, serial, "Code"),
		.name = jmx_text(t, serial, "Name"), .kind = KIND_EARTHQUAKE,
		.severity = SEVERITY_MODERATE, .from = t->item->head.target,
		.until = ITEM_NO_TIME };

	if (like.code == NULL || like.name == NULL)
		return;
	if (strstr(like.name, "警戒") != NULL)
		like.severity = SEVERITY_EXTREME;
	else if (strstr(like.name, "注意") != NULL)
		like.severity = SEVERITY_SEVERE;
	else if (strstr(like.name, "解説") != NULL)
		like.severity = SEVERITY_MINOR;
	else if (strstr(like.name, "調査終了") != NULL) {
		like.severity = SEVERITY_UNKNOWN;
		like.kind = KIND_NONE;
	}
	t->coded++;
	(void)warner_warning(t->warner, &like);
}

void
jmx_tsunami(struct telegram *t)
{
	const struct node *forecast = node_at(t->body, NS_JMX,
	    "Tsunami/Forecast");

	for (const struct node *i = node_child(forecast, NS_JMX, "Item");
	    i != NULL; i = node_again(i)) {
		const struct node *kind = node_at(i, NS_JMX, "Category/Kind");
		const struct node *area = node_child(i, NS_JMX, "Area");
		struct item_warning like = { .code = jmx_text(t, kind, "Code"),
			.name = jmx_text(t, kind, "Name"),
			.from = t->item->head.report,
			.until = t->item->head.valid };

		if (like.code == NULL)
			continue;
		t->coded++;
		if (!kind_of(LIST_TSUNAMI, like.code, NULL, &like))
			jmx_unknown(t, like.code, like.name);
		warner_area(t->warner, warner_warning(t->warner, &like),
		    jmx_text(t, area, "Code"), jmx_text(t, area, "Name"),
		    jmx_coding(t, "津波予報区"));
	}
	nankai(t);
	take_heed(t);
}
