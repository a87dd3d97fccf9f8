#include "admit.h"

#include "admit_sql.h"
#include "age.h"
#include "frame.h"
#include "seal.h"
#include "viewer.h"
#include "who.h"

static enum lang
lang_of(const char *code)
{
	return strcmp(code, "en") == 0 ? LANG_EN : LANG_JA;
}

static void
fill_audit(struct req *r, const struct viewer *v)
{
	r->audit->user = v->user;
	r->audit->office = v->office;
	r->audit->device = v->device;
	r->audit->network = v->network;
	r->audit->stand_in = v->stand_in;
	if (v->strip != NULL)
		r->audit->subject = v->strip->patient;
}

static struct viewer *
viewer_of(struct req *r, const struct session *s)
{
	struct viewer *v = arena_take(r->mem, sizeof *v);

	v->user = s->user_id;
	v->office = s->office_id;
	v->device = s->device_id;
	v->network = s->network_id;
	v->id = s->id;
	v->login = s->login;
	v->family = s->family;
	v->given = s->given;
	v->profession = s->profession;
	v->professions = s->professions;
	v->office_name = s->office_name;
	v->office_manager = s->office_manager;
	v->on_duty = s->on_duty;
	v->roles = s->roles;
	v->signed_in_at = s->created_at;
	r->lang = lang_of(s->lang);
	return v;
}

static const struct strip *
strip_of(struct req *r, const struct member *m)
{
	struct strip *p = arena_take(r->mem, sizeof *p);

	p->patient = m->patient_id;
	p->id = m->patient_ref;
	p->name = m->name;
	p->kana = m->kana;
	p->sex = m->sex;
	p->birth_date = m->birth_date;
	p->age = age_on(m->birth_date, date_of(r->now));
	p->whereabouts = m->whereabouts;
	p->care_level = m->care_level;
	p->allergies = m->allergies;
	p->blood_thinner = m->blood_thinner;
	p->equipment = m->equipment;
	p->portrait = m->portrait;
	return p;
}

/*
 * The columns that struct member shares with struct session, in the same
 * order; the compiler checks that they lie alike.
 */
_Static_assert(offsetof(struct member, seen_at) ==
    offsetof(struct session, seen_at), "admit.sql: rows differ");

struct found {
	const struct session *session;
	const struct member *member;	/* if the route asks for the team */
	void *own;
};

static struct found
look_up(struct req *r, struct db_bytes token, admit_finder *find)
{
	struct db_bytes certificate = { r->certificate, SHA256_BYTES };
	struct found f = { NULL, NULL, NULL };

	if (find != NULL) {
		f.session = find(r, token, certificate, &f.own);
		return f;
	}
	if (r->route->who != TEAM) {
		admit_session(r->db, &f.session, token, certificate);
		return f;
	}
	admit_member(r->db, &f.member, token, certificate,
	    in_path(r, "patient"));
	if (f.member == NULL)
		admit_otherwise(r->db, &f.member, token, certificate,
		    in_path(r, "patient"));
	f.session = (const struct session *)f.member;
	if (f.member == NULL)		/* a stranger, or nobody at all? */
		admit_session(r->db, &f.session, token, certificate);
	return f;
}

/*
 * 0, or 401 when the session is too old, or idle on a route that minds. A crew
 * that is called after a quiet night types no PIN.
 */
static int
check_age(struct req *r, struct viewer *v, const struct session *s)
{
	int shift = r->route->who == EMERGENCY;

	if (r->now - s->created_at >
	    (shift ? SHIFT_HOURS : SESSION_HOURS) * HOUR_MS) {
		req_then(r, "/sign-in");
		return 401;
	}
	v->locked = !shift && r->now - s->seen_at > IDLE_MINUTES * MINUTE_MS;
	if (v->locked && r->route->who != SESSION) {
		req_then(r, "/unlock");
		return 401;
	}
	return 0;
}

static int
check_right(const struct req *r, const struct viewer *v)
{
	const char *role = who_role(r->route->who);

	if (r->route->who == TEAM && v->strip == NULL)
		return 404;
	if (r->route->who == OFFICE_MANAGER && !v->office_manager)
		return 403;
	if (role != NULL && !viewer_has_one(v, role))
		return 403;
	return 0;
}

/* The hash under which the request's session is stored; 0 if it has none. */
static int
session_token(struct req *r, unsigned char token[SHA256_BYTES])
{
	const char *cookie = req_session(r);

	if (cookie == NULL)
		return 0;
	seal_sha256(cookie, strlen(cookie), token);
	return 1;
}

void
admit_seen(struct req *r)
{
	unsigned char token[SHA256_BYTES];

	if (!session_token(r, token))
		return;
	if (r->viewer->seen)
		admit_touch(r->db, (struct db_bytes){ token, SHA256_BYTES },
		    r->now);
	if (r->viewer->opens != 0)
		admit_open(r->db, (struct db_bytes){ token, SHA256_BYTES },
		    r->viewer->opens);
}

/*
 * Whether it is time to note that the session is used. One that has idled stays
 * idle, though a shift's routes serve it: the PIN is not got around by them.
 */
static int
is_due(utc_ms unseen)
{
	return unseen > MINUTE_MS && unseen <= IDLE_MINUTES * MINUTE_MS;
}

/* The patient whose page a request opens, unless it was open already; 0: none. */
static int64_t
turns_to(const struct req *r, const struct member *m)
{
	int opens = m != NULL && r->route->method == GET &&
	    r->route->page != NULL && m->opened_patient != m->patient_id;

	return opens ? m->patient_id : 0;
}

static int
admit_user(struct req *r, admit_finder *find)
{
	unsigned char token[SHA256_BYTES];
	struct viewer *v;
	struct found f;
	int refused;

	if (r->certificate == NULL)
		return 403;
	if (!session_token(r, token))
		return 401;
	f = look_up(r, (struct db_bytes){ token, SHA256_BYTES }, find);
	if (f.session == NULL)
		return 401;
	v = viewer_of(r, f.session);
	v->own = f.own;
	if (f.member != NULL) {
		v->strip = strip_of(r, f.member);
		v->stand_in = f.member->stand_in;
	}
	r->viewer = v;
	fill_audit(r, v);
	if (frame_off(v->network, r->settings->name))
		return 404;
	refused = check_age(r, v, f.session);
	if (refused != 0) {
		v->strip = NULL;	/* nor may the refusal's page show it */
		return refused;
	}
	v->seen = is_due(r->now - f.session->seen_at);
	v->opens = turns_to(r, f.member);
	r->touch = v->seen || v->opens != 0;
	return check_right(r, v);
}

static int
admit_device(struct req *r)
{
	const struct device *d;

	if (r->certificate == NULL)
		return 403;
	admit_device_of(r->db, &d,
	    (struct db_bytes){ r->certificate, SHA256_BYTES });
	if (d == NULL || d->revoked)
		return 403;
	r->audit->device = d->device_id;
	r->audit->office = d->office_id;
	r->audit->network = d->network_id;
	return 0;
}

int
admit_by(struct req *r, admit_finder *find)
{
	if (r->door != DOOR_PROFESSIONAL)
		return 404;
	return r->route->who == DEVICE ? admit_device(r) :
	    admit_user(r, find);
}

int
admit(struct req *r, struct model *m)
{
	(void)m;
	return admit_by(r, NULL);
}
