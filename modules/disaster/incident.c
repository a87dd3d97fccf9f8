/* The life of an incident: prepared, opened by a named officer, closed by itself. */
#include "incident.h"

#include "message_sql.h"
#include "notice.h"
#include "register.h"
#include "register_sql.h"
#include "shelter_sql.h"
#include "viewer.h"

static const struct room *
room_of_path(struct req *r)
{
	const struct viewer *v = r->viewer;
	const struct room *room;

	incident_room(r->db, &room, in_path(r, "incident"), v->network,
	    v->user, v->office, v->on_duty, is_officer(r), r->now);
	return room;
}

int
incident_enter_town(struct req *r, struct reach *e)
{
	*e = (struct reach){ .room = room_of_path(r) };
	return e->room == NULL || !e->room->open ? 404 : 0;
}

int
incident_enter(struct req *r, struct reach *e, int open)
{
	const struct room *room = room_of_path(r);
	int officer = is_officer(r);

	if (room == NULL || room->discarded || (!room->open && (open ||
	    !officer)) || (!officer && !room->body && !room->team))
		return 404;
	*e = (struct reach){ .room = room,
		.accepts = (officer || room->body) && !room->accepted };
	return 0;
}

void
incident_put(struct req *r, struct model *m, const struct reach *e)
{
	const struct room *room = e->room;

	put_row(m, "incident", &incident_room_row, room);
	put_ref(m, "me", r->viewer->id);
	put_bool(m, "officer", is_officer(r));
	put_bool(m, "accepts", e->accepts);
	put_i64(m, "hours_left", room->open ?
	    (room->until.v - r->now) / HOUR_MS : 0);
}

void
lists_follow(struct req *r)
{
	incident_list_people(r->db, r->viewer->network, r->now);
	incident_open_pages(r->db, r->viewer->network, r->now);
	incident_rank(r->db, r->viewer->network, r->now);
}

int
home_show(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	struct incident_rows rows;
	struct proposal_rows exercises;
	const struct reader *reader;
	struct at_work_rows places;

	incident_incidents(r->db, &rows, v->network, is_officer(r), v->user,
	    v->office, v->on_duty, r->now, r->now - PAST_DAYS * DAY_MS);
	put_rows(m, "incidents", &rows.set);
	put_bool(m, "officer", is_officer(r));
	register_reader(r->db, &reader, v->network, v->office, v->user);
	put_bool(m, "reads_register", is_officer(r) ||
	    (reader != NULL && reader->body));
	shelter_open_rooms(r->db, &places, v->network, r->now);
	put_rows(m, "places", &places.set);
	put_items(m, "exercises");
	if (is_officer(r)) {
		incident_exercises(r->db, &exercises, v->network, r->now);
		put_rows(m, "exercises", &exercises.set);
	}
	return 200;
}

int
incident_prepare(struct req *r, struct model *m)
{
	char hex[REF_HEX];

	incident_put_room(r->db, r->id, r->viewer->network,
	    in_boolean(r, "drill"), in_text(r, "kind"), in_text(r, "title"),
	    r->now, r->viewer->user);
	message_draft(r->db, r->viewer->network, NULL, r->id, r->now);
	req_then(r, arena_printf(r->mem, "/disaster/%s", ref_hex(r->id, hex)));
	put_id(m, r->id);
	return 201;
}

/* ---- opening ---- */

/* The districts that were chosen, or the whole town. How many. */
static int64_t
choose_areas(struct req *r, const struct room *room)
{
	char *list = arena_text(r->mem, in_many(r, "area")), *rest = NULL;
	int64_t n = 0;

	if (in_boolean(r, "whole"))
		return incident_add_every_area(r->db, room->incident_id,
		    r->viewer->network);
	for (char *hex = strtok_r(list, ",", &rest); hex != NULL;
	    hex = strtok_r(NULL, ",", &rest)) {
		struct ref district;

		if (ref_parse(hex, &district) == 0)
			n += incident_add_area(r->db, room->incident_id,
			    r->viewer->network, &district);
	}
	return n;
}

static void
tell_teams(struct req *r, const struct room *room)
{
	struct recipient_rows rows;

	incident_recipients(r->db, &rows, room->incident_id);
	for (size_t i = 0; i < rows.set.n; i++)
		notice_user(r->db, recipient_at(&rows, i)->user_id, "disaster",
		    room->id, r->request_id, r->now);
	event_publish(r->db, &(struct event){
		.topic = "disaster.opened", .ref = room->id,
		.actor = r->viewer->user, .at = r->now,
		.sentence_ja = "災害の対応が始まりました",
		.sentence_en = "The response to a disaster has begun"
	});
}

/* Only a person opens: no bulletin does. */
int
incident_open(struct req *r, struct model *m)
{
	const struct room *room;
	struct reach e;
	int set;
	int64_t hours = in_integer(r, "hours", &set);
	utc_ms until = r->now + (set ? hours : OPEN_HOURS) * HOUR_MS;

	if (incident_enter(r, &e, 0) != 0)
		return 404;
	if (!in_boolean(r, "secrecy"))
		return refuse_input(r, "secrecy", "missing");
	room = e.room;
	incident_put_opening(r->db, room->incident_id, in_text(r, "basis"), r->now,
	    until, r->viewer->user, writer(r));
	if (choose_areas(r, room) == 0)
		return refuse_input(r, "area", "missing");
	register_accept(r->db, room->incident_id, r->viewer->user,
	    r->viewer->network, writer(r), r->viewer->office_name, r->now);
	incident_open_teams(r->db, room->id, r->viewer->network, room->drill,
	    r->now, until);
	lists_follow(r);
	if (!room->drill)
		tell_teams(r, room);
	req_ring(r, room->id);
	put_id(m, room->id);
	return 201;
}

int
incident_lengthen(struct req *r, struct model *m)
{
	struct reach e;
	utc_ms until;
	int set;

	(void)m;
	if (incident_enter(r, &e, 1) != 0)
		return 404;
	until = e.room->until.v + in_integer(r, "hours", &set) * HOUR_MS;
	incident_put_until(r->db, e.room->incident_id, until,
	    in_text(r, "reason"));
	incident_close_teams(r->db, e.room->id, until);
	return 204;
}

int
incident_close(struct req *r, struct model *m)
{
	struct reach e;

	(void)m;
	if (incident_enter(r, &e, 1) != 0)
		return 404;
	incident_put_end(r->db, e.room->incident_id, r->now, writer(r));
	incident_close_teams(r->db, e.room->id, r->now);
	req_ring(r, e.room->id);
	return 204;
}

int
incident_discard(struct req *r, struct model *m)
{
	struct reach e;

	(void)m;
	if (incident_enter(r, &e, 0) != 0)
		return 404;
	incident_put_away(r->db, e.room->incident_id, r->now);
	return 204;
}

/* Which districts are without power, and since when: all of them anew. */
int
incident_outage(struct req *r, struct model *m)
{
	char *list = arena_text(r->mem, in_many(r, "area")), *rest = NULL;
	struct reach e;
	int set;
	int64_t minutes = in_integer(r, "minutes_ago", &set);

	(void)m;
	if (incident_enter(r, &e, 1) != 0)
		return 404;
	incident_end_outages(r->db, e.room->incident_id);
	for (char *hex = strtok_r(list, ",", &rest); hex != NULL;
	    hex = strtok_r(NULL, ",", &rest)) {
		struct ref district;

		if (ref_parse(hex, &district) == 0)
			incident_begin_outage(r->db, e.room->incident_id,
			    r->viewer->network, &district,
			    r->now - (set ? minutes : 0) * MINUTE_MS);
	}
	incident_rank(r->db, r->viewer->network, r->now);
	req_ring(r, e.room->id);
	return 204;
}

int
secrecy_accept(struct req *r, struct model *m)
{
	const struct ref *id = in_ref(r, "incident");
	const struct viewer *v = r->viewer;
	const struct room *room = NULL;
	const struct reader *reader;
	char hex[REF_HEX];

	(void)m;
	register_reader(r->db, &reader, v->network, v->office, v->user);
	if (reader == NULL || (!is_officer(r) && !reader->body))
		return 404;
	if (id != NULL) {
		incident_room(r->db, &room, id, v->network, v->user, v->office,
		    v->on_duty, is_officer(r), r->now);
		if (room == NULL || !room->open)
			return 404;
		req_then(r, arena_printf(r->mem, "/disaster/%s",
		    ref_hex(id, hex)));
	}
	register_accept(r->db, room == NULL ? 0 : room->incident_id, v->user,
	    v->network, writer(r), v->office_name, r->now);
	return 204;
}
