/* Devices of the manager's office: a lost one is shut out by one press. */
#include "identity.h"

#include "identity_sql.h"
#include "viewer.h"

int
devices_show(struct req *r, struct model *m)
{
	struct owned_rows rows;

	identity_devices(r->db, &rows, r->viewer->office, r->viewer->device);
	put_rows(m, "devices", &rows.set);
	put_text(m, "office", r->viewer->office_name);
	return 200;
}

int
devices_revoke(struct req *r, struct model *m)
{
	const struct owned_one *d;

	(void)m;
	identity_device(r->db, &d, r->viewer->office, in_path(r, "device"),
	    r->viewer->device);
	if (d == NULL)
		return 404;
	if (d->this_one)	/* she would shut herself out */
		return 409;
	identity_revoke(r->db, d->device_key, r->viewer->user, r->now);
	identity_end_sessions_of(r->db, d->device_key, r->now);
	if (d->certificate.n == SHA256_BYTES)
		req_shut(r, d->certificate.p);
	return 204;
}
