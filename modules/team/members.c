/* The team: who is of it, who joins, who leaves, and the letter about it. */
#include "team.h"

#include "episode_sql.h"
#include "invitation_sql.h"
#include "profession.h"
#include "team_sql.h"
#include "viewer.h"

#include <string.h>

static void
put_members(struct req *r, struct model *m, int64_t patient)
{
	struct member_rows members;
	struct further_rows further;

	team_members(r->db, &members, patient, r->viewer->office);
	for (size_t i = 0; i < members.set.n; i++) {
		struct member *x = member_edit(&members, i);

		x->profession = profession_name(x->profession_code);
	}
	team_further(r->db, &further, patient);
	for (size_t i = 0; i < further.set.n; i++)
		further_edit(&further, i)->profession =
		    profession_name(further_at(&further, i)->code);
	put_rows(m, "members", &members.set);
	put_children(m, "members", "further", &further.set, "id");
}

static void
put_colleagues(struct req *r, struct model *m, int64_t patient)
{
	struct colleague_rows rows;

	team_colleagues(r->db, &rows, patient, r->viewer->office);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct colleague *x = colleague_edit(&rows, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "colleagues", &rows.set);
}

/* What only the managing office does: inviting, handing over, ending. */
static void
put_management(struct req *r, struct model *m, int64_t patient)
{
	const struct managed_patient *p = NULL;
	struct choice_rows offices, others;
	const struct episode *last;

	p = r->viewer->stand_in ? NULL : managed_find(r);
	managed_put(r, m, p);
	put_bool(m, "manages", p != NULL);	/* pushes no id, as `managed` would */
	episode_latest(r->db, &last, patient, r->now);
	put_row(m, "episode", &episode_episode_row, last);
	if (p == NULL) {
		put_items(m, "offices");
		put_items(m, "member_offices");
		return;
	}
	team_offices(r->db, &offices, p->network_id, patient);
	team_member_offices(r->db, &others, patient);
	put_rows(m, "offices", &offices.set);
	put_rows(m, "member_offices", &others.set);
	put_date(m, "on", date_of(r->now));
}

int
members_show(struct req *r, struct model *m)
{
	int64_t patient = viewer_patient(r);
	struct former_rows former;
	struct invited_rows pending;
	struct offered_rows offers;
	const struct person *person;

	team_person(r->db, &person, patient);
	put_row(m, "person", &team_person_row, person);
	put_members(r, m, patient);
	put_colleagues(r, m, patient);
	team_former(r->db, &former, patient);
	put_rows(m, "former", &former.set);
	invitation_pending(r->db, &pending, patient);
	put_rows(m, "invitations", &pending.set);
	invitation_offers(r->db, &offers, patient);
	put_rows(m, "handovers", &offers.set);
	put_management(r, m, patient);
	put_bool(m, "stand_in", r->viewer->stand_in);
	return 200;
}

int
members_letter(struct req *r, struct model *m)
{
	const struct person *person;

	team_person(r->db, &person, viewer_patient(r));
	put_row(m, "person", &team_person_row, person);
	put_members(r, m, viewer_patient(r));
	return 200;
}

int
team_admit(struct req *r, int64_t patient, int64_t office, int64_t user,
    const char *role, const struct ref *id)
{
	const struct one *there;

	team_taken(r->db, &there, patient, office, user);
	if (there != NULL)
		return refuse_input(r, "team_role", "exists");
	if (strcmp(role, "attending_physician") == 0) {
		team_attending(r->db, &there, patient);
		if (there != NULL)
			return refuse_input(r, "team_role", "exists");
	}
	episode_join(r->db, id, patient, office, user, role, r->now,
	    r->viewer->user);
	return 0;
}

static int
is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

/*
 * Where the network asks for it each one who joins needs the patient's word. 0; or the
 * status after refusing. *wanted: whether it is to be written down.
 */
static int
read_approval(struct req *r, int64_t patient, int *wanted, civil_date *on)
{
	const struct person *person;
	int set;

	team_person(r->db, &person, patient);
	*wanted = person != NULL && person->wants_approval;
	if (!*wanted)
		return 0;
	if (is_empty(in_text(r, "approved_by")))
		return refuse_input(r, "approved_by", "missing");
	if (is_empty(in_text(r, "approved_relation")))
		return refuse_input(r, "approved_relation", "missing");
	*on = in_date(r, "approved_on", &set);
	if (!set)
		return refuse_input(r, "approved_on", "missing");
	return *on > date_of(r->now) ?
	    refuse_input(r, "approved_on", "in_future") : 0;
}

/* A stand-in helps out; whom the office sends is for its own members to say. */
int
members_join(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	int64_t patient = viewer_patient(r), user = 0;
	const struct staff *colleague;
	civil_date on = 0;
	int status, wanted;

	if (v->stand_in)
		return 403;
	if (!in_boolean(r, "whole_office")) {
		if (in_ref(r, "user") == NULL)
			return refuse_input(r, "user", "missing");
		team_staff(r->db, &colleague, v->office, in_ref(r, "user"));
		if (colleague == NULL)
			return refuse_input(r, "user", "not_a_choice");
		user = colleague->user_id;
	}
	status = read_approval(r, patient, &wanted, &on);
	if (status == 0)
		status = team_admit(r, patient, v->office, user,
		    in_text(r, "team_role"), r->id);
	if (status != 0)
		return status;
	if (wanted)
		team_approve(r->db, patient, r->id, on,
		    in_text(r, "approved_by"), in_text(r, "approved_relation"));
	team_tell(r, "team.joined", patient, r->id,
	    "支援チームに加わりました", "Somebody joined the team");
	put_id(m, r->id);
	return 201;
}

/* A membership of the path that the viewer may change; NULL: 404. */
static const struct one *
find_member(struct req *r)
{
	const struct viewer *v = r->viewer;
	const struct one *found;

	team_to_end(r->db, &found, in_path(r, "patient"), in_path(r, "member"),
	    v->user, v->office, v->office_manager);
	if (found != NULL)
		r->audit->subject = found->patient_id;
	return found;
}

int
members_leave(struct req *r, struct model *m)
{
	const struct one *t = find_member(r);

	(void)m;
	if (t == NULL)
		return 404;
	team_leave(r->db, t->team_id, r->now, r->viewer->user,
	    t->office_id == r->viewer->office ? "left" : "removed");
	req_shut_at(r, in_path(r, "patient"));
	team_tell(r, "team.left", t->patient_id, in_path(r, "member"),
	    "支援チームを離れました", "Somebody left the team");
	if (t->user_id == r->viewer->user)
		req_then(r, "/team");
	return 204;
}

/* The row that was stays as it was; another goes on with the new role. */
int
members_role(struct req *r, struct model *m)
{
	const struct one *t = find_member(r);
	int status;

	if (t == NULL)
		return 404;
	team_leave(r->db, t->team_id, r->now, r->viewer->user, "changed");
	status = team_admit(r, t->patient_id, t->office_id, t->user_id,
	    in_text(r, "team_role"), r->id);
	if (status != 0)
		return status;
	put_id(m, r->id);
	return 201;
}
