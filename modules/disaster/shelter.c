/* Shelters: what there is, by the town; what state each is in, by whoever is there. */
#include "shelter.h"

#include "incident.h"
#include "register.h"
#include "register_sql.h"
#include "shelter_sql.h"
#include "viewer.h"

/* ---- what there is ---- */

int
shelters_show(struct req *r, struct model *m)
{
	struct municipality_rows towns;
	struct office_rows offices;
	struct shelter_rows rows;
	int64_t network = r->viewer->network;
	/* The same form adds one. */
	static const struct shelter blank = { .name = "", .municipality = "",
		.address = "", .targets = "", .state = "not_open" };

	shelter_in_incident(r->db, &rows, 0, network, r->viewer->office, 0);
	put_rows(m, "shelters", &rows.set);
	rows.set = (struct db_set){ .rows = (void *)&blank, .n = 1,
		.row = &shelter_shelter_row };
	put_rows(m, "blank", &rows.set);
	put_bool(m, "officer", is_officer(r));
	shelter_municipalities(r->db, &towns, network);
	put_rows(m, "municipalities", &towns.set);
	register_offices(r->db, &offices, network);
	put_rows(m, "offices", &offices.set);
	return 200;
}

void
shelter_names_put(struct req *r, struct model *m)
{
	struct known_shelter_rows rows;

	shelter_names(r->db, &rows, r->viewer->network);
	put_rows(m, "known_shelters", &rows.set);
}

/* A number that may be missing. */
static struct db_maybe
maybe(struct req *r, const char *name)
{
	int set;
	int64_t n = in_integer(r, name, &set);

	return (struct db_maybe){ set, n };
}

static struct db_maybe
designated(struct req *r)
{
	int set;
	civil_date day = in_date(r, "designated_on", &set);

	return (struct db_maybe){ set, day };
}

/* What the form says of a shelter, as both statements want it. */
#define DECLARED(r) in_text(r, "name"), in_boolean(r, "welfare"),		\
	in_text(r, "municipality"), in_text(r, "address"),			\
	in_text(r, "phone"), designated(r), in_many(r, "targets"),		\
	maybe(r, "capacity").v, maybe(r, "family_most"),			\
	in_boolean(r, "generator"), in_boolean(r, "wheelchair_toilet"),		\
	in_boolean(r, "medical_staff"), in_ref(r, "office")

int
shelter_begin(struct req *r, struct model *m)
{
	shelter_add(r->db, r->id, r->viewer->network, DECLARED(r), r->now,
	    r->viewer->user);
	put_id(m, r->id);
	return 201;
}

int
shelter_alter(struct req *r, struct model *m)
{
	(void)m;
	shelter_change(r->db, in_path(r, "shelter"), r->viewer->network,
	    DECLARED(r), r->now, r->viewer->user);
	return 204;
}

int
shelter_finish(struct req *r, struct model *m)
{
	(void)m;
	shelter_end(r->db, in_path(r, "shelter"), r->viewer->network, r->now,
	    r->viewer->user);
	return 204;
}

/* ---- how they stand ---- */

/* Who may speak for any shelter; an office that runs one speaks for that. */
static int
anywhere(struct req *r, const struct reach *e)
{
	return is_officer(r) || e->room->body;
}

int
stand_show(struct req *r, struct model *m)
{
	struct shelter_rows rows;
	const struct totals *totals;
	struct reach e;

	if (incident_enter_town(r, &e) != 0)
		return 404;
	incident_put(r, m, &e);
	shelter_in_incident(r->db, &rows, e.room->incident_id,
	    r->viewer->network, r->viewer->office, anywhere(r, &e));
	put_rows(m, "shelters", &rows.set);
	shelter_totals(r->db, &totals, e.room->incident_id,
	    r->viewer->network);
	put_row(m, "totals", &shelter_totals_row, totals);
	put_channel(r, m, e.room->id);
	return 200;
}

int
stand_say(struct req *r, struct model *m)
{
	const struct place *place;
	struct reach e;

	if (incident_enter_town(r, &e) != 0)
		return 404;
	shelter_place(r->db, &place, in_ref(r, "shelter"), r->viewer->network,
	    r->viewer->office, anywhere(r, &e));
	if (place == NULL)
		return 404;
	shelter_say(r->db, r->id, e.room->incident_id, place->shelter_id,
	    in_text(r, "state"), maybe(r, "people").v, in_text(r, "note"),
	    r->now, r->viewer->user, writer(r), r->viewer->office_name);
	req_ring(r, e.room->id);
	put_id(m, r->id);
	return 201;
}

/* ---- how offices stand ---- */

int
offices_show(struct req *r, struct model *m)
{
	const struct tally *tally;
	struct answer_rows rows;
	struct reach e;

	if (incident_enter_town(r, &e) != 0)
		return 404;
	incident_put(r, m, &e);
	shelter_offices(r->db, &rows, e.room->incident_id, r->viewer->network,
	    r->viewer->office, is_officer(r));
	put_rows(m, "offices", &rows.set);
	shelter_tally(r->db, &tally, e.room->incident_id, r->viewer->network);
	put_row(m, "tally", &shelter_tally_row, tally);
	messages_put(r, m, &e);
	put_channel(r, m, e.room->id);
	return 200;
}

/* Whose report it is: of another office an officer's alone, who says who told her. */
static int
spoken_for(struct req *r, int64_t *office, const char **told_by)
{
	const struct ref *other = in_ref(r, "office");
	const struct office_named *o = NULL;

	*office = r->viewer->office;
	*told_by = NULL;
	if (other == NULL)
		return 0;
	shelter_office_of(r->db, &o, other, r->viewer->network);
	if (o == NULL || (o->office_id != *office && !is_officer(r)))
		return 404;
	if (o->office_id == *office)
		return 0;
	*office = o->office_id;
	*told_by = in_text(r, "told_by");
	return *told_by == NULL ? refuse_input(r, "told_by", "missing") : 0;
}

int
offices_report(struct req *r, struct model *m)
{
	int quick = in_boolean(r, "quick"), rc;
	const char *damage = in_text(r, "damage"), *told_by;
	int64_t office;
	struct reach e;

	if (incident_enter_town(r, &e) != 0)
		return 404;
	if ((rc = spoken_for(r, &office, &told_by)) != 0)
		return rc;
	/* Only a quick word may leave it open. */
	if (!quick && (damage == NULL || strcmp(damage, "unknown") == 0))
		return refuse_input(r, "damage", "missing");
	shelter_report(r->db, r->id, e.room->incident_id, office, quick,
	    in_text(r, "service"), damage == NULL ? "unknown" : damage,
	    maybe(r, "hurt").v, in_many(r, "needs"), in_text(r, "note"),
	    told_by, r->now, r->viewer->user, writer(r));
	req_ring(r, e.room->id);
	put_id(m, r->id);
	return 201;
}
