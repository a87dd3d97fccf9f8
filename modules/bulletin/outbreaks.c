/* An office reports what goes round in its house or on its round: numbers only. */
#include "bulletin.h"

#include "disease.h"
#include "outbreak_sql.h"
#include "viewer.h"

/* What a form says of an outbreak. */
struct said {
	civil_date counted_on, began_on;
	struct db_maybe ended_on;
	int64_t ill_users, ill_staff;
	int withdrawn;
};

static void
put_choices(struct model *m, const char *chosen)
{
	const struct disease *d;

	for (size_t i = 0; (d = disease_at(i)) != NULL; i++) {
		struct model *o = put_item(m, "choices");

		put_text(o, "code", d->code);
		put_text(o, "label", d->ja);
		put_bool(o, "chosen", chosen != NULL &&
		    strcmp(chosen, d->code) == 0);
	}
}

static const struct outbreak *
find(struct req *r)
{
	const struct viewer *v = r->viewer;
	const struct outbreak *o = NULL;

	outbreak_outbreak(r->db, &o, v->user, v->network, v->office,
	    in_path(r, "outbreak"));
	return o;
}

int
outbreaks_new(struct req *r, struct model *m)
{
	static const char *const unsaid[] = { "place", "began_on", "ended_on",
		"ill_users", "ill_staff" };

	for (size_t i = 0; i < sizeof unsaid / sizeof *unsaid; i++)
		put_text(m, unsaid[i], NULL);
	put_text(m, "office", r->viewer->office_name);
	put_date(m, "today", date_of(r->now));
	put_choices(m, NULL);
	return 200;
}

int
outbreaks_show(struct req *r, struct model *m)
{
	const struct outbreak *o = find(r);
	struct report_rows rows;

	if (o == NULL)
		return 404;
	outbreak_reports(r->db, &rows, o->outbreak_id);
	put_row(m, NULL, &outbreak_outbreak_row, o);
	put_text(m, "label", disease_name(o->disease));
	put_date(m, "today", date_of(r->now));
	put_choices(m, o->disease);
	put_rows(m, "reports", &rows.set);
	for (size_t i = 0; i < rows.set.n; i++)
		report_edit(&rows, i)->label =
		    disease_name(report_at(&rows, i)->disease);
	return 200;
}

/* Reads the form; 0, or the status of a refusal. */
static int
read_said(struct req *r, struct said *s)
{
	civil_date today = date_of(r->now);
	int set;

	s->counted_on = in_date(r, "counted_on", &set);
	s->counted_on = set ? s->counted_on : today;
	s->began_on = in_date(r, "began_on", NULL);
	s->ended_on.v = in_date(r, "ended_on", &s->ended_on.set);
	s->ill_users = in_integer(r, "ill_users", NULL);
	s->ill_staff = in_integer(r, "ill_staff", NULL);
	if (s->began_on > today || s->began_on < today - OUTBREAK_DAYS)
		return refuse_said(r, "began_on", "out_of_range",
		    N_("始まった日は、この1年の、今日までの日にしてください。"));
	if (s->counted_on > today || s->counted_on < s->began_on)
		return refuse_said(r, "counted_on", "out_of_range",
		    N_("数えた日は、始まった日から今日までの日にしてください。"));
	if (s->ended_on.set && (s->ended_on.v > today ||
	    s->ended_on.v < s->began_on))
		return refuse_said(r, "ended_on", "out_of_range",
		    N_("終わった日は、始まった日から今日までの日にしてください。"));
	if (s->ill_users + s->ill_staff == 0 && !s->withdrawn)
		return refuse_said(r, "ill_users", "out_of_range",
		    N_("利用者か職員の人数を入れてください。"));
	return 0;
}

/* Adds a row; 1, or 0 when it is not of the viewer's office. */
static int
add(struct req *r, const struct ref *outbreak, const struct said *s)
{
	const struct viewer *v = r->viewer;

	return outbreak_report(r->db, outbreak, v->office, v->user, r->now,
	    in_text(r, "disease"), in_text(r, "place"), s->counted_on,
	    s->ill_users, s->ill_staff, s->began_on, s->ended_on,
	    s->withdrawn) == 1;
}

int
outbreaks_begin(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	struct said s = { 0 };
	int refused = read_said(r, &s);

	if (refused != 0)
		return refused;
	outbreak_begin(r->db, r->id, v->network, v->office, r->now);
	if (!add(r, r->id, &s))
		return 404;
	put_id(m, r->id);
	return 201;
}

int
outbreaks_report(struct req *r, struct model *m)
{
	struct said s = { .withdrawn = in_boolean(r, "withdrawn") };
	int refused = read_said(r, &s);

	(void)m;
	if (refused != 0)
		return refused;
	return add(r, in_path(r, "outbreak"), &s) ? 204 : 404;
}
