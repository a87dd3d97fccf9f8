/*
 * Doses out of the town's register: a file is read, its rehearsal shown, then written, some
 * hundred entries a press. What is there already stays as it is, so a file twice is one.
 */
#include "pass.h"
#include "register.h"

#include "file.h"
#include "file_sql.h"
#include "immunization_sql.h"
#include "kana.h"
#include "register_sql.h"
#include "text.h"
#include "viewer.h"

enum { FAULTS_SHOWN = 100, SOUND_BYTES = 481, LAPSED_AT_ONCE = 10, CHUNKS_MOST = 80 };

/* What becomes of an entry. */
enum deed { DEED_ADD, DEED_KNOWN, DEED_NOTHING, DEED_FAULT, DEEDS };

struct entry {
	struct vrs_dose is;
	const char *fault;
	int64_t patient;
	civil_date birth;
	int new_number;			/* she has no number of the town's yet */
	const struct vaccine *vaccine;
	const struct product *product;	/* NULL: none of the schedule's */
};

struct source {
	const struct table *table;
	struct vrs_layout layout;
};

/* ---- what an entry means ---- */

/* The product by its maker's name in the cell: of several the longest. */
static const struct product *
product_by(const struct vaccine *v, const char *maker)
{
	const struct product *best = NULL;

	for (size_t i = 0; i < v->products; i++) {
		const struct product *p = &v->product[i];

		if ((strstr(maker, p->maker) != NULL ||
		    strstr(maker, p->name) != NULL) && (best == NULL ||
		    strlen(p->maker) > strlen(best->maker)))
			best = p;
	}
	return best;
}

/* By its name or code; a file without a word of it is VRS's: COVID-19. */
static const struct vaccine *
vaccine_by(const char *word)
{
	const struct schedule *s = schedule_now();

	if (word[0] == '\0')
		return schedule_vaccine(s, "covid19");
	for (size_t i = 0; i < s->vaccines; i++)
		if (strstr(word, s->vaccine[i].name) != NULL ||
		    strcmp(word, s->vaccine[i].code) == 0)
			return &s->vaccine[i];
	return NULL;
}

static const struct known_by *
by_name(struct req *r, const struct vrs_dose *d)
{
	char sound[SOUND_BYTES];
	struct known_by_rows rows;

	if (d->text[VRS_KANA][0] == '\0' || d->birth == 0 ||
	    kana_fold(d->text[VRS_KANA], sound, sizeof sound) != 0)
		return NULL;
	register_by_name(r->db, &rows, r->viewer->network, sound, d->birth);
	return rows.set.n == 1 ? known_by_at(&rows, 0) : NULL;
}

/* Whom it means: by the number, else by reading and birth date. NULL or a fault. */
static const char *
find_whom(struct req *r, struct entry *e)
{
	const char *number = e->is.text[VRS_RESIDENT];
	const struct known_by *p = NULL;

	if (number[0] != '\0')
		register_by_number(r->db, &p, r->viewer->network, number);
	if (p != NULL && e->is.birth != 0 && p->birth_date != e->is.birth)
		return N_("この宛名番号の方とは生年月日がちがいます");
	if (p == NULL) {
		p = by_name(r, &e->is);
		if (p != NULL && p->resident_number != NULL && number[0] != '\0')
			return N_("この方の宛名番号とちがいます");
		e->new_number = p != NULL && number[0] != '\0';
	}
	if (p == NULL)
		return N_("この宛名番号・氏名の方が見つかりません");
	e->patient = p->patient_id;
	e->birth = p->birth_date;
	return NULL;
}

static enum deed
fault(struct entry *e, const char *words)
{
	e->fault = words;
	return DEED_FAULT;
}

static enum deed
plan(struct req *r, struct entry *e)
{
	const struct same_dose *same;
	const char *words = e->is.fault;

	if (words == NULL)
		words = find_whom(r, e);
	if (words != NULL)
		return fault(e, words);
	if (e->is.given > date_of(r->now) || e->is.given < e->birth)
		return fault(e, N_("接種日が先の日か、生まれる前です"));
	e->vaccine = vaccine_by(e->is.text[VRS_VACCINE]);
	if (e->vaccine == NULL)
		return fault(e, N_("このワクチンは予定表にありません"));
	if (e->is.screening_only)
		return DEED_NOTHING;
	e->product = product_by(e->vaccine, e->is.text[VRS_MAKER]);
	register_same(r->db, &same, e->patient, e->vaccine->code, e->is.given);
	return same != NULL && same->n > 0 ? DEED_KNOWN : DEED_ADD;
}

/* ---- writing ---- */

static const char *
some(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

static void
write_entry(struct req *r, const struct entry *e, int n)
{
	const struct vrs_dose *d = &e->is;
	const struct product *p = e->product;
	const struct db_maybe none = { 0, 0 };

	immunization_add(r->db, e->patient, req_ref(r, n), e->vaccine->code,
	    e->vaccine->name, p == NULL ? NULL : p->code,
	    p == NULL ? some(d->text[VRS_MAKER]) : p->name,
	    p == NULL ? NULL : p->standard_code, NULL,
	    (struct db_maybe){ d->number > 0, d->number }, d->given, none,
	    some(d->text[VRS_LOT]), none, NULL, NULL, none, NULL, NULL,
	    some(d->text[VRS_DOCTOR]), some(d->text[VRS_PLACE]), 0, 1, 0,
	    r->now, r->viewer->user, writer_of(r), r->viewer->profession,
	    r->viewer->office_name, NULL, NULL, some(d->municipality),
	    some(d->voucher));
	if (e->new_number)
		register_number(r->db, r->viewer->network,
		    d->text[VRS_RESIDENT], e->patient, r->now);
	pass_refresh_of(r, e->patient, e->birth);
	req_audit_subject(r, e->patient);
}

/* ---- a file ---- */

static int
source_of(struct req *r, int64_t file, struct source *s, const char **why)
{
	const unsigned char *p = file_bytes(r, file, REGISTER_FILE_BYTES);
	const char *heading[VRS_FIELDS];

	*why = "too_large";
	if (p == NULL)
		return -1;
	s->table = table_read(r->mem, (const char *)p,
	    strnlen((const char *)p, REGISTER_FILE_BYTES), why);
	if (s->table == NULL)
		return -1;
	register_headings(r, heading);
	*why = "malformed";
	return vrs_layout(s->table, heading, &s->layout);
}

int
import_take(struct req *r, struct model *m)
{
	struct source s;
	const char *why;
	size_t n;
	const struct upload *u = in_files(r, "table", &n);

	if (n == 0)
		return refuse_input(r, "table", "missing");
	register_own_file(r->db, u[0].key,
	    r->now + REGISTER_FILE_DAYS * DAY_MS);
	file_keep(r, u[0].key);
	if (source_of(r, u[0].key, &s, &why) != 0)
		return refuse_input(r, "table", why);
	register_add(r->db, r->viewer->network, r->id, u[0].key, u[0].name,
	    r->now, r->viewer->user, writer_of(r));
	put_id(m, r->id);
	return 201;
}

static void
put_fault(struct model *m, const struct entry *e)
{
	struct model *o = put_item(m, "faults");

	put_i64(o, "line", (int64_t)e->is.line);
	put_i64(o, "number", e->is.number);
	put_text(o, "fault", e->fault);
}

/* What would come of the rest of a file; a line that nobody can be said of names nobody. */
static void
rehearse(struct req *r, struct model *m, const struct source *s, size_t from)
{
	int64_t count[DEEDS] = { 0 };

	for (size_t i = from; i < vrs_places(s->table, &s->layout); i++) {
		struct entry e = { 0 };
		enum deed deed;

		if (!vrs_dose(s->table, &s->layout, i, &e.is))
			continue;
		deed = plan(r, &e);
		if (deed == DEED_FAULT && count[deed] < FAULTS_SHOWN)
			put_fault(m, &e);
		count[deed]++;
	}
	put_i64(m, "would_add", count[DEED_ADD]);
	put_i64(m, "would_know", count[DEED_KNOWN]);
	put_i64(m, "would_leave", count[DEED_NOTHING]);
	put_i64(m, "would_fail", count[DEED_FAULT]);
	put_i64(m, "replaced", s->table->replaced);
}

int
import_show(struct req *r, struct model *m)
{
	const struct imported *i;
	struct source s;
	const char *why;
	int there;

	register_one(r->db, &i, r->viewer->network, in_path(r, "import"));
	if (i == NULL)
		return 404;
	there = i->file_id.set && source_of(r, i->file_id.v, &s, &why) == 0;
	put_row(m, "import", &register_imported_row, i);
	put_items(m, "faults");
	put_bool(m, "there", there);
	put_bool(m, "may_write", there && !i->ended_at.set);
	put_i64(m, "at_once", REGISTER_AT_ONCE);
	put_i64(m, "would_add", 0);
	put_i64(m, "would_know", 0);
	put_i64(m, "would_leave", 0);
	put_i64(m, "would_fail", 0);
	put_i64(m, "replaced", 0);
	if (there)
		rehearse(r, m, &s, i->ended_at.set ? 0 :
		    (size_t)i->entries_done);
	return 200;
}

int
import_write(struct req *r, struct model *m)
{
	const struct imported *row;
	struct source s;
	const char *why;
	int64_t count[DEEDS] = { 0 };
	size_t i, all;

	(void)m;
	register_lock(r->db, &row, r->viewer->network, in_path(r, "import"));
	if (row == NULL)
		return 404;
	if (row->ended_at.set || !row->file_id.set ||
	    source_of(r, row->file_id.v, &s, &why) != 0)
		return 409;
	all = vrs_places(s.table, &s.layout);
	for (i = (size_t)row->entries_done;
	    i < all && count[DEED_ADD] < REGISTER_AT_ONCE; i++) {
		struct entry e = { 0 };
		enum deed deed;

		if (!vrs_dose(s.table, &s.layout, i, &e.is))
			continue;
		deed = plan(r, &e);
		if (deed == DEED_ADD)
			write_entry(r, &e, (int)count[DEED_ADD]);
		count[deed]++;
	}
	register_go_on(r->db, row->import_id, (int64_t)i, count[DEED_ADD],
	    count[DEED_KNOWN], count[DEED_FAULT],
	    (struct db_maybe){ i == all, r->now });
	return 204;
}

int
register_tidy(const struct settings *settings, struct db *db,
    struct arena *mem, utc_ms now)
{
	struct lapsed_file_rows rows;

	(void)settings;
	(void)now;
	db_begin(db, mem, 1);
	register_lapsed(db, &rows, LAPSED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct lapsed_file *f = lapsed_file_at(&rows, i);

		register_let_go(db, f->import_id);
		file_drop_chunks(db, f->file_id, CHUNKS_MOST);
		register_drop_file(db, f->file_id);
	}
	return db_end(db) == DB_FINE && rows.set.n == LAPSED_AT_ONCE;
}
