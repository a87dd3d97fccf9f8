/* Papers of a meeting: there until the day that their owner set, and then gone. */
#include "meeting.h"

#include "file.h"
#include "file_sql.h"
#include "paper_sql.h"
#include "viewer.h"

enum {
	LAPSED_AT_ONCE = 10,
	CHUNKS_MOST = PAPER_BYTES / FILE_CHUNK_BYTES + 1
};

static int
may_add(const struct found *f)
{
	return (f->organizer || f->invited) &&
	    strcmp(f->phase, "cancelled") != 0;
}

void
papers_put(struct req *r, struct model *m, const struct found *f)
{
	struct listed_paper_rows rows = { { .row = &paper_listed_paper_row } };

	if (f->sheets > 0)
		paper_papers(r->db, &rows, f->meeting, r->viewer->user);
	put_rows(m, "papers", &rows.set);
	put_bool(m, "may_add", may_add(f));
	put_date(m, "paper_until", date_of(f->ends_at) + PAPER_DAYS);
}

/* The last day, Japanese, and the instant behind it. 0, or a refusal. */
static int
take_last_day(struct req *r, civil_date *last, utc_ms *until)
{
	int set;

	*last = in_date(r, "last_on", &set);
	*until = instant_of(*last + 1);
	return *until <= r->now || *last > date_of(r->now) + AHEAD_DAYS ?
	    refuse_input(r, "last_on", "out_of_range") : 0;
}

int
papers_add(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);
	const struct upload *u;
	civil_date last;
	utc_ms until;
	int status;
	size_t n;

	if (f == NULL)
		return 404;
	if (!may_add(f))
		return 403;
	status = take_last_day(r, &last, &until);
	if (status != 0)
		return status;
	u = in_files(r, "paper", &n);
	if (n == 0)
		return refuse_input(r, "paper", "missing");
	paper_own_file(r->db, u->key, f->patient_key, until);
	file_keep(r, u->key);
	paper_add(r->db, r->id, f->meeting, (struct db_maybe){
	    .set = f->patient_key != 0, .v = f->patient_key }, u->key,
	    r->viewer->user, meeting_writer(r), r->now, last, PAPERS_MOST);
	put_id(m, r->id);
	return 201;
}

static const struct held_paper *
find(struct req *r, const struct found *f)
{
	const struct held_paper *p = NULL;

	if (f != NULL)
		paper_find(r->db, &p, f->meeting, in_path(r, "paper"),
		    r->viewer->user);
	return p;
}

int
papers_open(struct req *r, struct model *m)
{
	const struct held_paper *p = find(r, meeting_of(r));

	(void)m;
	return p == NULL ? 404 : file_answer(r, p->file, 1);
}

int
papers_take_back(struct req *r, struct model *m)
{
	const struct found *f = meeting_of(r);
	const struct held_paper *p = find(r, f);

	(void)m;
	if (p == NULL)
		return 404;
	if (!p->mine && !f->organizer)
		return 403;
	paper_take_back(r->db, p->file, r->now);
	return 204;
}

int
papers_lapse(struct db *db, struct arena *mem)
{
	struct lapsed_rows rows;

	db_begin(db, mem, 1);
	paper_lapsed(db, &rows, LAPSED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct lapsed *p = lapsed_at(&rows, i);

		paper_let_go(db, p->paper);
		file_drop_chunks(db, p->file, CHUNKS_MOST);
		paper_drop_file(db, p->file);
	}
	return db_end(db) == DB_FINE && rows.set.n == LAPSED_AT_ONCE;
}
