/* Dates put to the invited; from what they say the meeting is set. */
#include "meeting.h"

#include "notice.h"
#include "poll_sql.h"
#include "viewer.h"

static int
is_polling(const struct found *f)
{
	return strcmp(f->phase, "polling") == 0;
}

/* The most for whom it fits, then the fewest for whom it does not. */
static int
suits_more(const struct offered *a, const struct offered *b)
{
	return a->fits != b->fits ? a->fits > b->fits : a->unfit < b->unfit;
}

/* Marks the best, all of them where several are; none before anybody has said so. */
static void
mark_best(struct offered_rows *rows)
{
	for (size_t i = 0; i < rows->set.n; i++) {
		struct offered *x = offered_edit(rows, i);

		x->best = x->fits > 0;
		for (size_t k = 0; k < rows->set.n && x->best; k++)
			x->best = !suits_more(offered_at(rows, k), x);
	}
}

void
polls_put(struct req *r, struct model *m, const struct found *f)
{
	struct offered_rows rows = { { .row = &poll_offered_row } };
	struct vote_rows votes = { { .row = &poll_vote_row } };

	if (is_polling(f)) {
		poll_dates(r->db, &rows, f->meeting, r->viewer->user);
		poll_votes(r->db, &votes, f->meeting);
		mark_best(&rows);
	}
	put_rows(m, "dates", &rows.set);
	put_children(m, "dates", "votes", &votes.set, "date_key");
}

/* Those who are asked: a mark on the patient's row, and a mail if they want one. */
static void
tell(struct req *r, const struct found *f)
{
	struct asked_rows people;

	poll_asked(r->db, &people, f->meeting, r->viewer->user);
	for (size_t i = 0; i < people.set.n; i++) {
		int64_t user = asked_at(&people, i)->user_id;

		if (f->patient_key != 0)
			poll_mark(r->db, user, f->patient_key, f->id, r->now);
		notice_user(r->db, user, "meeting", f->id, r->request_id,
		    r->now);
	}
}

/* The draft's own time is the first of the dates. */
static void
begin(struct req *r, const struct found *f)
{
	poll_add_date(r->db, req_ref(r, 1), f->meeting, f->starts_at,
	    f->ends_at, DATES_MOST);
	poll_open(r->db, f->meeting, r->now);
	meeting_add_group(r, f->id, meeting_group(f));
	tell(r, f);
}

int
polls_offer(struct req *r, struct model *m)
{
	utc_ms starts = 0, ends = 0;
	int status;
	const struct found *f = meeting_held(r, &status);

	if (f == NULL)
		return status;
	if (!is_polling(f) && strcmp(f->phase, "draft") != 0)
		return 409;
	status = meeting_times(r, &starts, &ends);
	if (status != 0)
		return status;
	if (!is_polling(f))
		begin(r, f);
	poll_add_date(r->db, r->id, f->meeting, starts, ends, DATES_MOST);
	put_id(m, r->id);
	return 201;
}

int
polls_vote(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);

	(void)m;
	if (f == NULL)
		return 404;
	if (!is_polling(f))
		return 409;
	if (!f->invited)
		return 403;
	poll_vote(r->db, f->meeting, r->viewer->user, in_many(r, "fits"),
	    in_many(r, "perhaps"), r->now);
	if (f->patient_key != 0)
		poll_unmark(r->db, r->viewer->user, f->patient_key, f->id);
	return 204;
}

/* Invitations follow at once, unless a consent has to be recorded first. */
int
polls_take(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (!is_polling(f) || poll_take_date(r->db, f->meeting,
	    in_ref(r, "date")) == 0)
		return 409;
	poll_take_votes(r->db, f->meeting, in_ref(r, "date"), r->now);
	if (f->patient_key != 0)
		poll_unmark_all(r->db, f->meeting, f->patient_key, f->id);
	if (strcmp(f->presence, "none") != 0 && !f->consent_at.set)
		return 204;
	status = meeting_ask(r, f->id, meeting_group(f));
	return status == 0 ? 204 : status;
}
