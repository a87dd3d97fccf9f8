/* What one's own office measured and issued, for who has left the team. */
#include "record.h"

#include "age.h"
#include "papers.h"
#include "papers_sql.h"
#include "record_sql.h"
#include "viewer.h"
#include "vitals.h"

enum { OWN_A_PAGE = 300 };	/* readings; they are read through and printed */

/* The patient of the path, if the viewer is or was of her team; NULL: 404. */
static const struct left_patient *
find_patient(struct req *r)
{
	const struct viewer *v = r->viewer;
	const struct left_patient *found;

	record_left_patient(r->db, &found, in_path(r, "patient"), v->user,
	    v->office, v->office_manager);
	if (found != NULL)
		r->audit->subject = found->patient_id;
	return found;
}

/* The office has to keep it all, so its manager reads what her profession would not. */
static int
shows(struct req *r, const char *section)
{
	return r->viewer->office_manager || record_shows(r, section);
}

static void
put_papers(struct req *r, struct model *m, int64_t patient)
{
	struct issued_rows papers = { { .row = &papers_issued_row } };

	if (shows(r, "papers"))
		papers_own_papers(r->db, &papers, patient, r->viewer->user,
		    r->viewer->office);
	put_rows(m, "papers", &papers.set);
}

static void
put_readings(struct req *r, struct model *m, int64_t patient)
{
	struct reading_rows rows = { { .row = &vitals_reading_row } };
	const struct vital_limits none = { 0 };

	if (shows(r, "vital_sign"))
		vitals_own_readings(r->db, &rows, patient, r->viewer->user,
		    r->viewer->office, in_cursor(r, "older"), OWN_A_PAGE + 1);
	put_text(m, "older", NULL);
	if (rows.set.n > OWN_A_PAGE)
		put_cursor(r, m, "older",
		    reading_at(&rows, OWN_A_PAGE - 1)->vital_id);
	vitals_put_signs(r, m, &none);
	vitals_put_readings(r, m, &rows, OWN_A_PAGE);
}

int
own_show(struct req *r, struct model *m)
{
	const struct left_patient *found = find_patient(r);
	struct left_patient *s;

	if (found == NULL)
		return 404;
	s = (struct left_patient *)arena_copy(r->mem, found, sizeof *found);
	s->age = age_on(s->birth_date, date_of(r->now));
	put_row(m, "subject", &record_left_patient_row, s);
	put_text(m, "office", r->viewer->office_name);
	put_papers(r, m, s->patient_id);
	put_readings(r, m, s->patient_id);
	return 200;
}

/* As it was issued; an address of after her leaving is none of her office's. */
int
own_paper(struct req *r, struct model *m)
{
	const struct left_patient *s = find_patient(r);
	const struct issued *x = NULL;

	(void)m;
	if (s != NULL && shows(r, "papers"))
		papers_own_paper(r->db, &x, s->patient_id, r->viewer->user,
		    r->viewer->office, in_path(r, "paper"));
	return x == NULL ? 404 : paper_issued(r, x, arena_printf(r->mem,
	    "%s（%s）　%s生", s->name, s->kana,
	    paper_day(r->mem, s->birth_date)));
}
