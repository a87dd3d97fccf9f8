/* The fields of the care summary, confirming, and where the patient is. */
#include "record.h"

#include "field.h"
#include "profession.h"
#include "record_sql.h"
#include "viewer.h"

static void
put_field(struct req *r, struct model *m, const struct field *f,
    const struct field_row *row)
{
	struct model *o = put_item(m, "fields");

	put_text(o, "field", f->name);
	put_text(o, "label", f->label);
	put_text(o, "none", f->none);
	put_text(o, "hint", f->hint);
	put_text(o, "state", row == NULL ? "not_asked" : row->state);
	put_text(o, "value", row == NULL ? NULL : row->value);
	put_bool(o, "may_write", record_may(r, f->right));
	put_text(o, "id", NULL);
	put_text(o, "confirmed_at", NULL);
	put_text(o, "confirmed_name", NULL);
	if (row == NULL)
		return;
	put_ref(o, "id", row->id);
	put_utc(o, "confirmed_at", row->confirmed_at);
	put_text(o, "confirmed_name", row->confirmed_name);
}

int
fields_show(struct req *r, struct model *m)
{
	for (const struct field *f = fields; f->name != NULL; f++) {
		const struct field_row *row;

		if (f->section || !record_shows(r, f->name))
			continue;
		record_field(r->db, &row, viewer_patient(r), f->name);
		put_field(r, m, f, row);
	}
	return 200;
}

/* The row that the writer saw; -1: there is another by now. */
static int64_t
seen_row(const struct field_row *now, const struct ref *seen)
{
	if (now == NULL)
		return seen == NULL ? 0 : -1;
	return seen != NULL && ref_same(now->id, seen) ? now->field_id : -1;
}

int
fields_write(struct req *r, struct model *m)
{
	const struct field *f = field_find(in_text(r, "field"));
	const char *state = in_text(r, "state"), *value = in_text(r, "value");
	const struct field_row *row;
	int64_t replaces;

	(void)m;
	if (!record_may(r, f->right))
		return 403;
	if (strcmp(state, "present") == 0 && value == NULL)
		return refuse_input(r, "value", "missing");
	record_field(r->db, &row, viewer_patient(r), f->name);
	replaces = seen_row(row, in_ref(r, "replaces"));
	if (replaces < 0)
		return 409;
	field_note(r, f, state, strcmp(state, "present") == 0 ? value : NULL,
	    replaces);
	record_changed(r, f->name, row == NULL ? "added" : "corrected",
	    f->label);
	return 204;
}

/*
 * "Still right", or of a section "there is none": who and when, and no word of
 * a value changes. With facts on the list nobody can say that there are none.
 */
int
fields_confirm(struct req *r, struct model *m)
{
	const struct field *f = field_find(in_text(r, "field"));
	const char *state = in_text(r, "state");
	const struct field_row *row;

	(void)m;
	if (!record_may(r, f->right))
		return 403;
	record_field(r->db, &row, viewer_patient(r), f->name);
	if (!f->section && row == NULL)
		return 409;
	if (f->section &&
	    (strcmp(state, "present") == 0) != (facts_count(r, f->name) > 0))
		return 409;
	field_note(r, f, f->section ? state : row->state,
	    row == NULL ? NULL : row->value, row == NULL ? 0 : row->field_id);
	return 204;
}
