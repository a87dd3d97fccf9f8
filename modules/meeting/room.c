/* The waiting page, who joined, and the link of a guest. */
#include "meeting.h"

#include "room_sql.h"
#include "seal.h"
#include "viewer.h"

enum {
	POLL_S = 20,			/* a waiting page asks again */
	GO_MS = 2 * 60 * 1000		/* a guest who came in goes on to the meeting */
};

static int
is_open(utc_ms starts, utc_ms ends, const char *phase, utc_ms now)
{
	return strcmp(phase, "scheduled") == 0 &&
	    starts - OPENS_MINUTES * MINUTE_MS <= now &&
	    now <= ends + LINGER_MINUTES * MINUTE_MS;
}

static int
has_place(const char *url)
{
	return url != NULL && strncmp(url, "https://", 8) == 0;
}

static void
put_place(struct req *r, struct model *m, const struct place *p)
{
	utc_ms opens = p->starts_at - OPENS_MINUTES * MINUTE_MS;
	int open = is_open(p->starts_at, p->ends_at, p->phase, r->now) &&
	    has_place(p->join_url);

	put_ref(m, "meeting", in_path(r, "meeting"));
	put_text(m, "kind", p->kind);
	put_text(m, "phase", p->phase);
	put_utc(m, "starts_at", p->starts_at);
	put_utc(m, "ends_at", p->ends_at);
	put_utc(m, "opens_at", opens);
	put_bool(m, "is_open", open);
	if (!open && strcmp(p->phase, "scheduled") == 0)
		req_refresh(r, POLL_S);
}

int
room_wait(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);
	const struct place *p = NULL;

	if (f == NULL)
		return 404;
	room_own(r->db, &p, f->id, r->viewer->user);
	if (p == NULL)
		return 404;
	put_place(r, m, p);
	return 200;
}

/* Her place, if the meeting is open and the provider has a room for her. */
static const struct place *
open_place(struct req *r, int *status)
{
	const struct found *f = meeting_of(r);
	const struct place *p = NULL;

	if (f != NULL)
		room_own(r->db, &p, f->id, r->viewer->user);
	*status = f == NULL ? 404 : p == NULL ? 403 :
	    has_place(p->join_url) && is_open(p->starts_at, p->ends_at,
	    p->phase, r->now) ? 0 : 409;
	return p;
}

int
room_enter(struct req *r, struct model *m)
{
	int status;
	const struct place *p = open_place(r, &status);

	if (status != 0)
		return status;
	room_join(r->db, p->invitation, r->now);
	put_ref(m, "meeting", in_path(r, "meeting"));
	put_text(m, "join_url", p->join_url);
	return 201;
}

int
room_go(struct req *r, struct model *m)
{
	int status;
	const struct place *p = open_place(r, &status);

	if (status != 0)
		return status;
	put_text(m, "join_url", p->join_url);
	req_leave(r, p->join_url);
	return 303;
}

/* ---- guests ---- */

static const struct guest *
guest_of(struct req *r)
{
	const struct ref *token = in_path(r, "token");
	unsigned char *hash = arena_take(r->mem, SHA256_BYTES);
	const struct guest *g;

	seal_sha256(token->b, sizeof token->b, hash);
	room_guest(r->db, &g, (struct db_bytes){ hash, SHA256_BYTES });
	return g;
}

/* A link that admits nobody any more. */
static int
is_over(const struct guest *g, utc_ms now)
{
	return g->replaced || g->used_at.set || g->token_until <= now;
}

int
guest_wait(struct req *r, struct model *m)
{
	const struct guest *g = guest_of(r);
	int over;

	if (g == NULL)
		return 404;
	over = is_over(g, r->now);
	put_ref(m, "token", in_path(r, "token"));
	put_text(m, "kind", g->kind);
	put_text(m, "phase", g->phase);
	put_text(m, "nickname", g->nickname);
	put_text(m, "phone", g->phone);
	put_utc(m, "starts_at", g->starts_at);
	put_utc(m, "ends_at", g->ends_at);
	put_utc(m, "opens_at", g->starts_at - OPENS_MINUTES * MINUTE_MS);
	put_utc(m, "expires_at", g->token_until);
	put_bool(m, "used", g->used_at.set);
	put_bool(m, "replaced", g->replaced);
	put_text(m, "response", g->response);
	put_bool(m, "has_begun", g->starts_at <= r->now);
	put_bool(m, "over", over);
	put_bool(m, "is_open", !over && has_place(g->join_url) &&
	    is_open(g->starts_at, g->ends_at, g->phase, r->now));
	if (!over && strcmp(g->phase, "scheduled") == 0)
		req_refresh(r, POLL_S);
	return 200;
}

static int
guest_may_enter(struct req *r, const struct guest *g)
{
	return !g->replaced && has_place(g->join_url) &&
	    g->token_until > r->now &&
	    is_open(g->starts_at, g->ends_at, g->phase, r->now);
}

int
guest_enter(struct req *r, struct model *m)
{
	const struct guest *g = guest_of(r);

	if (g == NULL)
		return 404;
	if (!guest_may_enter(r, g) ||
	    room_use(r->db, g->invitation, r->now) == 0)
		return 409;
	put_ref(m, "token", in_path(r, "token"));
	put_text(m, "join_url", g->join_url);
	return 201;
}

int
guest_go(struct req *r, struct model *m)
{
	const struct guest *g = guest_of(r);

	if (g == NULL)
		return 404;
	if (!guest_may_enter(r, g) || !g->used_at.set ||
	    g->used_at.v + GO_MS < r->now)
		return 409;
	put_text(m, "join_url", g->join_url);
	req_leave(r, g->join_url);
	return 303;
}

int
guest_answer(struct req *r, struct model *m)
{
	const struct guest *g = guest_of(r);

	(void)m;
	if (g == NULL)
		return 404;
	if (is_over(g, r->now) || g->starts_at <= r->now ||
	    strcmp(g->phase, "scheduled") != 0)
		return 409;
	room_answer(r->db, g->invitation, in_text(r, "response"), r->now);
	return 204;
}

int
guest_renew(struct req *r, struct model *m)
{
	const struct guest *g = guest_of(r);

	(void)m;
	if (g == NULL)
		return 404;
	if (strcmp(g->phase, "scheduled") != 0 ||
	    room_renew(r->db, g->invitation, r->now) == 0)
		return 409;
	return 204;
}
