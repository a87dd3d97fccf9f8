#include "history.h"
#include "booking.h"
#include "pass.h"
#include "register.h"

#include "booking_sql.h"
#include "file.h"
#include "immunization_fhir.h"
#include "immunization_sql.h"
#include "kana.h"
#include "raw.h"
#include "register_sql.h"
#include "text.h"
#include "viewer.h"

#include <jansson.h>

enum { SOUND_BYTES = 481 };

#define REPRESENTATION \
    "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"

/* Whose file it is, on either way in. */
struct whom {
	int64_t patient;
	const struct ref *id;
	const char *name, *kana, *sex;
	civil_date birth;
};

static int
of_team(struct req *r, struct whom *w)
{
	const struct strip *s = r->viewer->strip;

	*w = (struct whom){ viewer_patient(r), s->id, s->name, s->kana, s->sex,
	    s->birth_date };
	return may_read(r) ? 0 : 403;
}

static int
of_desk(struct req *r, struct whom *w)
{
	const struct resident *p = desk_resident(r);

	if (p == NULL)
		return 404;
	*w = (struct whom){ p->patient_id, p->id, p->name, p->kana, p->sex,
	    p->birth_date };
	return 0;
}

/* ---- given ---- */

static struct model *
add_resource(struct req *r, struct model *bundle, const char *type,
    const struct ref *id, const char **url)
{
	struct model *entry = put_item(bundle, "entry"), *m;
	char hex[REF_HEX];

	(void)ref_hex(id, hex);
	*url = arena_printf(r->mem, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex,
	    hex + 8, hex + 12, hex + 16, hex + 20);
	put_text(entry, "fullUrl", *url);
	m = put_object(entry, "resource");
	put_text(m, "resourceType", type);
	put_text(m, "id", arena_text(r->mem, hex));
	return m;
}

static void
put_name(struct model *m, const char *text, const char *how)
{
	struct model *name = put_item(m, "name"), *e;

	e = put_item(name, "extension");
	put_text(e, "url", REPRESENTATION);
	put_text(e, "valueCode", how);
	put_text(name, "use", "official");
	put_text(name, "text", text);
}

static const char *
add_person(struct req *r, struct model *bundle, const struct whom *w)
{
	const char *url;
	struct model *m = add_resource(r, bundle, "Patient", w->id, &url);

	put_text(put_item(put_object(m, "meta"), "profile"), ".",
	    "http://jpfhir.jp/fhir/core/StructureDefinition/JP_Patient");
	put_name(m, w->name, "IDE");
	put_name(m, w->kana, "SYL");
	put_text(m, "gender", w->sex);
	put_date(m, "birthDate", w->birth);
	return url;
}

/* What came after a dose goes with it: whoever screens her next asks for it. */
static void
put_reactions(struct model *m, const struct adverse_rows *events, int64_t dose)
{
	for (size_t i = 0; i < events->set.n; i++) {
		const struct adverse *a = adverse_at(events, i);
		struct model *o;

		if (a->immunization_id != dose)
			continue;
		o = put_item(m, "reaction");
		put_utc(o, "date", a->began_at);
		put_text(put_object(o, "detail"), "display", a->name);
	}
}

static void
add_dose(struct req *r, struct model *bundle, const struct immunization *d,
    const char *patient, const struct adverse_rows *events)
{
	const struct product *p = schedule_product(schedule_now(), d->product,
	    NULL);
	const struct immunization_fhir dose = {
		.vaccine = d->vaccine, .vaccine_name = d->vaccine_name,
		.product = d->product, .product_name = d->product_name,
		.standard_code = p == NULL ? NULL : p->standard_code,
		.lot_number = d->lot_number, .site = d->site,
		.route = d->route, .dose_ml = d->dose_ml,
		.vaccinator = d->vaccinator_name, .doctor = d->doctor_name,
		.place = d->place, .given_at = d->given_at,
		.expires_on = d->expires_on, .dose_number = d->dose_number,
		.given_on = d->given_on, .recorded_at = d->recorded_at,
		.reported = d->reported
	};
	const char *url;
	struct model *m = add_resource(r, bundle, "Immunization", d->id, &url);

	put_text(put_object(m, "patient"), "reference", patient);
	immunization_fhir(m, &dose);
	put_reactions(m, events, d->immunization_id);
}

static int
give(struct req *r, const struct whom *w)
{
	struct model *bundle = model_new(r->mem);
	struct immunization_rows doses;
	struct adverse_rows events;
	struct buf b = { 0 };
	const char *patient;

	put_text(bundle, "resourceType", "Bundle");
	put_text(bundle, "type", "collection");
	put_utc(bundle, "timestamp", r->now);
	patient = add_person(r, bundle, w);
	immunization_immunizations(r->db, &doses, w->patient);
	immunization_adverse_events(r->db, &events, w->patient);
	for (size_t i = 0; i < doses.set.n; i++)
		if (!immunization_at(&doses, i)->ended_at.set)
			add_dose(r, bundle, immunization_at(&doses, i), patient,
			    &events);
	model_json(bundle, &b);
	answer_raw(r, &(struct raw){
		.type = "application/fhir+json; charset=utf-8",
		.name = "予防接種の記録.json", .save = 1, .bytes = (int64_t)b.n,
		.p = arena_copy(r->mem, b.p, b.n)
	});
	buf_free(&b);
	return 200;
}

int
history_give(struct req *r, struct model *m)
{
	struct whom w;
	int bad = of_team(r, &w);

	(void)m;
	return bad != 0 ? bad : give(r, &w);
}

int
history_desk_give(struct req *r, struct model *m)
{
	struct whom w;
	int bad = of_desk(r, &w);

	(void)m;
	return bad != 0 ? bad : give(r, &w);
}

/* ---- taken ---- */

static const char *
text_of(const json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

/* A text of a resource as a row may have it: short, without control characters. NULL: none. */
static const char *
word_of(struct req *r, const json_t *o, const char *key, size_t most)
{
	const char *t = text_of(o, key);

	if (t == NULL || t[0] == '\0' || text_check(t, strlen(t), 0) != TEXT_OK)
		return NULL;
	t = text_normal(r->mem, t, strlen(t), NULL);
	return text_length(t) > most ? NULL : t;
}

/* The code of one system of a CodeableConcept. */
static const char *
code_of(const json_t *concept, const char *codes)
{
	const json_t *all = json_object_get(concept, "coding");

	for (size_t i = 0; i < json_array_size(all); i++) {
		const json_t *c = json_array_get(all, i);
		const char *is = text_of(c, "system");

		if (is != NULL && strcmp(is, codes) == 0)
			return text_of(c, "code");
	}
	return NULL;
}

struct given {
	const struct vaccine *vaccine;
	const struct product *product;
	const char *product_name;
	civil_date on;
	struct db_maybe at, number, expires;
	const char *lot, *site, *route, *place, *vaccinator, *doctor;
	struct db_maybe dose_ml;
};

/* By the schedule's own code, or one CVX that is the same product. */
static void
find_product(const json_t *o, struct given *g)
{
	const struct schedule *s = schedule_now();
	const json_t *concept = json_object_get(o, "vaccineCode");
	const json_t *protocol = json_array_get(json_object_get(o,
	    "protocolApplied"), 0);
	const char *own = code_of(concept, IMMUNIZATION_CODES);
	const char *cvx = code_of(concept, IMMUNIZATION_CVX);

	g->product = schedule_product(s, own, &g->vaccine);
	for (size_t i = 0; cvx != NULL && g->product == NULL &&
	    i < s->vaccines; i++)
		for (size_t k = 0; k < s->vaccine[i].products; k++)
			if (strcmp(s->vaccine[i].product[k].standard_code,
			    cvx) == 0) {
				g->product = &s->vaccine[i].product[k];
				g->vaccine = &s->vaccine[i];
			}
	if (g->vaccine == NULL)
		g->vaccine = schedule_vaccine(s, own);
	if (g->vaccine == NULL)
		g->vaccine = schedule_vaccine(s, code_of(json_array_get(
		    json_object_get(protocol, "targetDisease"), 0),
		    IMMUNIZATION_CODES));
}

static void
read_amount(const json_t *o, struct given *g)
{
	const json_t *q = json_object_get(o, "doseQuantity");
	const char *unit = text_of(q, "code");
	double v = json_number_value(json_object_get(q, "value"));

	if (unit != NULL && strcmp(unit, "uL") == 0)
		v /= 1000;
	else if (unit == NULL || strcmp(unit, "mL") != 0)
		return;
	if (v > 0 && v < 10)
		g->dose_ml = (struct db_maybe){ 1, (int64_t)(v * 100 + 0.5) };
}

static const char *
site_of(const char *code, const char *const (*table)[2], size_t n)
{
	for (size_t i = 0; code != NULL && i < n; i++)
		if (strcmp(code, table[i][0]) == 0)
			return table[i][1];
	return NULL;
}

static void
read_how(struct req *r, const json_t *o, struct given *g)
{
	static const char *const sites[][2] = { { "LA", "left_arm" },
	    { "RA", "right_arm" }, { "LT", "left_thigh" },
	    { "RT", "right_thigh" } };
	static const char *const routes[][2] = { { "IM", "im" },
	    { "SQ", "sc" } };
	const json_t *people = json_object_get(o, "performer");

	g->site = site_of(code_of(json_object_get(o, "site"),
	    IMMUNIZATION_SITE), sites, 4);
	g->route = site_of(code_of(json_object_get(o, "route"),
	    IMMUNIZATION_ROUTE), routes, 2);
	g->lot = word_of(r, o, "lotNumber", 20);
	g->place = word_of(r, json_object_get(o, "location"), "display", 80);
	g->product_name = word_of(r, json_object_get(o, "vaccineCode"), "text",
	    60);
	for (size_t i = 0; i < json_array_size(people); i++) {
		const json_t *p = json_array_get(people, i);
		const char *function = code_of(json_object_get(p, "function"),
		    "http://terminology.hl7.org/CodeSystem/v2-0443");
		const char *name = word_of(r, json_object_get(p, "actor"),
		    "display", 80);

		if (function != NULL && strcmp(function, "OP") == 0)
			g->doctor = name;
		else
			g->vaccinator = name;
	}
}

/* A date, or the Japanese day of an instant. 0, or -1. */
static int
read_when(const json_t *o, struct given *g)
{
	const char *at = text_of(o, "occurrenceDateTime");
	const char *until = text_of(o, "expirationDate");
	const json_t *number = json_object_get(json_array_get(json_object_get(o,
	    "protocolApplied"), 0), "doseNumberPositiveInt");
	civil_date day;
	utc_ms instant;

	if (until != NULL && date_parse(until, &day) == 0)
		g->expires = (struct db_maybe){ 1, day };
	if (json_integer_value(number) > 0 && json_integer_value(number) <= 30)
		g->number = (struct db_maybe){ 1, json_integer_value(number) };
	if (at == NULL)
		return -1;
	if (date_parse(at, &g->on) == 0)
		return 0;
	if (instant_parse(at, &instant) != 0)
		return -1;
	g->on = date_of(instant);
	g->at = (struct db_maybe){ 1, instant };
	return 0;
}

/* What came after the dose elsewhere: known here, reported there. */
static void
take_reactions(struct req *r, const json_t *o, const struct whom *w,
    const struct ref *dose, int *made)
{
	const json_t *all = json_object_get(o, "reaction");
	const struct immunization *d;

	if (json_array_size(all) == 0)
		return;
	immunization_find(r->db, &d, w->patient, dose);
	for (size_t i = 0; d != NULL && i < json_array_size(all) && i < 10; i++) {
		const json_t *x = json_array_get(all, i);
		const char *name = word_of(r, json_object_get(x, "detail"),
		    "display", 60), *at = text_of(x, "date");
		utc_ms began;

		if (name == NULL || at == NULL || instant_parse(at, &began) != 0)
			continue;
		immunization_add_adverse(r->db, w->patient,
		    req_ref(r, (*made)++), d->immunization_id, "other", name,
		    began, NULL, 0, r->now, r->viewer->user, writer_of(r),
		    r->viewer->profession);
	}
}

enum taken { TAKEN, TAKEN_KNOWN, TAKEN_NOT };

static enum taken
take_dose(struct req *r, const json_t *o, const struct whom *w, int *made)
{
	const char *status = text_of(o, "status");
	const struct same_dose *same;
	struct given g = { 0 };
	const struct ref *id;

	if (status == NULL || strcmp(status, "completed") != 0 ||
	    read_when(o, &g) != 0)
		return TAKEN_NOT;
	find_product(o, &g);
	if (g.vaccine == NULL || g.on > date_of(r->now) || g.on < w->birth)
		return TAKEN_NOT;
	register_same(r->db, &same, w->patient, g.vaccine->code, g.on);
	if (same != NULL && same->n > 0)
		return TAKEN_KNOWN;
	read_how(r, o, &g);
	read_amount(o, &g);
	id = req_ref(r, (*made)++);
	immunization_add(r->db, w->patient, id, g.vaccine->code,
	    g.vaccine->name, g.product == NULL ? NULL : g.product->code,
	    g.product == NULL ? g.product_name : g.product->name,
	    g.product == NULL ? NULL : g.product->standard_code, NULL,
	    g.number, g.on, g.at, g.lot, g.expires, g.site, g.route, g.dose_ml,
	    g.vaccinator, NULL, g.doctor, g.place, 0, 1, 0, r->now,
	    r->viewer->user, writer_of(r), r->viewer->profession,
	    r->viewer->office_name, NULL, NULL, NULL, NULL);
	take_reactions(r, o, w, id, made);
	return TAKEN;
}

/* Whether a Patient of the file is she: her birth date, and her reading or her name. */
static int
is_she(const json_t *o, const struct whom *w)
{
	const json_t *names = json_object_get(o, "name");
	const char *born = text_of(o, "birthDate");
	char hers[SOUND_BYTES], theirs[SOUND_BYTES];
	civil_date day;

	if (born == NULL || date_parse(born, &day) != 0 || day != w->birth ||
	    kana_fold(w->kana, hers, sizeof hers) != 0)
		return 0;
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *t = text_of(json_array_get(names, i), "text");

		if (t != NULL && (strcmp(t, w->name) == 0 ||
		    (kana_fold(t, theirs, sizeof theirs) == 0 &&
		    theirs[0] != '\0' && strcmp(hers, theirs) == 0)))
			return 1;
	}
	return 0;
}

/* Its resources of one type, one by one from *at on. */
static const json_t *
next_of(const json_t *bundle, const char *type, size_t *at)
{
	const json_t *all = json_object_get(bundle, "entry");

	while (*at < json_array_size(all)) {
		const json_t *o = json_object_get(json_array_get(all, (*at)++),
		    "resource");
		const char *is = text_of(o, "resourceType");

		if (is != NULL && strcmp(is, type) == 0)
			return o;
	}
	return NULL;
}

/* Everything of a file that is hers. 0, or a refusal. */
static int
take_bundle(struct req *r, struct model *m, const json_t *bundle,
    const struct whom *w)
{
	int64_t count[TAKEN_NOT + 1] = { 0 };
	const struct imported *row;
	size_t at = 0;
	int made = 0;
	const json_t *o = next_of(bundle, "Patient", &at);

	if (o == NULL || !is_she(o, w) ||
	    next_of(bundle, "Patient", &at) != NULL)
		return refuse_said(r, "history", "another_person",
		    N_("このファイルは別の方のものです"));
	for (at = 0; made < HISTORY_DOSES &&
	    (o = next_of(bundle, "Immunization", &at)) != NULL;)
		count[take_dose(r, o, w, &made)]++;
	pass_refresh_of(r, w->patient, w->birth);
	register_one(r->db, &row, r->viewer->network, r->id);
	if (row != NULL)
		register_go_on(r->db, row->import_id, made, count[TAKEN],
		    count[TAKEN_KNOWN], count[TAKEN_NOT],
		    (struct db_maybe){ 1, r->now });
	put_i64(m, "added", count[TAKEN]);
	put_i64(m, "known", count[TAKEN_KNOWN]);
	put_i64(m, "not_taken", count[TAKEN_NOT]);
	return 0;
}

static int
take(struct req *r, struct model *m, const struct whom *w)
{
	size_t n;
	const struct upload *u = in_files(r, "history", &n);
	const unsigned char *p;
	json_t *bundle;
	int bad;

	if (n == 0)
		return refuse_input(r, "history", "missing");
	register_own_file(r->db, u[0].key,
	    r->now + REGISTER_FILE_DAYS * DAY_MS);
	file_keep(r, u[0].key);
	register_add(r->db, r->viewer->network, r->id, u[0].key, u[0].name,
	    r->now, r->viewer->user, writer_of(r));
	p = file_bytes(r, u[0].key, HISTORY_BYTES);
	if (p == NULL)
		return refuse_input(r, "history", "too_large");
	bundle = json_loadb((const char *)p, (size_t)u[0].bytes,
	    JSON_REJECT_DUPLICATES, NULL);
	if (bundle == NULL)
		return refuse_input(r, "history", "malformed");
	bad = take_bundle(r, m, bundle, w);
	json_decref(bundle);
	put_id(m, r->id);
	return bad != 0 ? bad : 201;
}

int
history_take(struct req *r, struct model *m)
{
	struct whom w;
	int bad = of_team(r, &w);

	if (bad == 0 && !may_plan(r))
		bad = 403;
	return bad != 0 ? bad : take(r, m, &w);
}

int
history_desk_take(struct req *r, struct model *m)
{
	struct whom w;
	int bad = of_desk(r, &w);

	return bad != 0 ? bad : take(r, m, &w);
}
