/* Proxies: who may sign for the patient, until when. */
#include "team.h"

#include "consent_sql.h"
#include "team_sql.h"
#include "viewer.h"

int
proxies_add(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	const char *phone = in_text(r, "phone");
	civil_date from, to;
	int set;

	if (p == NULL)
		return 404;
	from = in_date(r, "valid_from", &set);
	to = in_date(r, "ends_on", &set);
	if (to < from)
		return refuse_input(r, "ends_on", "out_of_range");
	if (to < date_of(r->now))
		return refuse_input(r, "ends_on", "expired");
	if (phone != NULL && *phone == '\0')
		phone = NULL;
	consent_add_proxy(r->db, r->id, p->patient_id, in_text(r, "kind"),
	    in_text(r, "name"), in_text(r, "relation"), phone,
	    in_text(r, "scope"), from, to, r->now, r->viewer->user);
	put_id(m, r->id);
	return 201;
}

int
proxies_end(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);

	(void)m;
	if (p == NULL)
		return 404;
	consent_end_proxy(r->db, p->patient_id, in_path(r, "proxy"), r->now);
	return 204;
}
