/*
 * How she was measured last, an Observation a value (FHIR's vital signs profile), and
 * how she usually is, a ClinicalImpression a field.
 */
#include "ips_own.h"

#include <stdlib.h>

#define LOINC "http://loinc.org"
#define UCUM "http://unitsofmeasure.org"

/* Values of a row `vital_sign`, as record_vital_sign's rows join them. */
enum { TEMPERATURE, SYSTOLIC, DIASTOLIC, PULSE, SPO2, RESPIRATION, WEIGHT, SIGNS };

static const struct sign {
	const char *code, *title, *unit;
	int tenths;
} signs[SIGNS] = {
	[TEMPERATURE] = { "8310-5", "体温", "Cel", 1 },
	[SYSTOLIC] = { "8480-6", "血圧（上）", "mm[Hg]", 0 },
	[DIASTOLIC] = { "8462-4", "血圧（下）", "mm[Hg]", 0 },
	[PULSE] = { "8867-4", "脈拍", "/min", 0 },
	[SPO2] = { "2708-6", "SpO2", "%", 0 },
	[RESPIRATION] = { "9279-1", "呼吸数", "/min", 0 },
	[WEIGHT] = { "29463-7", "体重", "kg", 1 }
};

/* What of it was measured; the rest is not set. */
static void
read_signs(const char *joined, struct db_maybe value[SIGNS])
{
	const char *p = joined;

	for (int i = 0; i < SIGNS; i++) {
		char *end;

		value[i].v = strtol(p, &end, 10);
		value[i].set = end != p;
		p = end + (*end == ',');
	}
}

static void
put_quantity(struct model *m, const struct sign *sign, int64_t v)
{
	struct model *q = put_object(m, "valueQuantity");

	if (sign->tenths)
		put_tenths(q, "value", v);
	else
		put_i64(q, "value", v);
	put_text(q, "unit", sign->unit);
	put_text(q, "system", UCUM);
	put_text(q, "code", sign->unit);
}

static struct model *
begin_observation(struct ips *d, const struct item *x, struct model *section,
    const char *code, const char *title)
{
	const char *url;
	struct model *m = ips_resource(d, "Observation", NULL, &url), *c;

	put_text(m, "status", "final");
	c = put_item(put_item(m, "category"), "coding");
	put_text(c, "system",
	    "http://terminology.hl7.org/CodeSystem/observation-category");
	put_text(c, "code", "vital-signs");
	ips_concept(m, "code", LOINC, code, title);
	ips_patient(d, m, "subject");
	put_utc(m, "effectiveDateTime", x->at.v);
	put_text(put_item(section, "entry"), "reference", url);
	return m;
}

/* Both in one Observation, as the profile wants it; one alone says the other's absence. */
static void
put_pressure(struct ips *d, const struct item *x, struct model *section,
    const struct db_maybe value[SIGNS])
{
	struct model *m = begin_observation(d, x, section, "85354-9", "血圧");

	for (int i = SYSTOLIC; i <= DIASTOLIC; i++) {
		struct model *c = put_item(m, "component");

		ips_concept(c, "code", LOINC, signs[i].code, signs[i].title);
		if (value[i].set)
			put_quantity(c, &signs[i], value[i].v);
		else
			ips_concept(c, "dataAbsentReason",
			    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
			    "unknown", NULL);
	}
}

static const char *
sign_text(struct ips *d, const char *before, const struct sign *s, int64_t v)
{
	const char *comma = before[0] == '\0' ? "" : "、";

	if (s->tenths)
		return arena_printf(d->r->mem, "%s%s%s %lld.%lld", before, comma,
		    s->title, (long long)(v / 10), (long long)(v % 10));
	return arena_printf(d->r->mem, "%s%s%s %lld", before, comma, s->title,
	    (long long)v);
}

void
ips_signs(struct ips *d, const char *title, const char *code)
{
	size_t at = items_first(d->rows, "vital_sign");
	struct db_maybe value[SIGNS];
	const char *lines = "";
	const struct item *x;
	struct model *s;

	if (at == d->rows->set.n)
		return;
	x = item_at(d->rows, at);
	read_signs(x->a, value);
	for (int i = 0; i < SIGNS; i++)
		if (value[i].set)
			lines = sign_text(d, lines, &signs[i], value[i].v);
	if (lines[0] == '\0')
		return;		/* blood sugar alone is no vital sign */
	s = ips_section(d, title, code, lines);
	for (int i = 0; i < SIGNS; i++) {
		if (i == SYSTOLIC && (value[i].set || value[DIASTOLIC].set))
			put_pressure(d, x, s, value);
		if (i == SYSTOLIC || i == DIASTOLIC || !value[i].set)
			continue;
		put_quantity(begin_observation(d, x, s, signs[i].code,
		    signs[i].title), &signs[i], value[i].v);
	}
}

/* ---- how she usually is ---- */

static const struct {
	const char *field, *title;
} usual[] = {
	{ "communication", "会話・意思の伝え方" }, { "mobility", "移動・移乗" },
	{ "independence_cognitive", "認知症高齢者の日常生活自立度" },
	{ "vision_hearing", "見え方・聞こえ方" }, { "behaviour", "認知・行動" },
	{ "eating", "食事・飲みこみ" }, { NULL, NULL }
};

/* What is said of a field; NULL: nobody asked. */
static const char *
said(struct ips *d, int i)
{
	const struct item *x = items_field(d->rows, usual[i].field);

	if (x == NULL)
		return NULL;
	return arena_printf(d->r->mem, "%s：%s", usual[i].title,
	    strcmp(x->b, "present") == 0 && x->c != NULL ? x->c : "支障なし");
}

void
ips_usual(struct ips *d, const char *title, const char *code)
{
	const char *lines = "", *url;
	struct model *s, *m;

	for (int i = 0; usual[i].field != NULL; i++)
		if (said(d, i) != NULL)
			lines = arena_printf(d->r->mem, "%s%s%s", lines,
			    lines[0] == '\0' ? "" : "、", said(d, i));
	if (lines[0] == '\0')
		return;
	s = ips_section(d, title, code, lines);
	for (int i = 0; usual[i].field != NULL; i++) {
		const struct item *x = items_field(d->rows, usual[i].field);

		if (x == NULL)
			continue;
		m = ips_resource(d, "ClinicalImpression", NULL, &url);
		put_text(m, "status", "completed");
		ips_patient(d, m, "subject");
		if (x->at.set)
			put_utc(m, "date", x->at.v);
		put_text(m, "summary", said(d, i));
		put_text(put_item(s, "entry"), "reference", url);
	}
}
