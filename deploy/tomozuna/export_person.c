/* The person herself, when she was cared for, by whom, and what she agreed to. */
#include "export.h"

#include "export_sql.h"
#include "model.h"

/* A name in one of its two writings: IDE 漢字, SYL かな (HL7's extension, as JP
 * Core wants it). */
static void
put_name(struct export *e, struct model *m, const char *family,
    const char *given, const char *writing)
{
	struct model *n = put_item(m, "name"), *x = put_item(n, "extension");

	put_text(x, "url", "http://hl7.org/fhir/StructureDefinition/"
	    "iso21090-EN-representation");
	put_text(x, "valueCode", writing);
	put_text(n, "use", "official");
	put_text(n, "text", arena_printf(e->scratch, "%s %s", family, given));
	put_text(n, "family", family);
	put_text(put_item(n, "given"), ".", given);
}

static void
put_number(struct model *m, const char *uri, const char *value)
{
	struct model *i;

	if (value == NULL)
		return;
	i = put_item(m, "identifier");
	put_text(i, "system", uri);
	put_text(i, "value", value);
}

static void
put_phone(struct model *m, const char *phone)
{
	struct model *t;

	if (phone == NULL || phone[0] == '\0')
		return;
	t = put_item(m, "telecom");
	put_text(t, "system", "phone");
	put_text(t, "value", phone);
}

static void
put_contacts(struct export *e, struct model *m)
{
	struct contact_rows rows;

	export_emergency_contacts(e->db, &rows, e->patient);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct contact *c = contact_at(&rows, i);
		struct model *o;

		if (c->ended_at.set)
			continue;
		o = put_item(m, "contact");
		put_text(put_item(o, "relationship"), "text", c->relation);
		put_text(put_object(o, "name"), "text", c->name);
		put_phone(o, c->phone);
	}
	export_csv(e, "emergency_contact.csv", &rows.set);
}

static void
write_patient(struct export *e)
{
	struct patient_rows rows;
	const struct patient *p;
	struct model *m;

	export_patients(e->db, &rows, e->patient);
	export_csv(e, "patient.csv", &rows.set);
	if (rows.set.n == 0)
		return;
	p = patient_at(&rows, 0);
	m = resource_new(e, "Patient", p->id);
	put_number(m, "urn:tomozuna:insurer_number", p->insurer_number);
	put_number(m, "urn:tomozuna:insured_number", p->insured_number);
	put_name(e, m, p->family, p->given, "IDE");
	put_name(e, m, p->kana_family, p->kana_given, "SYL");
	put_phone(m, p->phone);
	put_text(m, "gender", p->sex);
	put_date(m, "birthDate", p->birth_date);
	if (strcmp(p->whereabouts, "deceased") == 0)
		put_bool(m, "deceasedBoolean", 1);
	if (p->address != NULL)
		put_text(put_item(m, "address"), "text", p->address);
	put_contacts(e, m);
	resource_put(e, m);
}

static void
write_episodes(struct export *e)
{
	struct episode_rows rows;

	export_episodes(e->db, &rows, e->patient);
	export_csv(e, "episode.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct episode *p = episode_at(&rows, i);
		struct model *m = resource_new(e, "EpisodeOfCare", p->id);

		put_text(m, "status", p->ended_at.set ? "finished" : "active");
		put_reference(e, m, "patient", "Patient", e->id);
		put_period(m, "period", (struct db_maybe){ 1, p->opened_at },
		    p->ended_at);
		resource_put(e, m);
	}
}

/* Each membership is a team of its own: its period is what counts. */
static void
write_team(struct export *e)
{
	struct member_rows rows;

	export_team(e->db, &rows, e->patient);
	export_csv(e, "team.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct member *t = member_at(&rows, i);
		struct model *m = resource_new(e, "CareTeam", t->id), *p;

		put_text(m, "status", t->left_at.set ? "inactive" : "active");
		put_reference(e, m, "subject", "Patient", e->id);
		p = put_item(m, "participant");
		put_text(put_item(p, "role"), "text", t->team_role);
		put_text(put_object(p, "member"), "display",
		    t->user == NULL ? t->office : t->user);
		put_text(put_object(p, "onBehalfOf"), "display", t->office);
		put_period(p, "period", (struct db_maybe){ 1, t->joined_at },
		    t->left_at);
		resource_put(e, m);
	}
}

static void
put_provision(struct model *m, const struct consent *c)
{
	struct model *p = put_object(m, "provision"), *t, *x;

	put_text(p, "type", "permit");
	t = put_object(p, "period");
	put_date(t, "start", c->given_on);
	if (c->valid_until.set)
		put_date(t, "end", (civil_date)c->valid_until.v);
	x = put_item(p, "purpose");
	put_text(x, "system", "urn:tomozuna:consent_purpose");
	put_text(x, "code", c->purpose);
}

static void
write_consents(struct export *e)
{
	struct consent_rows rows;

	export_consents(e->db, &rows, e->patient);
	export_csv(e, "consent.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct consent *c = consent_at(&rows, i);
		struct model *m = resource_new(e, "Consent", c->id), *k;

		put_text(m, "status", c->withdrawn_at.set ? "inactive" :
		    "active");
		put_coded(m, "scope", "http://terminology.hl7.org/CodeSystem/"
		    "consentscope", "patient-privacy");
		k = put_item(put_item(m, "category"), "coding");
		put_text(k, "system", "http://loinc.org");
		put_text(k, "code", "59284-0");
		put_reference(e, m, "patient", "Patient", e->id);
		put_date(m, "dateTime", c->given_on);
		put_text(put_item(m, "performer"), "display",
		    arena_printf(e->scratch, "%s（%s）", c->signer,
		    c->signer_relation));
		put_concept(m, "policyRule", c->form);
		put_provision(m, c);
		resource_put(e, m);
	}
}

/* Who may sign for her: HL7's role codes, guardian or power of attorney. */
static void
write_proxies(struct export *e)
{
	struct proxy_rows rows;

	export_proxies(e->db, &rows, e->patient);
	export_csv(e, "proxy.csv", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct proxy *p = proxy_at(&rows, i);
		struct model *m = resource_new(e, "RelatedPerson", p->id), *o;

		put_bool(m, "active", !p->ended_at.set);
		put_reference(e, m, "patient", "Patient", e->id);
		put_text(put_item(m, "relationship"), "text",
		    arena_printf(e->scratch, "%s (%s)", p->relation, p->kind));
		put_text(put_item(m, "name"), "text", p->name);
		put_phone(m, p->phone);
		o = put_object(m, "period");
		put_date(o, "start", p->valid_from);
		put_date(o, "end", p->ends_on);
		resource_put(e, m);
	}
}

/* How offices came to the team, and who managed it: FHIR has no word for that. */
static void
write_moves(struct export *e)
{
	struct invitation_rows invitations;
	struct handover_rows handovers;

	export_invitations(e->db, &invitations, e->patient);
	export_csv(e, "invitation.csv", &invitations.set);
	export_handovers(e->db, &handovers, e->patient);
	export_csv(e, "handover.csv", &handovers.set);
}

/* What she was called, and where she lived, before it was corrected. */
void
export_corrections(struct export *e)
{
	struct correction_rows rows;

	if (!export_present(e, "team_correction"))
		return;
	db_begin(e->db, e->mem, 0);
	export_corrections_of(e->db, &rows, e->patient);
	if (db_end(e->db) != DB_FINE)
		e->bad = 1;
	else
		export_csv(e, "correction.csv", &rows.set);
}

void
export_holds(struct export *e)
{
	struct hold_rows rows;

	if (!export_present(e, "admin_hold"))
		return;
	db_begin(e->db, e->mem, 0);
	export_holds_of(e->db, &rows, e->patient);
	if (db_end(e->db) != DB_FINE)
		e->bad = 1;
	else
		export_csv(e, "hold.csv", &rows.set);
}

void
export_portraits(struct export *e)
{
	struct portrait_rows rows;

	if (!export_present(e, "patient_portrait"))
		return;
	db_begin(e->db, e->mem, 0);
	export_portraits_of(e->db, &rows, e->patient);
	if (db_end(e->db) != DB_FINE)
		e->bad = 1;
	else
		export_csv(e, "portrait.csv", &rows.set);
}

void
export_person(struct export *e)
{
	write_patient(e);
	write_episodes(e);
	write_team(e);
	write_consents(e);
	write_proxies(e);
	write_moves(e);
}
