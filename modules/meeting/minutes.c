/* Minutes, attendance, and both on one sheet (第4表). */
#include "meeting.h"

#include "invitation_sql.h"
#include "profession.h"
#include "viewer.h"

static void
publish(struct req *r, const struct found *f)
{
	const struct event written = {
		.topic = "meeting.minutes_written", .patient = f->patient_key,
		.ref = f->id, .actor = r->viewer->user, .at = r->now,
		.sentence_ja = "会議の要点が書かれました",
		.sentence_en = "Minutes of a meeting were written"
	};

	event_publish(r->db, &written);
}

int
minutes_write(struct req *r, struct model *m)
{
	int status;
	const struct found *f = meeting_held(r, &status);

	(void)m;
	if (f == NULL)
		return status;
	if (meeting_write_minutes(r->db, f->meeting, in_text(r, "minutes"),
	    meeting_writer(r), r->now) == 0)
		return 409;
	publish(r, f);
	return 204;
}

int
minutes_print(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);
	struct invited_rows rows;

	if (f == NULL || !f->minutes_at.set)
		return 404;
	invitation_invited(r->db, &rows, f->meeting, r->viewer->user);
	for (size_t i = 0; i < rows.set.n; i++) {
		struct invited *x = invited_edit(&rows, i);

		x->mail = NULL;
		x->profession = x->profession_code == NULL ? "" :
		    profession_name(x->profession_code);
	}
	put_row(m, "meeting", &meeting_found_row, f);
	put_rows(m, "invited", &rows.set);
	put_date(m, "today", date_of(r->now));
	return 200;
}
