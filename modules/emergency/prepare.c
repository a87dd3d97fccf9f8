/* The team's page of what it does beforehand. */
#include "prepare.h"

#include "profession.h"
#include "viewer.h"

int
prepare_may(const struct req *r, unsigned rights)
{
	const struct profession *p = profession_find(r->viewer->profession);

	return p != NULL && (p->rights & rights) == rights;
}

int
prepare_show(struct req *r, struct model *m)
{
	put_bool(m, "may_write", prepare_may(r, RIGHT_CARE));
	put_bool(m, "may_print", prepare_may(r, RIGHT_VIEW));
	put_card(r, m);
	put_contacts(r, m);
	put_alone(r, m);
	return 200;
}
