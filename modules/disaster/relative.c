/* Relatives who are told, by SMS and without a name, when there is word of somebody. */
#include "incident.h"

#include "notice.h"
#include "phone.h"
#include "register.h"
#include "relative_sql.h"
#include "viewer.h"

int
relatives_show(struct req *r, struct model *m)
{
	struct relative_rows rows;

	relative_relatives(r->db, &rows, viewer_patient(r));
	put_rows(m, "relatives", &rows.set);
	plan_put_newest(r, m, viewer_patient(r));
	return 200;
}

int
relative_register(struct req *r, struct model *m)
{
	char mobile[PHONE_TEXT];

	if (phone_normalise(in_text(r, "mobile"), mobile) != PHONE_MOBILE)
		return refuse_input(r, "mobile", "malformed");
	relative_add(r->db, r->id, viewer_patient(r), in_text(r, "name"),
	    in_text(r, "relation"), mobile, in_text(r, "agreed_by"), r->now,
	    r->viewer->user, writer(r));
	put_id(m, r->id);
	return 201;
}

int
relative_dismiss(struct req *r, struct model *m)
{
	(void)m;
	relative_end(r->db, in_path(r, "relative"), viewer_patient(r), r->now,
	    writer(r));
	return 204;
}

void
relatives_tell(struct db *db, int64_t patient, int64_t incident,
    const char *status, utc_ms now)
{
	struct to_tell_rows rows;

	relative_to_tell(db, &rows, patient, incident, status);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct to_tell *t = to_tell_at(&rows, i);
		const struct ref cause = ref_new();

		/* A cause each: a notice is once for a cause and a user. */
		notice_resident(db, t->network, t->user, t->mobile,
		    "safety_known", &cause, now);
	}
}
