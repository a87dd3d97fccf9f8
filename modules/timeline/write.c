/* Writing: an entry, a reply, a correction. */
#include "entries.h"

#include "audience.h"
#include "change_sql.h"
#include "drafts.h"
#include "files.h"
#include "gram.h"
#include "gram_sql.h"
#include "mention.h"
#include "notice.h"
#include "profession.h"
#include "question.h"
#include "viewer.h"

/*
 * What is addressed to some of the team is nobody else's business: an event
 * says no more than that something was written, but to every module.
 */
static void
publish(struct req *r, const struct draft_entry *e)
{
	const struct event written = {
		.topic = "timeline.entry_written",
		.patient = e->patient,
		.ref = e->id,
		.actor = r->viewer->user,
		.at = r->now,
		.sentence_ja = "記録が書かれました",
		.sentence_en = "An entry was written"
	};

	if (e->audience.reach < 2)
		event_publish(r->db, &written);
}

static int64_t
insert(struct req *r, const struct draft_entry *e)
{
	const struct viewer *v = r->viewer;
	int moved = e->written_at != 0;

	return timeline_write(r->db, e->patient, e->id, v->network, v->user,
	    arena_printf(r->mem, "%s %s", v->family, v->given), v->profession,
	    v->professions, v->office_name, v->office, v->stand_in,
	    moved ? e->written_at : r->now, e->kind, e->audience.word,
	    e->audience.reach, e->audience.of, e->audience.names, e->urgent,
	    e->reply_to, e->corrects, moved, (struct db_maybe){ moved, r->now },
	    e->question, e->body);
}

int
entries_store(struct req *r, const struct draft_entry *e, struct told_of *told)
{
	*told = (struct told_of){ 0, 0, 0 };
	if (insert(r, e) == 0)
		return 403;
	if (e->takes_files)
		files_keep(r);
	gram_store(r->db, e->patient, e->id, gram_list(r->mem, e->body));
	if (e->reply_to != 0) {
		timeline_add_reply(r->db, e->patient, e->reply_to, e->id);
		timeline_count_reply(r->db, e->patient, e->reply_to, 1);
	}
	timeline_mark(r->db, e->patient, e->id, r->viewer->user, e->urgent,
	    r->now);
	told->mentioned = mention_keep(r, e);
	publish(r, e);
	if (e->urgent && !e->untold)
		told->now = notice_urgent_entry(r, e->patient, e->id,
		    &told->later);
	return 201;
}

struct audience
entries_audience(const struct found *f)
{
	return (struct audience){ f->audience, f->reach, f->audience_of,
	    f->audience_names };
}

static int
send(struct req *r, struct model *m, const struct draft_entry *e,
    const struct question *q)
{
	struct told_of told;
	int status = entries_store(r, e, &told);

	if (status == 201 && q != NULL && q->asked != NULL) {
		int refused = question_keep(r, e, q);

		status = refused != 0 ? refused : 201;
	}
	if (status != 201)
		return status;
	req_ring(r, in_path(r, "patient"));
	put_id(m, e->id);
	put_i64(m, "mentioned", told.mentioned);
	if (e->urgent) {
		put_i64(m, "told", told.now);
		put_i64(m, "told_later", told.later);
	}
	return 201;
}

/* A reply goes where its entry went: its audience is that of the entry. */
static int
take_reply(struct req *r, const struct ref *to, struct draft_entry *e)
{
	const struct found *f;

	timeline_find(r->db, &f, e->patient, r->viewer->user,
	    r->viewer->office, to);
	if (f == NULL || f->withdrawn)
		return refuse_input(r, "reply_to", "not_a_choice");
	e->reply_to = f->reply_to != 0 ? f->reply_to : f->entry_id;
	e->audience = entries_audience(f);
	return 0;
}

int
write_entry(struct req *r, struct model *m)
{
	const char *kind = in_text(r, "kind"), *body = in_text(r, "body");
	const struct ref *to = in_ref(r, "reply_to");
	struct draft_entry e = {
		.patient = viewer_patient(r), .id = r->id,
		.kind = kind == NULL ? "note" : kind,
		.body = body == NULL ? "" : body, .takes_files = 1,
		.urgent = in_boolean(r, "urgent")
	};
	struct question asks;
	int refused;

	if (body == NULL && files_given(r) == 0)
		return refuse_input(r, "body", "missing");
	refused = to != NULL ? take_reply(r, to, &e) :
	    audience_take(r, e.kind, &e.audience);
	if (refused == 0)
		refused = question_take(r, &asks);
	if (refused == 0 && to != NULL && asks.asked != NULL)
		refused = refuse_input(r, "asked", "not_a_choice");
	if (refused != 0)
		return refused;
	e.question = asks.asked != NULL;
	drafts_forget(r, to);	/* it has done its work */
	if (to != NULL && in_boolean(r, "answers"))
		question_answer(r, e.reply_to, r->id);
	return send(r, m, &e, &asks);
}

/* Only her own, and not what is gone; both stay to be seen. */
int
write_correction(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	struct draft_entry e = {
		.patient = viewer_patient(r), .id = r->id,
		.body = in_text(r, "body"), .corrects = in_path(r, "entry")
	};

	if (f == NULL)
		return 404;
	if (!f->mine)
		return 403;
	e.kind = f->kind;
	e.urgent = f->urgent;
	e.reply_to = f->reply_to;
	e.audience = entries_audience(f);
	change_correct(r->db, e.patient, f->entry_id, r->id);
	if (f->urgent)	/* its correction is told of */
		change_call_off(r->db, f->id, r->now, "corrected");
	return send(r, m, &e, NULL);
}

static int
anyone_is(const struct colleague_rows *team, const struct profession *p)
{
	for (size_t i = 0; i < team->set.n; i++)
		if (profession_among(colleague_at(team, i)->professions,
		    p->code) != NULL)
			return 1;
	return 0;
}

/* The professions of the team: those who write care, then those who only read. */
static void
put_professions(struct model *m, const struct colleague_rows *team, int writes)
{
	const unsigned reads = RIGHT_VIEW | RIGHT_CONSENTED;
	const struct profession *p;

	for (size_t i = 0; (p = profession_at(i)) != NULL; i++) {
		struct model *item;

		if ((p->rights & reads) == 0 || !anyone_is(team, p) ||
		    ((p->rights & RIGHT_CARE) != 0) != writes)
			continue;
		item = put_item(m, "professions");
		put_text(item, "code", p->code);
		put_text(item, "label", p->ja);
	}
}

/* The form with all choices: for those without script, and whom script asks. */
int
write_form(struct req *r, struct model *m)
{
	struct colleague_rows team;
	struct bound_rows bounds;

	audience_offer(r, m);
	timeline_members(r->db, &team, viewer_patient(r));
	put_items(m, "professions");
	put_professions(m, &team, 1);
	put_professions(m, &team, 0);
	for (size_t i = 0; i < team.set.n; i++) {
		struct colleague *x = colleague_edit(&team, i);

		x->profession = profession_name(x->profession_code);
	}
	put_rows(m, "members", &team.set);
	timeline_bounds(r->db, &bounds, viewer_patient(r), r->viewer->user,
	    r->viewer->office);
	put_rows(m, "disease_networks", &bounds.set);
	return 200;
}
