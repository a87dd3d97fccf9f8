/* Vital signs, plans, visits, papers: what the record module has. */
#include "export.h"

#include "export_record_sql.h"
#include "model.h"

#define UCUM "http://unitsofmeasure.org"
#define CATEGORY "http://terminology.hl7.org/CodeSystem/observation-category"

/* ---- vital signs ---- */

/* LOINC and UCUM of FHIR's vital signs profile; blood sugar beside them. */
struct sign {
	const char *loinc, *unit, *ucum;
	int tenths;
};

static const struct sign signs[] = {
	{ "8310-5", "℃", "Cel", 1 }, { "8480-6", "mmHg", "mm[Hg]", 0 },
	{ "8462-4", "mmHg", "mm[Hg]", 0 }, { "8867-4", "/min", "/min", 0 },
	{ "59408-5", "%", "%", 0 }, { "9279-1", "/min", "/min", 0 },
	{ "29463-7", "kg", "kg", 1 }, { "2339-0", "mg/dL", "mg/dL", 0 },
};

enum { SIGNS = sizeof signs / sizeof *signs };

static void
put_measured(struct model *m, const struct sign *s, int64_t n)
{
	struct model *c = put_item(m, "component"), *q;

	put_coded(c, "code", "http://loinc.org", s->loinc);
	q = put_object(c, "valueQuantity");
	if (s->tenths)
		put_tenths(q, "value", n);
	else
		put_i64(q, "value", n);
	put_text(q, "unit", s->unit);
	put_text(q, "system", UCUM);
	put_text(q, "code", s->ucum);
}

/* One measuring is a panel; each value of it a component. */
static void
put_panel(struct export *e, const struct vital_sign *v)
{
	const struct db_maybe of[SIGNS] = { v->temperature_tenths, v->systolic,
		v->diastolic, v->pulse, v->spo2, v->respiration,
		v->weight_tenths, v->glucose };
	struct model *m = resource_new(e, "Observation", v->id), *c;

	put_text(m, "status", v->ended_at.set ? "entered-in-error" : "final");
	c = put_item(put_item(m, "category"), "coding");
	put_text(c, "system", CATEGORY);
	put_text(c, "code", "vital-signs");
	put_coded(m, "code", "http://loinc.org", "85353-1");
	put_reference(e, m, "subject", "Patient", e->id);
	put_utc(m, "effectiveDateTime", v->measured_at);
	put_utc(m, "issued", v->written_at);
	put_text(put_item(m, "performer"), "display", v->writer_name);
	for (int i = 0; i < SIGNS; i++)
		if (of[i].set)
			put_measured(m, &signs[i], of[i].v);
	if (v->jcs.set) {
		c = put_item(m, "component");
		put_concept(c, "code", "JCS");
		put_i64(c, "valueInteger", v->jcs.v);
	}
	if (v->note != NULL && v->note[0] != '\0')
		put_text(put_item(m, "note"), "text", v->note);
	resource_put(e, m);
}

static void
write_vital_signs(struct export *e)
{
	struct vital_limit_rows limits;
	struct watcher_rows watchers;
	struct vital_sign_rows rows;

	export_record_vital_signs(e->db, &rows, e->patient);
	export_csv(e, "vital_sign.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_panel(e, vital_sign_at(&rows, i));
	export_record_vital_limits(e->db, &limits, e->patient);
	export_csv(e, "vital_limit.csv", &limits.set);
	export_record_watchers(e->db, &watchers, e->patient);
	export_csv(e, "vital_watcher.csv", &watchers.set);
}

/* ---- plans ---- */

/* A plan's four texts, as activities in words. */
static void
put_words(struct model *m, const char *what, const char *words)
{
	struct model *d = put_object(put_item(m, "activity"), "detail");

	put_text(d, "status", "unknown");
	put_concept(d, "code", what);
	put_some(d, "description", words);
}

static void
put_plan(struct export *e, const struct care_plan *p, int newest)
{
	struct model *m = resource_new(e, "CarePlan", p->id), *o;

	put_text(m, "status", newest ? "active" : "revoked");
	put_text(m, "intent", "plan");
	put_text(m, "title", arena_printf(e->scratch,
	    "居宅サービス計画 第%lld版", (long long)p->version));
	put_some(m, "description", p->policy);
	put_reference(e, m, "subject", "Patient", e->id);
	o = put_object(m, "period");
	put_date(o, "start", p->valid_from);
	put_date(o, "end", p->valid_to);
	put_utc(m, "created", p->written_at);
	put_text(put_object(m, "author"), "display", arena_printf(e->scratch,
	    "%s（%s）", p->writer_name, p->writer_office));
	put_words(m, "意向", p->wishes);
	put_words(m, "目標", p->goals);
	put_words(m, "サービス", p->services);
	if (p->what_changed != NULL && p->what_changed[0] != '\0')
		put_text(put_item(m, "note"), "text", p->what_changed);
	resource_put(e, m);
}

static void
write_plans(struct export *e)
{
	struct plan_receipt_rows receipts;
	struct care_plan_rows rows;

	export_record_care_plans(e->db, &rows, e->patient);
	export_csv(e, "care_plan.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_plan(e, care_plan_at(&rows, i), i + 1 == rows.set.n);
	export_record_plan_receipts(e->db, &receipts, e->patient);
	export_csv(e, "care_plan_receipt.csv", &receipts.set);
}

/* ---- visits ---- */

static void
write_visits(struct export *e)
{
	struct visitor_rows visitors;
	struct visit_rows rows;

	export_record_visits(e->db, &rows, e->patient);
	export_csv(e, "visit.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct visit *v = visit_at(&rows, i);
		struct model *m = resource_new(e, "Appointment", v->id), *p;

		put_text(m, "status", v->cancelled_at.set ? "cancelled" :
		    "booked");
		put_text(put_item(m, "serviceType"), "text", v->kind);
		put_utc(m, "start", v->starts_at);
		put_utc(m, "end", v->ends_at);
		put_some(m, "comment", v->note);
		p = put_item(m, "participant");
		put_reference(e, p, "actor", "Patient", e->id);
		put_text(p, "status", "accepted");
		resource_put(e, m);
	}
	export_record_visitors(e->db, &visitors, e->patient);
	export_csv(e, "visitor.csv", &visitors.set);
}

/* ---- papers that were issued: a form, filled in ---- */

static void
put_paper(struct export *e, const struct paper *p,
    const struct paper_field_rows *fields, size_t *at)
{
	struct model *m = resource_new(e, "QuestionnaireResponse", p->id);

	put_text(m, "status", "completed");
	put_reference(e, m, "subject", "Patient", e->id);
	put_utc(m, "authored", p->issued_at);
	put_text(put_object(m, "author"), "display", arena_printf(e->scratch,
	    "%s（%s）", p->issuer_name, p->issuer_office));
	put_text(put_object(m, "identifier"), "value", p->kind);
	for (; *at < fields->set.n; (*at)++) {
		const struct paper_field *f = paper_field_at(fields, *at);
		struct model *i;

		if (f->paper_id != p->paper_id)
			break;
		i = put_item(m, "item");
		put_text(i, "linkId", arena_printf(e->scratch, "%lld",
		    (long long)f->position));
		put_text(i, "text", f->label);
		if (f->value[0] != '\0')
			put_text(put_item(i, "answer"), "valueString",
			    f->value);
	}
	resource_put(e, m);
}

static void
write_papers(struct export *e)
{
	struct paper_field_rows fields;
	struct paper_rows rows;
	size_t at = 0;

	export_record_papers(e->db, &rows, e->patient);
	export_csv(e, "paper.csv", &rows.set);
	export_record_paper_fields(e->db, &fields, e->patient);
	export_csv(e, "paper_field.csv", &fields.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_paper(e, paper_at(&rows, i), &fields, &at);
}

/* What was changed since when, and who has seen up to which change. */
static void
write_changes(struct export *e)
{
	struct change_rows changes;
	struct seen_rows seen;

	export_record_changes(e->db, &changes, e->patient);
	export_csv(e, "change.csv", &changes.set);
	export_record_seen_by(e->db, &seen, e->patient);
	export_csv(e, "change_seen.csv", &seen.set);
}

void
export_record(struct export *e)
{
	if (!export_present(e, "record_vital_sign"))
		return;
	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	write_vital_signs(e);
	write_plans(e);
	write_visits(e);
	write_papers(e);
	write_changes(e);
	e->bad |= db_end(e->db) != DB_FINE;
}
