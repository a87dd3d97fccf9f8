/* Who looked. */
#include "export.h"

#include "export_sql.h"
#include "model.h"

#define V3 "http://terminology.hl7.org/CodeSystem/v3-"

void
put_audit_user(struct model *m, const char *user, const char *office,
    const char *purpose)
{
	struct model *who = put_item(m, "agent"), *c;

	put_coded(who, "type", V3 "ParticipationType", "IRCP");
	put_text(put_object(who, "who"), "display", user == NULL ? "?" : user);
	put_some(who, "altId", office);
	put_bool(who, "requestor", 1);
	c = put_item(put_item(who, "purposeOfUse"), "coding");
	put_text(c, "system", V3 "ActReason");
	put_text(c, "code", purpose);
}

static void
put_agents(struct model *m, const struct access *a)
{
	struct model *server;

	put_audit_user(m, a->user, a->office, a->purpose);
	server = put_item(m, "agent");
	put_coded(server, "type", DCM, "110153");
	put_text(put_object(server, "who"), "display", a->program);
	put_bool(server, "requestor", 0);
}

void
put_audit_patient(struct export *e, struct model *m)
{
	struct model *t = put_item(m, "entity"), *c;

	put_reference(e, t, "what", "Patient", e->id);
	c = put_object(t, "type");
	put_text(c, "system", "http://terminology.hl7.org/CodeSystem/"
	    "audit-entity-type");
	put_text(c, "code", "1");
	c = put_object(t, "role");
	put_text(c, "system", "http://terminology.hl7.org/CodeSystem/"
	    "object-role");
	put_text(c, "code", "1");
	put_text(put_object(put_object(m, "source"), "observer"), "display",
	    "tomozuna");
}

static void
put_access(struct export *e, const struct access *a)
{
	/* Several patients of one list share a request, so ids come from the row. */
	struct model *m = resource_new(e, "AuditEvent", a->id), *c;
	int reads = strcmp(a->method, "GET") == 0;

	put_text(m, "id", arena_printf(e->scratch, "audit-%lld",
	    (long long)a->audit_id));
	c = put_object(m, "type");
	put_text(c, "system", "http://terminology.hl7.org/CodeSystem/"
	    "audit-event-type");
	put_text(c, "code", "rest");
	c = put_item(m, "subtype");
	put_text(c, "system", "http://hl7.org/fhir/restful-interaction");
	put_text(c, "code", a->list ? "search" : reads ? "read" : "create");
	put_text(m, "action", a->list ? "E" : reads ? "R" : "C");
	put_utc(m, "recorded", a->at);
	put_text(m, "outcome", arena_printf(e->scratch, "%lld",
	    (long long)a->outcome));
	put_text(m, "outcomeDesc", arena_printf(e->scratch, "%s %s %lld",
	    a->method, a->route, (long long)a->status));
	put_agents(m, a);
	put_audit_patient(e, m);
	resource_put(e, m);
}

static void
put_accesses(struct export *e, struct csv_file *c, int64_t after, int64_t upto)
{
	struct access_rows rows;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_accesses_of(e->db, &rows, e->patient,
	    arena_printf(e->mem, "%lld", (long long)e->patient), after, upto);
	if (db_end(e->db) != DB_FINE) {
		e->bad = 1;
		return;
	}
	csv_file_put(e, c, &rows.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_access(e, access_at(&rows, i));
}

void
export_accesses(struct export *e)
{
	struct csv_file c = { export_open(e, "access.csv"), 0 };
	const struct newest *newest;
	int64_t last;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_newest_access(e->db, &newest);
	last = newest == NULL ? 0 : newest->id;
	e->bad |= db_end(e->db) != DB_FINE;
	for (int64_t at = 0; at <= last && !e->bad; at += EXPORT_AUDIT_STEP)
		put_accesses(e, &c, at, at + EXPORT_AUDIT_STEP);
	export_close(e, c.f);
}
