/* Consents: recording them, and the form that is signed. */
#include "team.h"

#include "consent_sql.h"
#include "episode_sql.h"
#include "registration_sql.h"
#include "team_sql.h"
#include "viewer.h"

#include <string.h>

/* Who agreed: the patient, or somebody for her. */
struct signature {
	const char *name, *relation, *reason;
	struct db_maybe proxy;
	civil_date proxy_until;		/* his last day */
};

static const char *
given(struct req *r, const char *name)
{
	const char *text = in_text(r, name);

	return text == NULL || *text == '\0' ? NULL : text;
}

static int
signed_by_proxy(struct req *r, int64_t patient, civil_date on,
    struct signature *s)
{
	const struct ref *proxy = in_ref(r, "proxy");
	const struct signer *found = NULL;

	if (proxy == NULL)
		return refuse_input(r, "proxy", "missing");
	consent_signer(r->db, &found, patient, proxy, on);
	if (found == NULL)
		return refuse_input(r, "proxy", "expired");
	s->name = found->name;
	s->relation = found->relation;
	s->proxy = (struct db_maybe){ 1, found->proxy_id };
	s->proxy_until = found->ends_on;
	return 0;
}

/* What a proxy agrees to lasts as long as his power at the most. */
static int
limit_by_proxy(struct req *r, const struct signature *s, struct db_maybe *until)
{
	if (!s->proxy.set)
		return 0;
	if (s->proxy_until < date_of(r->now))
		return refuse_input(r, "proxy", "expired");
	if (until->set && until->v > s->proxy_until)
		return refuse_input(r, "valid_until", "out_of_range");
	if (!until->set)
		*until = (struct db_maybe){ 1, s->proxy_until };
	return 0;
}

/* 0, or the status after refusing an input. */
static int
read_signature(struct req *r, const struct managed_patient *p, civil_date on,
    struct signature *s)
{
	const char *by = in_text(r, "signed_by");

	s->reason = given(r, "sign_reason");
	if (strcmp(by, "self") == 0) {
		s->name = p->name;
		s->relation = "本人";
		s->reason = NULL;
		return 0;
	}
	if (s->reason == NULL)
		return refuse_input(r, "sign_reason", "missing");
	if (strcmp(by, "proxy") == 0)
		return signed_by_proxy(r, p->patient_id, on, s);
	s->name = given(r, "signer");
	s->relation = given(r, "signer_relation");
	if (s->name == NULL)
		return refuse_input(r, "signer", "missing");
	if (s->relation == NULL)
		return refuse_input(r, "signer_relation", "missing");
	return 0;
}

/* Only the town's registers rest on an ordinance (災害対策基本法49条の11). */
static int
form_fits(const char *form, const char *purpose)
{
	return strcmp(form, "ordinance") != 0 ||
	    strcmp(purpose, "disaster_register") == 0 ||
	    strcmp(purpose, "disaster_peacetime_supply") == 0;
}

static int
read_days(struct req *r, civil_date *on, struct db_maybe *until)
{
	civil_date today = date_of(r->now);
	int set;

	*on = in_date(r, "given_on", &set);
	if (*on > today)
		return refuse_input(r, "given_on", "in_future");
	until->v = in_date(r, "valid_until", &until->set);
	if (until->set && until->v < today)
		return refuse_input(r, "valid_until", "expired");
	return 0;
}

/* The first consent to share opens the page; who records it may be of the team. */
static int
begin_sharing(struct req *r, const struct managed_patient *p)
{
	const struct episode *last;
	const char *role = in_text(r, "team_role");

	episode_latest(r->db, &last, p->patient_id, r->now);
	if (last != NULL && !last->ended_at.set)
		return 0;
	episode_begin(r, p->patient_id, p->network_id, 0);
	if (role == NULL)
		return 0;
	return team_admit(r, p->patient_id, r->viewer->office,
	    r->viewer->user, role, req_ref(r, 2));
}

/* Whether the network opens a page only by a form that it can look at. */
static int
wants_image(struct req *r, int64_t network)
{
	const struct network *n;

	registration_network(r->db, &n, network);
	return n != NULL && n->consent_image;
}

/* Which network for a disease the consent is to; 0 with *bound, or the status. */
static int
read_bound(struct req *r, int64_t network, const char *purpose,
    struct db_maybe *bound)
{
	const struct ref *id = in_ref(r, "disease_network");
	struct bound_rows rows;

	if (strcmp(purpose, "disease_network") != 0)
		return 0;
	if (id == NULL)
		return refuse_input(r, "disease_network", "missing");
	consent_bounds(r->db, &rows, network);
	for (size_t i = 0; i < rows.set.n; i++)
		if (ref_same(bound_at(&rows, i)->id, id))
			*bound = (struct db_maybe){ 1,
			    bound_at(&rows, i)->disease_network_id };
	return bound->set ? 0 : refuse_input(r, "disease_network", "not_a_choice");
}

static int
record(struct req *r, const struct managed_patient *p)
{
	const char *purpose = in_text(r, "purpose");
	const char *form = in_text(r, "form");
	struct signature s = { 0 };
	struct db_maybe until = { 0, 0 }, bound = { 0, 0 };
	civil_date on;
	int sharing = strcmp(purpose, "share_team") == 0;
	int status = read_days(r, &on, &until);

	if (status != 0)
		return status;
	if (!form_fits(form, purpose))
		return refuse_input(r, "form", "not_a_choice");
	if (sharing && !images_given(r) && wants_image(r, p->network_id))
		return refuse_input(r, "image", "missing");
	status = read_bound(r, p->network_id, purpose, &bound);
	if (status == 0)
		status = read_signature(r, p, on, &s);
	if (status == 0)
		status = limit_by_proxy(r, &s, &until);
	if (status != 0)
		return status;
	/* What ran out meanwhile has ended: a new one does not bridge it. */
	(void)episode_lapse(r->db, &p->patient_id, r->now);
	consent_record(r->db, r->id, p->patient_id, purpose, bound, form, s.name,
	    s.relation, s.reason, s.proxy, given(r, "scope"),
	    in_text(r, "explainer"), on, until,
	    sharing && in_boolean(r, "officer"), r->now, r->viewer->user);
	images_keep(r, p->patient_id, r->id, NULL);
	return sharing ? begin_sharing(r, p) : 0;
}

const struct found *
consent_of(struct req *r, const struct managed_patient **out)
{
	const struct found *c;

	*out = managed_find(r);
	if (*out == NULL)
		return NULL;
	consent_find(r->db, &c, (*out)->patient_id, in_path(r, "consent"),
	    date_of(r->now));
	return c;
}

int
consents_record(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	int status;

	if (p == NULL)
		return 404;
	status = record(r, p);
	if (status != 0)
		return status;
	team_tell(r, "team.consent_given", p->patient_id, r->id,
	    "同意が記録されました", "A consent was recorded");
	put_id(m, r->id);
	return 201;
}

static void
put_episode(struct req *r, struct model *m, int64_t patient)
{
	const struct episode *last;

	episode_latest(r->db, &last, patient, r->now);
	put_row(m, "episode", &episode_episode_row, last);
	put_bool(m, "sharing", last != NULL && !last->ended_at.set);
}

int
consents_show(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	civil_date today = date_of(r->now);
	struct consent_rows consents;
	struct proxy_rows proxies;
	struct bound_rows bounds;

	if (p == NULL)
		return 404;
	consent_bounds(r->db, &bounds, p->network_id);
	put_rows(m, "disease_networks", &bounds.set);
	managed_put(r, m, p);
	consent_all(r->db, &consents, p->patient_id, today);
	consent_proxies(r->db, &proxies, p->patient_id, today);
	put_rows(m, "consents", &consents.set);
	put_rows(m, "proxies", &proxies.set);
	put_episode(r, m, p->patient_id);
	put_text(m, "explainer", arena_printf(r->mem, "%s %s",
	    r->viewer->family, r->viewer->given));
	put_date(m, "on", today);
	put_bool(m, "wants_image", wants_image(r, p->network_id));
	return 200;
}

int
consents_form(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);

	if (p == NULL)
		return 404;
	managed_put(r, m, p);
	put_text(m, "explainer", arena_printf(r->mem, "%s %s",
	    r->viewer->family, r->viewer->given));
	return 200;
}
