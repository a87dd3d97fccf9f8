/* The room: how many wait, who is next and why; what is said of somebody. */
#include "incident.h"

#include "age.h"
#include "own_key.h"
#include "register.h"
#include "screen.h"
#include "shelter.h"
#include "viewer.h"

/* What is lacked, a column each, as pages ask for it. */
#define SPELL_NEEDS(o) do {							\
	(o)->need__water = strstr((o)->needs, "water") != NULL;		\
	(o)->need__food = strstr((o)->needs, "food") != NULL;			\
	(o)->need__medicine = strstr((o)->needs, "medicine") != NULL;		\
	(o)->need__power = strstr((o)->needs, "power") != NULL;		\
	(o)->need__oxygen = strstr((o)->needs, "oxygen") != NULL;		\
	(o)->need__transport = strstr((o)->needs, "transport") != NULL;	\
} while (0)

static void
spell_said(struct said_rows *said)
{
	for (size_t i = 0; i < said->set.n; i++)
		SPELL_NEEDS(said_edit(said, i));
}

void
people_count(struct req *r, struct person_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		struct person *p = person_edit(rows, i);
		utc_ms left = p->battery_until.v - r->now;

		p->age = age_on(p->birth_date, date_of(r->now));
		p->runs_out = p->battery_until.set;
		p->over = p->runs_out && left <= 0;
		if (left > 0 && p->runs_out) {
			p->hours_left = left / HOUR_MS;
			p->minutes_left = left % HOUR_MS / MINUTE_MS;
		}
		p->mine = p->assignee_name != NULL &&
		    p->assignee_id == r->viewer->user;
		if (p->assigned_until.set)
			p->assigned_minutes = (p->assigned_until.v - r->now +
			    MINUTE_MS - 1) / MINUTE_MS;
		SPELL_NEEDS(p);
		req_audit_subject(r, p->patient_id);
	}
}

/* Which list a page shows. */
static enum screen_kind
kind_of(const char *show)
{
	if (show != NULL && strcmp(show, "done") == 0)
		return SCREEN_DONE;
	if (show != NULL && strcmp(show, "lacking") == 0)
		return SCREEN_LACKING;
	return SCREEN_WAITING;
}

int
room_show(struct req *r, struct model *m)
{
	enum screen_kind kind = kind_of(in_text(r, "show"));
	struct screen screen;
	struct reach e;

	if (incident_enter(r, &e, 0) != 0)
		return 404;
	incident_put(r, m, &e);
	screen_read(r, &e, kind, &screen);
	put_rows(m, "areas", &screen.areas.set);
	put_row(m, "counts", &incident_counts_row, screen.counts);
	put_bool(m, "shows_done", kind == SCREEN_DONE);
	put_bool(m, "shows_lacking", kind == SCREEN_LACKING);
	people_count(r, &screen.help);
	put_rows(m, "help", &screen.help.set);
	spell_said(&screen.said);
	put_children(m, "help", "said", &screen.said.set, "patient_id");
	people_count(r, &screen.people);
	put_rows(m, "people", &screen.people.set);
	map_put(r, m, &screen, 0);
	messages_put(r, m, &e);
	put_channel(r, m, e.room->id);
	return 200;
}

int
room_key(struct req *r, struct model *m)
{
	return put_own_key(r, m, "disaster on a device") == 0 ? 200 : 503;
}

int
room_counts(struct req *r, struct model *m)
{
	struct screen screen;
	struct reach e;

	if (incident_enter(r, &e, 1) != 0)
		return 404;
	screen_read(r, &e, SCREEN_COUNTS, &screen);
	put_row(m, "counts", &incident_counts_row, screen.counts);
	return 200;
}

const struct person *
person_find(struct req *r, const struct reach *e, const struct ref *id)
{
	const struct person *p;

	incident_one_person(r->db, &p, e->room->incident_id, id, r->now,
	    REACH(r));
	if (p != NULL)
		r->audit->subject = p->patient_id;
	return p;
}

int
person_show(struct req *r, struct model *m)
{
	struct contact_rows contacts;
	struct said_rows said;
	const struct person *p;
	struct person one;
	struct person_rows rows = { .set = { .rows = &one, .n = 1,
		.row = &incident_person_row } };
	struct reach e;

	if (incident_enter(r, &e, 1) != 0 ||
	    (p = person_find(r, &e, in_path(r, "person"))) == NULL)
		return 404;
	one = *p;
	people_count(r, &rows);
	incident_put(r, m, &e);
	put_row(m, "person", &incident_person_row,
	    arena_copy(r->mem, (const char *)&one, sizeof one));
	incident_said(r->db, &said, e.room->incident_id, p->patient_id,
	    REACH(r));
	spell_said(&said);
	put_rows(m, "said", &said.set);
	incident_contacts(r->db, &contacts, p->patient_id);
	put_rows(m, "contacts", &contacts.set);
	plan_put_way_out(r, m, &e, p->patient_id);
	shelter_names_put(r, m);
	put_channel(r, m, e.room->id);
	return 200;
}

/* ---- writing ---- */

void
status_say(struct req *r, const struct reach *e, int64_t patient,
    const struct word_of *w, int n)
{
	int64_t incident = e->room->incident_id;

	/* First: it holds her row (incident.sql). */
	if (strcmp(w->status, "contacting") == 0)
		incident_take(r->db, incident, patient, r->viewer->user,
		    writer(r), r->now + ASSIGNED_MINUTES * MINUTE_MS);
	else
		incident_release(r->db, incident, patient);
	relatives_tell(r->db, patient, incident, w->status, r->now);
	incident_say(r->db, patient, incident, n == 0 ? r->id : req_ref(r, n),
	    w->status, w->place_kind, w->place, w->needs, w->note, w->method,
	    w->settles, w->met, w->at, r->now, r->viewer->user, writer(r),
	    r->viewer->office_name);
}

int
status_mark(struct req *r, struct model *m)
{
	const char *needs = in_many(r, "needs"), *method = in_text(r, "method");
	const struct person *p;
	struct reach e;
	int set;
	int64_t ago = in_integer(r, "seconds_ago", &set);

	if (incident_enter(r, &e, 1) != 0 ||
	    (p = person_find(r, &e, in_ref(r, "patient"))) == NULL)
		return 404;
	status_say(r, &e, p->patient_id, &(struct word_of){
		.status = in_text(r, "status"),
		.place_kind = in_text(r, "place_kind"),
		.place = in_text(r, "place"), .needs = needs,
		.note = in_text(r, "note"),
		.method = method == NULL ? "call" : method,
		.settles = in_boolean(r, "settles"),
		.met = in_boolean(r, "met"),
		.at = r->now - (set ? ago : 0) * SECOND_MS
	}, 0);
	req_ring(r, e.room->id);
	put_id(m, r->id);
	return 201;
}

/* "I see to her": for a while nobody else has to. */
int
person_take(struct req *r, struct model *m)
{
	const struct person *p;
	struct reach e;

	(void)m;
	if (incident_enter(r, &e, 1) != 0 ||
	    (p = person_find(r, &e, in_ref(r, "patient"))) == NULL)
		return 404;
	if (in_boolean(r, "give_back"))
		incident_release(r->db, e.room->incident_id, p->patient_id);
	else
		incident_take(r->db, e.room->incident_id, p->patient_id,
		    r->viewer->user, writer(r),
		    r->now + ASSIGNED_MINUTES * MINUTE_MS);
	req_ring(r, e.room->id);
	return 204;
}
