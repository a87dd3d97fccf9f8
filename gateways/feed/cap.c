/* CAP 1.0 to 1.2: an alert, alone or wrapped, or its words inside an entry. */
#include "arena.h"
#include "plain.h"
#include "reading.h"

enum { CODES_MAX = 20 };		/* of one info; the rest name it no better */

static const char *
line(struct reading *r, const struct node *n, enum ns ns, const char *name)
{
	return plain_line(r->mem, node_text(r->entry, node_child(n, ns, name)),
	    PLAIN_NAME);
}

static utc_ms
time_of(struct reading *r, struct item *item, const struct node *n, enum ns ns,
    const char *name)
{
	return reading_time(r, item, name, node_text(r->entry,
	    node_child(n, ns, name)), r->zone_min);
}

static int
is(const char *text, const char *word)
{
	return text != NULL && strcasecmp(text, word) == 0;
}

static enum item_severity
severity_of(const char *word)
{
	return is(word, "Extreme") ? SEVERITY_EXTREME :
	    is(word, "Severe") ? SEVERITY_SEVERE :
	    is(word, "Moderate") ? SEVERITY_MODERATE :
	    is(word, "Minor") ? SEVERITY_MINOR : SEVERITY_UNKNOWN;
}

/* Who does not say that it is actual has not said that one may act on it. */
static void
take_status(struct reading *r, struct item *item, const char *status,
    const char *type)
{
	item->message = is(type, "Alert") ? MESSAGE_ALERT :
	    is(type, "Update") ? MESSAGE_UPDATE :
	    is(type, "Cancel") ? MESSAGE_CANCEL : MESSAGE_NOTHING;
	item->status = is(status, "Exercise") ? STATUS_EXERCISE :
	    !is(status, "Actual") ? STATUS_TEST :
	    item->message == MESSAGE_CANCEL ? STATUS_CANCELLED : STATUS_ACTUAL;
	if (!is(status, "Actual") && !is(status, "Exercise") &&
	    !is(status, "System") && !is(status, "Test") && !is(status, "Draft"))
		reading_note(r, "an alert of no known status is not acted on");
}

/*
 * Restricted and Private are for those whom the sender knows: not for a town. An
 * alert that says nothing of it is for all.
 */
static void
take_scope(struct reading *r, struct item *item, const char *scope)
{
	if (scope == NULL || is(scope, "Public"))
		return;
	item->message = MESSAGE_NOTHING;
	reading_note(r, "an alert whose scope is not Public is shown to nobody");
}

/* Children that are not in pairs: NWS's valueName and value as neighbours. */
static void
geocodes(struct warner *w, const size_t *warnings, size_t n,
    const struct node *area, enum ns ns)
{
	struct arena *mem = w->r->mem;
	const char *name = line(w->r, area, ns, "areaDesc");
	int any = 0;

	for (const struct node *g = node_child(area, ns, "geocode"); g != NULL;
	    g = node_again(g)) {
		const char *coding = NULL;

		for (const struct node *c = g->first; c != NULL; c = c->next) {
			const char *text = c->name == NULL ? NULL :
			    plain_line(mem, node_text(w->r->entry, c),
			    PLAIN_NAME);

			if (text != NULL && strcmp(c->name, "valueName") == 0)
				coding = text;
			else if (text != NULL && strcmp(c->name, "value") == 0) {
				for (size_t i = 0; i < n; i++)
					warner_area(w, warnings[i], text, name,
					    coding);
				any = 1;
			}
		}
	}
	for (size_t i = 0; i < n && !any; i++)
		warner_area(w, warnings[i], NULL, name, NULL);
}

/* Of what should be done: that all is clear, if it is said at all; else the first. */
static const char *
response_of(struct reading *r, const struct node *info, enum ns ns)
{
	const struct node *first = node_child(info, ns, "responseType");

	for (const struct node *n = first; n != NULL; n = node_again(n))
		if (is(plain_line(r->mem, node_text(r->entry, n), PLAIN_NAME),
		    "AllClear"))
			return "AllClear";
	return plain_line(r->mem, node_text(r->entry, first), PLAIN_NAME);
}

/* A warning for each of its codes: lists of several publishers name one event. */
static size_t
add_codes(struct warner *w, const struct node *info, enum ns ns,
    struct item_warning *like, size_t *warnings)
{
	size_t n = 0;

	for (const struct node *c = node_child(info, ns, "eventCode");
	    c != NULL && n < CODES_MAX; c = node_again(c)) {
		like->code = line(w->r, c, ns, "value");
		if (like->code != NULL)
			warnings[n++] = warner_warning(w, like);
	}
	like->code = NULL;
	if (n == 0 && (like->name != NULL || like->severity != SEVERITY_UNKNOWN))
		warnings[n++] = warner_warning(w, like);
	return n;
}

static void
info_warning(struct warner *w, const struct node *info, enum ns ns,
    int is_entry)
{
	struct reading *r = w->r;
	struct item_warning like = {
		.name = line(r, info, ns, "event"),
		.severity = severity_of(line(r, info, ns, "severity")),
		.state = response_of(r, info, ns),
		.from = time_of(r, w->item, info, ns, "onset"),
		.until = time_of(r, w->item, info, ns, "expires"),
	};
	size_t warnings[CODES_MAX] = { WARNER_NONE }, n = 0;

	if (like.from == ITEM_NO_TIME)
		like.from = time_of(r, w->item, info, ns, "effective");
	if (is(like.state, "AllClear") || w->cancels)
		like.kind = KIND_NONE;
	if (!w->answers)
		n = add_codes(w, info, ns, &like, warnings);
	if (n == 0)
		n = 1;			/* its areas are the item's alone */
	if (is_entry)
		geocodes(w, warnings, n, info, ns);
	for (const struct node *area = node_child(info, ns, "area"); area != NULL;
	    area = node_again(area))
		geocodes(w, warnings, n, area, ns);
}

/* The part of an alert in Japanese, else the first. */
static const struct node *
main_info(struct reading *r, const struct node *alert)
{
	const struct node *first = node_child(alert, alert->ns, "info");

	for (const struct node *i = first; i != NULL; i = node_again(i)) {
		const char *language = line(r, i, alert->ns, "language");

		if (language != NULL && strncasecmp(language, "ja", 2) == 0)
			return i;
	}
	return first;
}

void
cap_warnings(struct warner *w, const struct node *n, int is_entry)
{
	enum ns ns = is_entry ? NS_CAP : n->ns;
	const char *status = line(w->r, n, ns, "status");
	const char *type = line(w->r, n, ns, "msgType");
	const struct node *first;

	if (!is_entry || status != NULL)
		take_status(w->r, w->item, status, type);
	w->cancels = w->item->message == MESSAGE_CANCEL;
	w->answers = is(type, "Ack") || is(type, "Error");
	take_scope(w->r, w->item, line(w->r, n, ns, "scope"));
	if (is_entry) {
		info_warning(w, n, ns, 1);
		return;
	}
	/* An area that several languages name has the name in ours. */
	first = main_info(w->r, n);
	if (first != NULL)
		info_warning(w, first, ns, 0);
	for (const struct node *info = node_child(n, ns, "info"); info != NULL;
	    info = node_again(info))
		if (info != first)
			info_warning(w, info, ns, 0);
}

static void
words_of(struct reading *r, const struct node *alert, struct item *item)
{
	const struct node *info = main_info(r, alert);
	enum ns ns = alert->ns;

	item->head.headline = item->title = plain_line(r->mem,
	    node_text(r->entry, node_child(info, ns, "headline")), PLAIN_TITLE);
	item->head.info_kind = line(r, info, ns, "event");
	if (item->title == NULL)
		item->title = item->head.info_kind;
	item->summary = plain_lines(r->mem, node_text(r->entry,
	    node_child(info, ns, "description")), PLAIN_SUMMARY);
	item->link = plain_link(r->mem, node_text(r->entry,
	    node_child(info, ns, "web")), NULL);
}

static void
read_alert(struct reading *r, const struct node *alert)
{
	struct item *item = reading_item(r);
	enum ns ns = alert->ns;
	struct warner w;

	if (item == NULL)
		return;
	item->source = SOURCE_CAP;
	item->id = plain_id(r->mem, node_text(r->entry,
	    node_child(alert, ns, "identifier")));
	item->published = time_of(r, item, alert, ns, "sent");
	item->head.office = line(r, alert, ns, "sender");
	item->head.info_type = line(r, alert, ns, "msgType");
	item->head.event = line(r, alert, ns, "incidents");
	item->head.refers = plain_line(r->mem, node_text(r->entry,
	    node_child(alert, ns, "references")), PLAIN_SUMMARY);
	words_of(r, alert, item);
	warner_begin(&w, r, item);
	cap_warnings(&w, alert, 0);
	warner_end(&w);
	if (item->message == MESSAGE_UPDATE)
		item->updated = item->published;
	if (item->head.refers == NULL && (item->message == MESSAGE_UPDATE ||
	    item->message == MESSAGE_CANCEL))
		reading_item_note(r, item, "its references name no alert, so it "
		    "%s none", item->message == MESSAGE_CANCEL ? "takes back" :
		    "replaces");
	if (item->id == NULL)
		reading_note(r, "an alert without an identifier");
}

void
cap_read(struct reading *r, const struct node *n)
{
	r->source = SOURCE_CAP;
	if (n->name != NULL && strcmp(n->name, "alert") == 0) {
		read_alert(r, n);
		return;
	}
	for (const struct node *c = n->first; c != NULL; c = c->next)
		if (c->name != NULL)
			cap_read(r, c);
}
