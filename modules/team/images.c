/* The image of what was signed, for whoever may read the consent. */
#include "team.h"

#include "consent_sql.h"
#include "file.h"
#include "seal.h"
#include "team_sql.h"
#include "viewer.h"

/* The one image that the request has, or NULL. */
static const struct upload *
given(const struct req *r)
{
	size_t n;
	const struct upload *all = in_files(r, "image", &n);

	return n == 0 ? NULL : all;
}

int
images_given(const struct req *r)
{
	return given(r) != NULL;
}

void
images_keep(struct req *r, int64_t patient, const struct ref *consent,
    const struct ref *was)
{
	const struct upload *u = given(r);
	const unsigned char *image;
	unsigned char hash[SHA256_BYTES];

	if (u == NULL)
		return;
	file_keep(r, u->key);
	consent_own_image(r->db, u->key, patient);
	image = file_bytes(r, u->key, IMAGE_BYTES);
	if (image == NULL)
		return;			/* the unit of work has failed */
	seal_sha256(image, (size_t)u->bytes, hash);
	consent_put_image(r->db, patient, consent, u->key,
	    (struct db_bytes){ hash, sizeof hash }, was);
}

int
images_add(struct req *r, struct model *m)
{
	const struct managed_patient *p;
	const struct found *c = consent_of(r, &p);

	(void)m;
	if (c == NULL)
		return 404;
	if (given(r) == NULL)
		return refuse_input(r, "image", "missing");
	images_keep(r, p->patient_id, c->id, in_ref(r, "was"));
	return 204;
}

int
images_open(struct req *r, struct model *m)
{
	const struct managed_patient *p = managed_find(r);
	const struct signed_image *found;

	(void)m;
	if (p == NULL)
		return 404;
	consent_image(r->db, &found, p->patient_id, in_path(r, "consent"));
	return found == NULL ? 404 : file_answer(r, found->file_id, 0);
}
