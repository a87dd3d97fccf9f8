#include "ips_own.h"

#include "opening_sql.h"
#include "raw.h"
#include "text.h"

#define LOINC "http://loinc.org"
#define BASE "http://hl7.org/fhir/StructureDefinition/"

/* A section of the Composition. */
struct part {
	const char *section;	/* of the rows */
	const char *title, *code;
	ips_fact *fact;
	int (*takes)(const struct item *);	/* NULL: every row */
	int always;		/* IPS demands it: it says even that nobody asked */
};

static int
is_now(const struct item *x)
{
	return !x->flag.set || x->flag.v == 0;
}

static int
is_past(const struct item *x)
{
	return x->flag.set && x->flag.v != 0;
}

static int
is_infection(const struct item *x)
{
	return strcmp(x->a, "infection") == 0 && strcmp(x->b, "present") == 0;
}

static const struct part parts[] = {
	{ "health_conditions", "病気", "11450-4", ips_condition, is_now, 1 },
	{ "allergies", "アレルギー", "48765-2", ips_allergy, NULL, 1 },
	{ "medications", "くすり", "10160-0", ips_medication, NULL, 1 },
	{ "health_conditions", "既往歴", "11348-0", ips_condition, is_past, 0 },
	{ "equipment", "在宅医療機器", "46264-8", ips_device, NULL, 0 },
	{ "advance_directives", "事前指示", "42348-3", ips_directive, NULL, 0 },
	{ "immunizations", "予防接種", "11369-6", ips_immunization, NULL, 0 },
	{ "medications", "抗血栓薬", "104605-1", ips_flag, is_past, 0 },
	{ "field", "感染症の注意", "104605-1", ips_flag, is_infection, 0 },
	{ 0 }
};

/* urn:uuid: of a ref. */
static const char *
urn(struct req *r, const struct ref *id)
{
	char hex[REF_HEX];

	(void)ref_hex(id, hex);
	return arena_printf(r->mem, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex,
	    hex + 8, hex + 12, hex + 16, hex + 20);
}

struct model *
ips_resource(struct ips *d, const char *type, const struct ref *id,
    const char **url)
{
	struct model *entry = put_item(d->bundle, "entry"), *m;
	char hex[REF_HEX];

	if (id == NULL)
		id = req_ref(d->r, d->made++);
	*url = urn(d->r, id);
	put_text(entry, "fullUrl", *url);
	m = put_object(entry, "resource");
	put_text(m, "resourceType", type);
	put_text(m, "id", arena_text(d->r->mem, ref_hex(id, hex)));
	return m;
}

void
ips_refer(struct model *m, const char *key, const char *url)
{
	put_text(put_object(m, key), "reference", url);
}

void
ips_patient(struct ips *d, struct model *m, const char *key)
{
	ips_refer(m, key, urn(d->r, d->o->id));
}

void
ips_concept(struct model *m, const char *key, const char *uri,
    const char *code, const char *words)
{
	struct model *concept = put_object(m, key), *coding;

	if (code != NULL) {
		coding = put_item(concept, "coding");
		put_text(coding, "system", uri);
		put_text(coding, "code", code);
	}
	if (words != NULL)
		put_text(concept, "text", words);
}

void
ips_absent(struct model *m, const char *key)
{
	struct model *e = put_item(put_object(m, key), "extension");

	put_text(e, "url", BASE "data-absent-reason");
	put_text(e, "valueCode", "unknown");
}

/* A name as it is written (IDE) or read (SYL), as JP Core has it. */
static void
put_name(struct model *m, const char *family, const char *given,
    const char *whole, const char *how)
{
	struct model *name = put_item(m, "name"), *e;

	e = put_item(name, "extension");
	put_text(e, "url", BASE "iso21090-EN-representation");
	put_text(e, "valueCode", how);
	put_text(name, "use", "official");
	put_text(name, "text", whole);
	if (family != NULL) {
		put_text(name, "family", family);
		put_text(put_item(name, "given"), ".", given);
	}
}

static void
put_phone(struct model *m, const char *phone)
{
	struct model *o;

	if (phone == NULL || phone[0] == '\0')
		return;
	o = put_item(m, "telecom");
	put_text(o, "system", "phone");
	put_text(o, "value", phone);
}

/* Whom to call: Patient.contact, relationship C. */
static void
put_contacts(struct ips *d, struct model *m)
{
	for (size_t i = items_first(d->rows, "emergency_contacts");
	    i < d->rows->set.n;
	    i = items_next(d->rows, "emergency_contacts", i)) {
		const struct item *x = item_at(d->rows, i);
		struct model *o = put_item(m, "contact"), *concept, *coding;

		concept = put_item(o, "relationship");
		coding = put_item(concept, "coding");
		put_text(coding, "system",
		    "http://terminology.hl7.org/CodeSystem/v2-0131");
		put_text(coding, "code", "C");
		put_text(concept, "text", x->b);
		put_text(put_object(o, "name"), "text", x->a);
		put_phone(o, x->c);
	}
}

static void
put_patient(struct ips *d)
{
	const struct opening *o = d->o;
	const char *url;
	struct model *m = ips_resource(d, "Patient", o->id, &url), *id;

	id = put_item(m, "identifier");
	put_text(id, "system", "urn:ietf:rfc:3986");
	put_text(id, "value", url);
	put_name(m, o->family, o->given, arena_printf(d->r->mem, "%s %s",
	    o->family, o->given), "IDE");
	put_name(m, NULL, NULL, o->kana, "SYL");
	put_phone(m, o->phone);
	put_text(m, "gender", o->sex);
	put_date(m, "birthDate", o->birth_date);
	if (o->address != NULL)
		put_text(put_item(m, "address"), "text", o->address);
	put_contacts(d, m);
}

/* A section's narrative: what its rows say, for whoever has no machine for it. */
static void
put_narrative(struct ips *d, struct model *section, const char *title,
    const char *lines)
{
	struct model *text = put_object(section, "text");
	struct buf b = { 0 };

	buf_puts(&b, "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>");
	buf_html(&b, title, strlen(title));
	buf_puts(&b, "</p><p>");
	buf_html(&b, lines, strlen(lines));
	buf_puts(&b, "</p></div>");
	put_text(text, "status", "generated");
	put_text(text, "div", arena_text(d->r->mem, buf_text(&b)));
	buf_free(&b);
}

static struct model *
begin_section(struct ips *d, const char *title, const char *code)
{
	struct model *s = put_item(d->composition, "section");

	put_text(s, "title", title);
	ips_concept(s, "code", LOINC, code, NULL);
	return s;
}

struct model *
ips_section(struct ips *d, const char *title, const char *code,
    const char *lines)
{
	struct model *s = begin_section(d, title, code);

	put_narrative(d, s, title, lines);
	return s;
}

/* Nobody has asked; or there is none, which is a fact of its own. */
static void
put_empty(struct ips *d, const struct part *p)
{
	int none = strcmp(items_state(d->rows, p->section), "not_asked") != 0;
	struct model *s;

	if (!p->always && (!none || p->fact != ips_device))
		return;
	s = begin_section(d, p->title, p->code);
	put_narrative(d, s, p->title, none ? "なし（確認済み）" :
	    "まだ聞いていない");
	if (none)
		put_text(put_item(s, "entry"), "reference", p->fact(d, NULL));
	else
		ips_concept(s, "emptyReason",
		    "http://terminology.hl7.org/CodeSystem/list-empty-reason",
		    "notasked", NULL);
}

static void
put_part(struct ips *d, const struct part *p)
{
	const struct item_rows *rows = d->rows;
	const char *lines = "";
	struct model *s = NULL;

	for (size_t i = items_first(rows, p->section); i < rows->set.n;
	    i = items_next(rows, p->section, i)) {
		const struct item *x = item_at(rows, i);

		if (p->takes != NULL && !p->takes(x))
			continue;
		if (s == NULL)
			s = begin_section(d, p->title, p->code);
		lines = arena_printf(d->r->mem, "%s%s%s", lines,
		    lines[0] == '\0' ? "" : "、",
		    strcmp(p->section, "field") == 0 ? x->c : x->a);
		put_text(put_item(s, "entry"), "reference", p->fact(d, x));
	}
	if (s == NULL)
		put_empty(d, p);
	else
		put_narrative(d, s, p->title, lines);
}

static void
begin_composition(struct ips *d)
{
	const char *url;
	struct model *m = ips_resource(d, "Composition", NULL, &url);

	d->composition = m;
	put_text(m, "status", "final");
	ips_concept(m, "type", LOINC, "60591-5", NULL);
	ips_patient(d, m, "subject");
	put_utc(m, "date", d->r->now);
	put_text(put_item(m, "author"), "reference",
	    urn(d->r, d->o->network_ref));
	put_text(m, "title", "救急サマリー");
	ips_refer(m, "custodian", urn(d->r, d->o->network_ref));
}

int
ips_answer(struct req *r, const struct opening *o, const struct item_rows *rows)
{
	struct ips d = { .r = r, .o = o, .rows = rows,
	    .bundle = model_new(r->mem) };
	struct model *id;
	struct buf b = { 0 };
	const char *url;

	put_text(d.bundle, "resourceType", "Bundle");
	id = put_object(d.bundle, "identifier");
	put_text(id, "system", "urn:ietf:rfc:3986");
	put_text(id, "value", urn(r, r->id));
	put_text(d.bundle, "type", "document");
	put_utc(d.bundle, "timestamp", r->now);
	begin_composition(&d);
	put_patient(&d);
	put_text(ips_resource(&d, "Organization", o->network_ref, &url), "name",
	    o->network);
	for (const struct part *p = parts; p->section != NULL; p++)
		put_part(&d, p);
	ips_usual(&d, "ふだんの状態", "47420-5");
	ips_signs(&d, "バイタルサイン", "8716-3");
	model_json(d.bundle, &b);
	answer_raw(r, &(struct raw){
		.type = "application/fhir+json; charset=utf-8",
		.bytes = (int64_t)b.n,
		.p = arena_copy(r->mem, b.p, b.n)
	});
	buf_free(&b);
	return 200;
}
