/*
 * What is to be expected, hour by hour: VPWP50's classes of danger and the early
 * notice (早期注意情報). None of it is in force, so each is KIND_OUTLOOK.
 */
#include "arena.h"
#include "jmx_body.h"
#include "plain.h"

enum { HOURS_MAX = 64 };

/* The hours of a time series: what refID means. */
struct hours {
	utc_ms from[HOURS_MAX], until[HOURS_MAX];
};

/* ISO 8601's PT3H, P1D, PT30M; 0 for anything else. */
static utc_ms
duration(const char *text)
{
	utc_ms sum = 0;
	int time = 0;

	if (text == NULL || *text++ != 'P')
		return 0;
	while (*text != '\0') {
		char *end;
		long n;

		if (*text == 'T') {
			time = 1;
			text++;
			continue;
		}
		n = strtol(text, &end, 10);
		if (end == text || n < 0 || n > 1000)
			return 0;
		sum += n * (*end == 'D' ? DAY_MS : *end == 'H' ? HOUR_MS :
		    *end == 'M' && time ? MINUTE_MS : 0);
		text = end + (*end != '\0');
	}
	return sum;
}

static int
number(const char *text)
{
	return text == NULL || strlen(text) > 3 ? -1 : atoi(text);
}

static void
read_hours(struct telegram *t, const struct node *series, struct hours *h)
{
	for (int i = 0; i < HOURS_MAX; i++)
		h->from[i] = h->until[i] = ITEM_NO_TIME;
	for (const struct node *d = node_at(series, NS_JMX,
	    "TimeDefines/TimeDefine"); d != NULL; d = node_again(d)) {
		int id = number(node_attr(d, NS_NONE, "timeId"));

		if (id < 0 || id >= HOURS_MAX)
			continue;
		h->from[id] = reading_time(t->r, t->item, "DateTime",
		    node_text_at(t->r->entry, d, NS_JMX, "DateTime"), JAPAN_MIN);
		if (h->from[id] != ITEM_NO_TIME)
			h->until[id] = h->from[id] + duration(node_text_at(
			    t->r->entry, d, NS_JMX, "Duration"));
	}
}

/* 警戒レベル２ and above are 21 to 51; classes of the elder list 10 to 50. */
static void
grade(int code, struct item_warning *w)
{
	w->level = code % 10 == 1 && code > 11 ? code / 10 : 0;
	w->severity = code >= 50 || code == 41 ? SEVERITY_EXTREME :
	    code >= 30 ? SEVERITY_SEVERE : SEVERITY_MODERATE;
}

/* The gravest class of one phenomenon, and from when to when it lasts. */
static void
take_class(struct telegram *t, const struct node *significancy,
    const struct hours *h, struct item_warning *best, int *best_code)
{
	const char *code = jmx_text(t, significancy, "Code");
	int n = number(code), id = number(node_attr(significancy, NS_NONE,
	    "refID"));

	t->none |= n >= 0;
	if (n < 20 || (n == 20 && *best_code > 20) || n < *best_code || id < 0 ||
	    id >= HOURS_MAX)
		return;			/* below an advisory's */
	if (n > *best_code) {
		best->code = code;
		best->name = plain_line(t->r->mem, arena_printf(t->r->entry,
		    "%s %s", node_attr(significancy, NS_NONE, "type") == NULL ?
		    "" : node_attr(significancy, NS_NONE, "type"),
		    jmx_text(t, significancy, "Name") == NULL ? "" :
		    jmx_text(t, significancy, "Name")), PLAIN_NAME);
		best->from = h->from[id];
		*best_code = n;
		grade(n, best);
	}
	best->until = h->until[id];
}

static void
classes(struct telegram *t, const struct node *part, const struct hours *h,
    struct item_warning *best, int *code)
{
	for (const struct node *c = part == NULL ? NULL : part->first; c != NULL;
	    c = c->next) {
		if (c->name == NULL)
			continue;
		if (strcmp(c->name, "Significancy") == 0)
			take_class(t, c, h, best, code);
		else
			classes(t, c, h, best, code);
	}
}

/* 高 or 中 that a warning may come: alert level 1. */
static void
chances(struct telegram *t, const struct node *part, const struct hours *h,
    struct item_warning *best)
{
	for (const struct node *c = node_child(part, NS_JMX_EB,
	    "PossibilityRankOfWarning"); c != NULL; c = node_again(c)) {
		const char *rank = node_text(t->r->entry, c);
		int id = number(node_attr(c, NS_NONE, "refID"));
		int high = rank != NULL && strcmp(rank, "高") == 0;

		t->none = 1;
		if (rank == NULL || id < 0 || id >= HOURS_MAX ||
		    (!high && strcmp(rank, "中") != 0))
			continue;
		if (best->name == NULL)
			best->from = h->from[id];
		if (best->name == NULL || (high && best->severity ==
		    SEVERITY_MINOR))
			best->name = plain_line(t->r->mem, arena_printf(
			    t->r->entry, "%s：%s",
			    node_attr(c, NS_NONE, "type") == NULL ? "" :
			    node_attr(c, NS_NONE, "type"), rank), PLAIN_NAME);
		if (high || best->severity == SEVERITY_UNKNOWN)
			best->severity = high ? SEVERITY_MODERATE :
			    SEVERITY_MINOR;
		best->level = 1;
		best->until = h->until[id];
	}
}

/* The series that a property lies in, two or three levels up. */
static const char *
type_of_series(const struct node *item)
{
	const struct node *n = item;

	while (n != NULL && node_attr(n, NS_NONE, "type") == NULL)
		n = n->parent;
	return node_attr(n, NS_NONE, "type");
}

static void
property(struct telegram *t, const struct node *item, const struct node *p,
    const struct hours *h)
{
	struct item_warning best = { .kind = KIND_OUTLOOK,
		.from = ITEM_NO_TIME, .until = ITEM_NO_TIME };
	const struct node *area = node_child(item, NS_JMX, "Area");
	int code = 0;

	classes(t, node_child(p, NS_JMX, "SignificancyPart"), h, &best, &code);
	if (code == 0)
		chances(t, node_child(p, NS_JMX, "PossibilityRankOfWarningPart"),
		    h, &best);
	if (area == NULL)
		return;
	warner_area(t->warner, best.name == NULL ? WARNER_NONE :
	    warner_warning(t->warner, &best), jmx_text(t, area, "Code"),
	    jmx_text(t, area, "Name"), jmx_coding_of(type_of_series(item)));
}

static void
series(struct telegram *t, const struct node *info)
{
	struct hours h;

	read_hours(t, info, &h);
	for (const struct node *i = node_child(info, NS_JMX, "Item"); i != NULL;
	    i = node_again(i))
		for (const struct node *k = node_child(i, NS_JMX, "Kind");
		    k != NULL; k = node_again(k))
			for (const struct node *p = node_child(k, NS_JMX,
			    "Property"); p != NULL; p = node_again(p))
				property(t, i, p, &h);
}

void
jmx_outlook(struct telegram *t)
{
	for (const struct node *m = node_child(t->body, NS_JMX,
	    "MeteorologicalInfos"); m != NULL; m = node_again(m))
		for (const struct node *s = node_child(m, NS_JMX,
		    "TimeSeriesInfo"); s != NULL; s = node_again(s))
			series(t, s);
}
