/* What its author does to an entry afterwards: withdraw, recall, move. */
#include "entries.h"

#include "change_sql.h"
#include "files.h"
#include "notice.h"
#include "drafts.h"
#include "question.h"
#include "question_sql.h"
#include "viewer.h"

enum { OTHERS_MAX = AUDIT_SUBJECTS_MAX - 2 };

/*
 * What an entry corrects and what corrects it belong together: they are about
 * one patient, and what is wrong of one is wrong of all. The first of them.
 */
static const struct found *
first_of(struct req *r, const struct found *f)
{
	const struct found *before;

	while (f->corrects != NULL &&
	    (before = entries_find_by(r, f->corrects)) != NULL)
		f = before;
	return f;
}

static const struct found *
next_of(struct req *r, const struct found *f)
{
	return f->corrected_by == NULL ? NULL :
	    entries_find_by(r, f->corrected_by);
}

/*
 * A trace in place of the text. Whoever waited for it no longer has to; whoever
 * had read it is to know that it is not so.
 */
static void
take_away(struct req *r, const struct found *f, const char *how,
    const char *reason)
{
	int64_t patient = viewer_patient(r);

	change_withdraw(r->db, patient, f->entry_id, r->viewer->user, how,
	    r->now, reason);
	change_forget_marks(r->db, patient, f->id);
	change_mark_readers(r->db, patient, f->entry_id, f->id, r->now);
	question_close(r->db, patient, f->entry_id, r->now);
	question_reopen(r, f);
	if (f->urgent)
		change_call_off(r->db, f->id, r->now, how);
}

int
changes_withdraw(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r), *x;

	(void)m;
	if (f == NULL)
		return 404;
	if (!f->mine)
		return 403;
	for (x = first_of(r, f); x != NULL; x = next_of(r, x))
		if (!x->withdrawn || x->entry_id == f->entry_id)
			take_away(r, x, "withdrawn", in_text(r, "reason"));
	req_ring(r, in_path(r, "patient"));
	return 204;
}

/* As if it had never been sent: its text is a draft again. */
int
changes_recall(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	int64_t patient = viewer_patient(r);

	(void)m;
	if (f == NULL)
		return 404;
	if (!f->mine)
		return 403;
	change_recall(r->db, patient, f->entry_id, r->viewer->user, r->now,
	    r->now - RECALL_MS);
	change_forget_marks(r->db, patient, f->id);
	change_uncorrect(r->db, patient, f->id);
	question_close(r->db, patient, f->entry_id, r->now);
	question_reopen(r, f);
	req_ring(r, in_path(r, "patient"));
	if (f->reply_to != 0)
		timeline_count_reply(r->db, patient, f->reply_to, -1);
	drafts_keep(r, &(struct draft){ .kind = f->kind,
	    .audience = f->audience, .body = f->body });
	return 204;
}

/*
 * Word to each who had read it, by mail; at night it waits. What was moved
 * together has one cause: nobody hears of it twice.
 */
static void
tell_readers(struct req *r, const struct found *f, const struct ref *cause)
{
	struct holder_rows rows;

	change_had_read(r->db, &rows, viewer_patient(r), f->entry_id);
	for (size_t i = 0; i < rows.set.n; i++)
		notice_user(r->db, holder_at(&rows, i)->user_id, "entry_moved",
		    cause, r->request_id, r->now);
}

/* What is left of it here; its replies stay behind, out of sight. */
static void
leave_trace(struct req *r, const struct found *f, const struct ref *cause)
{
	int64_t patient = viewer_patient(r);

	take_away(r, f, "moved", NULL);
	change_forget_marks_of_replies(r->db, patient, f->entry_id);
	change_withdraw_replies(r->db, patient, f->entry_id, r->now);
	tell_readers(r, f, cause);
}

/* There it keeps its hour, and what it corrected: `before`, or NULL. */
static int
arrive(struct req *r, const struct found *f, int64_t to, const struct ref *id,
    const struct ref *before)
{
	struct told_of told;
	int status = entries_store(r, &(struct draft_entry){
	    .patient = to, .id = id, .kind = f->kind, .body = f->body,
	    .audience = entries_audience(f), .urgent = f->urgent,
	    .untold = f->corrected, .corrects = before,
	    .written_at = f->written_at, .question = f->question }, &told);

	if (status != 201)
		return status;
	if (before != NULL)
		change_link(r->db, to, before, id);
	files_move(r, f->entry_id, to, id);
	if (f->question)
		question_move(r, f->entry_id, to, id);
	return 201;
}

/*
 * The team of the one patient may not learn who the other is, nor the other way
 * round: the trace says only that it was moved, and when. Replies stay behind:
 * they were written about somebody else.
 */
static int
move_all(struct req *r, const struct found *f, int64_t to)
{
	const struct ref *before = NULL, *id;
	const struct found *x;
	int status = 201, n = 0;

	for (x = first_of(r, f); x != NULL && status == 201; x = next_of(r, x)) {
		if (x->withdrawn && x->entry_id != f->entry_id)
			continue;
		id = x->entry_id == f->entry_id ? r->id : req_ref(r, n++);
		leave_trace(r, x, f->id);
		status = arrive(r, x, to, id, before);
		before = id;
	}
	return status;
}

int
changes_move(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	const struct target *to;

	if (f == NULL)
		return 404;
	if (!f->mine || f->reply_to != 0)
		return 403;
	change_target(r->db, &to, r->viewer->user, r->viewer->office,
	    in_ref(r, "patient"));
	if (to == NULL || to->patient_id == viewer_patient(r))
		return refuse_input(r, "patient", "not_a_choice");
	req_audit_subject(r, to->patient_id);
	req_ring(r, in_path(r, "patient"));
	req_ring(r, in_ref(r, "patient"));
	put_id(m, r->id);
	return move_all(r, f, to->patient_id);
}

int
changes_move_form(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	struct other_rows rows;

	if (f == NULL)
		return 404;
	if (!f->mine || f->reply_to != 0)
		return 403;
	change_others(r->db, &rows, r->viewer->user, r->viewer->office,
	    viewer_patient(r), OTHERS_MAX);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, other_at(&rows, i)->patient_id);
	put_id(m, f->id);
	put_text(m, "body", f->body);
	put_rows(m, "patients", &rows.set);
	return 200;
}
