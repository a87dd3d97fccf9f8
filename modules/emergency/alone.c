/*
 * The ledger of those who live alone (独居高齢者台帳). Her team enters her, with her word; an
 * officer of the town keeps it current; a crew at a locked door reads who has the key.
 */
#include "prepare.h"

#include "age.h"
#include "emergency.h"
#include "prepare_sql.h"
#include "profession.h"
#include "viewer.h"

enum { SHOWN = 100 };

void
put_alone(struct req *r, struct model *m)
{
	const struct alone *a;

	prepare_alone(r->db, &a, viewer_patient(r));
	put_row(m, "alone", &prepare_alone_row, a);
}

int
alone_write(struct req *r, struct model *m)
{
	if (!prepare_may(r, RIGHT_CARE))
		return 403;
	prepare_leave(r->db, viewer_patient(r), "replaced", r->now, writer(r));
	prepare_enter(r->db, viewer_patient(r), r->id, in_text(r, "keyholder"),
	    in_text(r, "keyholder_phone"), in_text(r, "watcher"),
	    in_text(r, "note"), in_text(r, "agreed_by"),
	    in_text(r, "agreed_relation"), r->now, r->viewer->user, writer(r));
	put_id(m, r->id);
	return 201;
}

int
alone_end(struct req *r, struct model *m)
{
	(void)m;
	if (!prepare_may(r, RIGHT_CARE))
		return 403;
	return prepare_leave(r->db, viewer_patient(r), in_text(r, "reason"),
	    r->now, writer(r)) == 0 ? 404 : 204;
}

/* ---- the officer's side ---- */

int
alone_list(struct req *r, struct model *m)
{
	int64_t after = in_cursor(r, "after");
	const struct counted *n;
	struct dweller_rows rows;

	prepare_counted(r->db, &n, r->viewer->network,
	    r->now - OLD_DAYS * DAY_MS);
	put_row(m, "counted", &prepare_counted_row, n);
	prepare_dwellers(r->db, &rows, r->viewer->network,
	    after == INT64_MAX ? 0 : after, SHOWN);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct dweller *d = dweller_edit(&rows, i);

		d->age = age_on(d->birth_date, date_of(r->now));
		d->days = date_of(r->now) - date_of(d->confirmed_at);
		d->old = d->days > OLD_DAYS;
		req_audit_subject(r, d->patient_id);
	}
	put_rows(m, "people", &rows.set);
	put_text(m, "after", NULL);
	if (rows.set.n == SHOWN)
		put_cursor(r, m, "after",
		    dweller_at(&rows, SHOWN - 1)->alone_id);
	return 200;
}

/* It is still so: the same words as of today. */
int
alone_confirm(struct req *r, struct model *m)
{
	const struct entry *e;

	(void)m;
	prepare_entry(r->db, &e, in_path(r, "alone"), r->viewer->network);
	if (e == NULL)
		return 404;
	r->audit->subject = e->patient_id;
	prepare_leave(r->db, e->patient_id, "replaced", r->now, writer(r));
	prepare_still(r->db, e->patient_id, r->id, r->now, r->viewer->user,
	    writer(r));
	return 204;
}
