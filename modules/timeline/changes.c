/* What its author does to an entry afterwards: withdraw, recall, move. */
#include "entries.h"

#include "change_sql.h"
#include "files.h"
#include "notice.h"
#include "drafts.h"
#include "viewer.h"

enum { OTHERS_MAX = AUDIT_SUBJECTS_MAX - 2 };

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
	req_ring(r, in_path(r, "patient"));
}

int
changes_withdraw(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);

	(void)m;
	if (f == NULL)
		return 404;
	if (!f->mine)
		return 403;
	take_away(r, f, "withdrawn", in_text(r, "reason"));
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
	req_ring(r, in_path(r, "patient"));
	if (f->reply_to != 0)
		timeline_count_reply(r->db, patient, f->reply_to, -1);
	drafts_keep(r, &(struct draft){ .kind = f->kind,
	    .audience = f->audience, .body = f->body });
	return 204;
}

/* Word to each who had read it, by mail; at night it waits. */
static void
tell_readers(struct req *r, const struct found *f)
{
	struct holder_rows rows;

	change_had_read(r->db, &rows, viewer_patient(r), f->entry_id);
	for (size_t i = 0; i < rows.set.n; i++)
		notice_user(r->db, holder_at(&rows, i)->user_id, "entry_moved",
		    f->id, r->request_id, r->now);
}

/*
 * The team of the one patient may not learn who the other is, nor the other way
 * round: the trace says only that it was moved. Replies stay behind, out of
 * sight: they were written about somebody else.
 */
int
changes_move(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	const struct target *to;
	int64_t told;
	int status;

	if (f == NULL)
		return 404;
	if (!f->mine || f->reply_to != 0)
		return 403;
	change_target(r->db, &to, r->viewer->user, r->viewer->office,
	    in_ref(r, "patient"));
	if (to == NULL || to->patient_id == viewer_patient(r))
		return refuse_input(r, "patient", "not_a_choice");
	req_audit_subject(r, to->patient_id);
	take_away(r, f, "moved", NULL);
	change_forget_marks_of_replies(r->db, viewer_patient(r), f->entry_id);
	change_withdraw_replies(r->db, viewer_patient(r), f->entry_id, r->now);
	tell_readers(r, f);
	req_ring(r, in_ref(r, "patient"));
	status = entries_store(r, &(struct draft_entry){
	    .patient = to->patient_id, .id = r->id, .kind = f->kind,
	    .body = f->body, .audience = entries_audience(f),
	    .urgent = f->urgent, .moved_in = 1 }, &told);
	if (status == 201)
		files_move(r, f->entry_id, to->patient_id);
	put_id(m, r->id);
	return status;
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
