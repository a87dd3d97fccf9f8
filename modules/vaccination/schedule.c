#include "schedule.h"

#include "arena.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <stdarg.h>

enum { MEMORY = 4 * 1024 * 1024 };

/* A reading under way; attributes that the schema demands are there. */
struct reading {
	struct arena *mem;
	char *why;
	size_t why_bytes;
	int bad;
};

static void
complain(void *of, const char *format, ...)
{
	struct reading *s = of;
	va_list args;

	if (s->bad++ > 0)
		return;
	va_start(args, format);
	(void)vsnprintf(s->why, s->why_bytes, format, args);
	va_end(args);
	s->why[strcspn(s->why, "\n")] = '\0';
}

static const char *
text_of(struct reading *s, xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
	const char *kept = value == NULL ? NULL : arena_text(s->mem, (char *)value);

	xmlFree(value);
	return kept;
}

static int
number_of(struct reading *s, xmlNode *node, const char *name, int otherwise)
{
	const char *text = text_of(s, node, name);

	return text == NULL ? otherwise : (int)strtol(text, NULL, 10);
}

static civil_date
date_of_text(struct reading *s, xmlNode *node, const char *name, civil_date otherwise)
{
	const char *text = text_of(s, node, name);

	if (text != NULL && date_parse(text, &otherwise) == -1)
		complain(s, "line %ld: %s is not a day", xmlGetLineNo(node), name);
	return otherwise;
}

static struct validity
validity_of(struct reading *s, xmlNode *node)
{
	civil_date first = date_from_civil((struct civil){ 1, 1, 1 }, NULL);
	civil_date last = date_from_civil((struct civil){ 9999, 12, 31 }, NULL);

	return (struct validity){ date_of_text(s, node, "since", first),
	    date_of_text(s, node, "until", last) };
}

static struct civil
month_day(struct reading *s, xmlNode *node, const char *name)
{
	const char *text = text_of(s, node, name);
	struct civil day = { 0 };

	if (text != NULL)
		(void)sscanf(text, "%2d-%2d", &day.month, &day.day);
	return day;
}

/* "0.25" is 25 hundredths, "0.5" is 50. */
static int
hundredths(const char *text)
{
	int whole = text[0] - '0', first = text[2] - '0';

	return whole * 100 + first * 10 + (text[3] == '\0' ? 0 : text[3] - '0');
}

static void
product_read(struct reading *s, xmlNode *node, struct product *out)
{
	const char *live = text_of(s, node, "live");

	*out = (struct product){
		.code = text_of(s, node, "code"),
		.name = text_of(s, node, "name"),
		.maker = text_of(s, node, "maker"),
		.standard_code = text_of(s, node, "standard_code"),
		.live = live != NULL && strcmp(live, "yes") == 0,
		.dose_ml = hundredths(text_of(s, node, "dose_ml")),
		.routes = text_of(s, node, "routes"),
		.doses = number_of(s, node, "doses", 0),
		.when = validity_of(s, node)
	};
}

static void
interval_read(struct reading *s, xmlNode *node, struct interval *out)
{
	*out = (struct interval){
		.product = text_of(s, node, "product"),
		.after = text_of(s, node, "after"),
		.dose = number_of(s, node, "dose", 0),
		.days = number_of(s, node, "days_between", -1),
		.standard_days = number_of(s, node, "standard_days_between", -1),
		.months = number_of(s, node, "months", 0),
		.standard_months = number_of(s, node, "standard_months", 0),
		.when = validity_of(s, node),
		.source = text_of(s, node, "source")
	};
	if (out->days < 0 && out->months == 0)
		complain(s, "line %ld: an interval of no length", xmlGetLineNo(node));
}

static void
programme_read(struct reading *s, xmlNode *node, struct programme *out)
{
	const char *ages = text_of(s, node, "cohort_ages");
	char *end;

	*out = (struct programme){
		.code = text_of(s, node, "code"),
		.name = text_of(s, node, "name"),
		.product = text_of(s, node, "product"),
		.from_age = number_of(s, node, "from_age", NO_AGE),
		.until_age = number_of(s, node, "until_age", NO_AGE),
		.condition_age = number_of(s, node, "condition_age", NO_AGE),
		.cohort_over = number_of(s, node, "cohort_over", NO_AGE),
		.season_from = month_day(s, node, "season_from"),
		.season_until = month_day(s, node, "season_until"),
		.when = validity_of(s, node),
		.source = text_of(s, node, "source")
	};
	for (; ages != NULL && *ages != '\0'; ages = end)
		out->cohort[out->cohorts++] = (int)strtol(ages, &end, 10);
	if ((out->season_from.month == 0) != (out->season_until.month == 0))
		complain(s, "line %ld: half a season", xmlGetLineNo(node));
}

static void
adverse_read(struct reading *s, xmlNode *node, struct adverse_rule *out)
{
	*out = (struct adverse_rule){
		.code = text_of(s, node, "code"),
		.name = text_of(s, node, "name"),
		.name_en = text_of(s, node, "name_en"),
		.hours = number_of(s, node, "hours", 0),
		.source = text_of(s, node, "source")
	};
}

/* The elements of one name below a node: an array, read one by one. */
#define READ_ALL(s, node, tag, kind, one, out, count) do {			\
	kind *all_ = arena_take_many((s)->mem, xmlChildElementCount(node) + 1,	\
	    sizeof(kind));							\
	(count) = 0;								\
	for (xmlNode *n_ = xmlFirstElementChild(node); n_ != NULL;		\
	    n_ = xmlNextElementSibling(n_))					\
		if (strcmp((const char *)n_->name, (tag)) == 0)		\
			one((s), n_, &all_[(count)++]);				\
	(out) = all_;								\
} while (0)

static void
vaccine_read(struct reading *s, xmlNode *node, struct vaccine *out)
{
	*out = (struct vaccine){ .code = text_of(s, node, "code"),
	    .name = text_of(s, node, "name"), .name_en = text_of(s, node, "name_en") };
	READ_ALL(s, node, "product", struct product, product_read, out->product,
	    out->products);
	READ_ALL(s, node, "interval", struct interval, interval_read,
	    out->interval, out->intervals);
	READ_ALL(s, node, "programme", struct programme, programme_read,
	    out->programme, out->programmes);
	READ_ALL(s, node, "adverse_event", struct adverse_rule, adverse_read,
	    out->adverse, out->adverses);
}

/* 0 if the document is as its schema says. */
static int
check(struct reading *s, xmlDoc *doc, const char *schema)
{
	xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt(schema);
	xmlSchema *form;
	xmlSchemaValidCtxt *valid;
	int bad;

	xmlSchemaSetParserErrors(parser, complain, complain, s);
	form = xmlSchemaParse(parser);
	xmlSchemaFreeParserCtxt(parser);
	if (form == NULL) {
		complain(s, "%s cannot be read", schema);
		return -1;
	}
	valid = xmlSchemaNewValidCtxt(form);
	xmlSchemaSetValidErrors(valid, complain, complain, s);
	bad = xmlSchemaValidateDoc(valid, doc);
	xmlSchemaFreeValidCtxt(valid);
	xmlSchemaFree(form);
	if (bad != 0)
		complain(s, "is not as its schema says");
	return bad == 0 ? 0 : -1;
}

/* What a rule names must be there. */
static void
check_names(struct reading *s, const struct schedule *all)
{
	for (size_t i = 0; i < all->vaccines; i++) {
		const struct vaccine *v = &all->vaccine[i];

		for (size_t j = 0; j < v->intervals; j++)
			for (int k = 0; k < 2; k++) {
				const char *name = k == 0 ? v->interval[j].product :
				    v->interval[j].after;
				const struct vaccine *of = v;

				if (name != NULL && (schedule_product(all, name,
				    &of) == NULL || of != v))
					complain(s, "%s has no product %s", v->code,
					    name);
			}
		for (size_t j = 0; j < v->programmes; j++) {
			const char *name = v->programme[j].product;
			const struct vaccine *of = v;

			if (name != NULL && (schedule_product(all, name, &of) ==
			    NULL || of != v))
				complain(s, "%s has no product %s", v->code, name);
		}
	}
}

const struct schedule *
schedule_read(const char *file, const char *schema, char *why, size_t why_bytes)
{
	struct reading s = { arena_new(MEMORY), why, why_bytes, 0 };
	struct schedule *all = arena_take(s.mem, sizeof *all);
	xmlDoc *doc;

	why[0] = '\0';
	all->mem = s.mem;
	/* The file is the town's own, yet nothing outside of it is ever opened. */
	doc = xmlReadFile(file, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR |
	    XML_PARSE_NOWARNING);
	if (doc == NULL)
		complain(&s, "%s cannot be read as XML", file);
	else if (check(&s, doc, schema) == 0) {
		xmlNode *root = xmlDocGetRootElement(doc);

		all->live_days_between = number_of(&s, root, "live_days_between", 0);
		READ_ALL(&s, root, "vaccine", struct vaccine, vaccine_read,
		    all->vaccine, all->vaccines);
		check_names(&s, all);
	}
	xmlFreeDoc(doc);
	if (s.bad == 0)
		return all;
	arena_free(s.mem);
	return NULL;
}

const struct vaccine *
schedule_vaccine(const struct schedule *s, const char *code)
{
	for (size_t i = 0; code != NULL && i < s->vaccines; i++)
		if (strcmp(s->vaccine[i].code, code) == 0)
			return &s->vaccine[i];
	return NULL;
}

const struct product *
schedule_product(const struct schedule *s, const char *code,
    const struct vaccine **of)
{
	for (size_t i = 0; code != NULL && i < s->vaccines; i++)
		for (size_t j = 0; j < s->vaccine[i].products; j++)
			if (strcmp(s->vaccine[i].product[j].code, code) == 0) {
				if (of != NULL)
					*of = &s->vaccine[i];
				return &s->vaccine[i].product[j];
			}
	return NULL;
}

const struct programme *
schedule_programme(const struct schedule *s, const char *code,
    const struct vaccine **of)
{
	for (size_t i = 0; code != NULL && i < s->vaccines; i++)
		for (size_t j = 0; j < s->vaccine[i].programmes; j++)
			if (strcmp(s->vaccine[i].programme[j].code, code) == 0) {
				if (of != NULL)
					*of = &s->vaccine[i];
				return &s->vaccine[i].programme[j];
			}
	return NULL;
}

const struct adverse_rule *
schedule_adverse(const struct vaccine *v, const char *code)
{
	for (size_t i = 0; i < v->adverses; i++)
		if (strcmp(v->adverse[i].code, code) == 0)
			return &v->adverse[i];
	return NULL;
}

int
holds_on(struct validity when, civil_date day)
{
	return when.since <= day && day <= when.until;
}
