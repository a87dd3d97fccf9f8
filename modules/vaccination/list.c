/* The working list, and what the office has of each lot. */
#include "circular.h"
#include "report.h"
#include "vaccination.h"

#include "immunization_sql.h"
#include "list_sql.h"
#include "viewer.h"

enum { NOT_GIVEN_DAYS = 180 };	/* so long it stays on the list */

int
list_show(struct req *r, struct model *m)
{
	const struct asked *asked;
	struct waiting_rows rows;

	list_asked_of(r->db, &asked, r->viewer->office);
	put_i64(m, "asked", asked == NULL ? 0 : asked->n);
	put_bool(m, "clerk", viewer_has(r->viewer, "clerk"));
	put_items(m, "visits");
	put_items(m, "unreported");
	put_unread_circulars(r, m);
	if (!may_read(r))
		return 200;
	put_unreported(r, m);
	list_working_list(r->db, &rows, r->viewer->user, r->viewer->office,
	    r->now - NOT_GIVEN_DAYS * DAY_MS);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, waiting_at(&rows, i)->patient_key);
	put_rows(m, "visits", &rows.set);
	return 200;
}

static void
put_products(struct model *m, civil_date today)
{
	const struct schedule *s = schedule_now();

	put_items(m, "products");
	for (size_t i = 0; i < s->vaccines; i++)
		for (size_t k = 0; k < s->vaccine[i].products; k++) {
			const struct product *p = &s->vaccine[i].product[k];
			struct model *item;

			if (!holds_on(p->when, today))
				continue;
			item = put_item(m, "products");
			put_text(item, "code", p->code);
			put_text(item, "name", p->name);
			put_text(item, "vaccine", s->vaccine[i].name);
		}
}

int
stock_show(struct req *r, struct model *m)
{
	struct lot_rows rows;

	immunization_lots(r->db, &rows, r->viewer->office);
	for (size_t i = 0; i < rows.set.n; i++)
		lot_edit(&rows, i)->expired = lot_at(&rows, i)->expires_on <
		    date_of(r->now);
	put_rows(m, "lots", &rows.set);
	put_products(m, date_of(r->now));
	put_text(m, "office", r->viewer->office_name);
	put_bool(m, "may_keep", may_vaccinate(r->viewer->professions));
	return 200;
}

int
stock_receive(struct req *r, struct model *m)
{
	const struct vaccine *of = NULL;
	const struct product *p = schedule_product(schedule_now(),
	    in_text(r, "product"), &of);
	int set;
	civil_date expires = in_date(r, "expires_on", &set);

	if (!may_vaccinate(r->viewer->professions))
		return 403;
	if (p == NULL)
		return refuse_input(r, "product", "not_a_choice");
	if (expires < date_of(r->now))
		return refuse_input(r, "expires_on", "expired");
	immunization_receive(r->db, r->viewer->office, r->id, of->code, p->code, p->name,
	    in_text(r, "lot_number"), expires, in_integer(r, "stock", &set),
	    r->now, writer_of(r));
	put_id(m, r->id);
	return 201;
}

int
stock_count(struct req *r, struct model *m)
{
	int set;

	(void)m;
	if (!may_vaccinate(r->viewer->professions))
		return 403;
	return immunization_count(r->db, r->viewer->office, in_path(r, "lot"),
	    in_integer(r, "stock", &set)) == 1 ? 204 : 404;
}
