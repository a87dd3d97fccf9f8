/*
 * Contacts whom the patient named to be told what a crew reports. The message says that
 * there is word of somebody who named them, and what kind of word; never of whom.
 */
#include "prepare.h"

#include "emergency.h"
#include "notice.h"
#include "phone.h"
#include "prepare_sql.h"
#include "profession.h"
#include "viewer.h"

#include <string.h>

/* What of a crew's reports is passed on, and by which kind of notice. */
static const struct {
	const char *report, *notice;
} passed_on[] = {
	{ "departed", "contact_departed" },
	{ "arrived", "contact_arrived" },
	{ "not_transported", "contact_stayed" },
	{ NULL, NULL }
};

void
tell_contacts(struct req *r, int64_t patient, const char *report)
{
	for (int i = 0; passed_on[i].report != NULL; i++)
		if (strcmp(passed_on[i].report, report) == 0)
			prepare_tell(r->db, patient, r->id, passed_on[i].notice,
			    notice_kind_find(passed_on[i].notice)->priority,
			    r->now);
}

void
put_contacts(struct req *r, struct model *m)
{
	struct contact_rows rows;
	char mobile[PHONE_TEXT];

	prepare_contacts(r->db, &rows, viewer_patient(r));
	for (size_t i = 0; i < rows.set.n; i++)
		contact_edit(&rows, i)->mobile =
		    phone_normalise(contact_at(&rows, i)->phone, mobile) ==
		    PHONE_MOBILE;
	put_rows(m, "contacts", &rows.set);
}

int
told_agree(struct req *r, struct model *m)
{
	const struct named *c;
	char mobile[PHONE_TEXT];

	(void)m;
	if (!prepare_may(r, RIGHT_CARE))
		return 403;
	prepare_named(r->db, &c, viewer_patient(r), in_path(r, "contact"));
	if (c == NULL)
		return 404;
	if (phone_normalise(c->phone, mobile) != PHONE_MOBILE)
		return 409;
	prepare_agree(r->db, viewer_patient(r), c->contact_id,
	    arena_text(r->mem, mobile), in_text(r, "agreed_by"), r->now,
	    r->viewer->user, writer(r));
	return 204;
}

/* At once: what is in the queue does not go any more, either. */
int
told_end(struct req *r, struct model *m)
{
	const struct named *c;

	(void)m;
	if (!prepare_may(r, RIGHT_CARE))
		return 403;
	prepare_named(r->db, &c, viewer_patient(r), in_path(r, "contact"));
	if (c == NULL)
		return 404;
	prepare_unsend(r->db, c->contact_id, r->now);
	prepare_stop(r->db, c->contact_id, r->now, r->viewer->user, writer(r));
	return 204;
}
