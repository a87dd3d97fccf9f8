/*
 * Consents that the town took with its own forms: a list is tried first, each line with
 * what would come of it, and then applied; twice is the same as once.
 */
#include "team.h"

#include "consent_sql.h"
#include "episode_sql.h"
#include "file.h"
#include "file_sql.h"
#include "import_line.h"
#include "import_sql.h"
#include "registration_sql.h"
#include "seal.h"
#include "viewer.h"

#include <string.h>

enum {
	LINES_MOST = 400,		/* patients whom one record of the audit names */
	LIST_MINUTES = 60, LAPSED_AT_ONCE = 20, CHUNKS_MOST = 1000,
	REFS_A_LINE = 3			/* a consent's, an episode's, a membership's */
};

enum deed { DEED_RECORD, DEED_KNOWN, DEED_REFUSE, DEEDS };

struct planned {
	struct import_line is;
	int64_t patient, network;
	const char *name, *fault;	/* NULL: none; for people */
	enum deed deed;
};

struct plan {
	struct planned *lines;
	size_t n;
	int count[DEEDS];
	const char *missing;		/* a heading; NULL: all are there */
	int replaced;			/* bytes that were no character */
};

/* ---- what would come of a line ---- */

static const char *
find_patient(struct req *r, struct planned *l)
{
	struct listed_rows rows;
	const struct listed *p;

	import_people(r->db, &rows, r->viewer->network, l->is.insured_number,
	    l->is.insurer_number, l->is.birth_date);
	if (rows.set.n == 0)
		return N_("この番号と生年月日の方は登録されていません");
	if (rows.set.n > 1)
		return N_("同じ番号の方が複数登録されています");
	p = listed_at(&rows, 0);
	l->patient = p->patient_id;
	l->network = p->network_id;
	l->name = p->name;
	req_audit_subject(r, l->patient);
	return p->deceased ? N_("亡くなった方です") : NULL;
}

/* Why it cannot be recorded, or NULL with *known. */
static const char *
judge(struct req *r, struct planned *l, int wants_image, int *known)
{
	const char *fault = find_patient(r, l);
	const struct met *met = NULL;

	*known = 0;
	if (l->patient == 0)
		return fault;
	import_met(r->db, &met, l->patient, l->is.purpose, l->is.form,
	    l->is.signer, l->is.given_on);
	*known = met != NULL && met->known;
	if (*known || fault != NULL)
		return *known ? NULL : fault;
	if (met != NULL && met->withdrawn_since)
		return N_("この同意のあとに取りやめが記録されています");
	if (wants_image && strcmp(l->is.purpose, "share_team") == 0)
		return N_("この地域では、署名した同意書の画像がいります");
	return NULL;
}

static int
stands_above(const struct plan *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p->lines[i].patient != 0 &&
		    import_line_same(&p->lines[i].is, &p->lines[n].is))
			return 1;
	return 0;
}

static void
plan_line(struct req *r, struct plan *p, size_t n, int wants_image)
{
	struct planned *l = &p->lines[n];
	int known = 0;

	if (l->fault == NULL && stands_above(p, n))
		l->fault = N_("同じ行が上にもあります");
	if (l->fault == NULL)
		l->fault = judge(r, l, wants_image, &known);
	l->deed = l->fault != NULL ? DEED_REFUSE : known ? DEED_KNOWN : DEED_RECORD;
	p->count[l->deed]++;
}

static void
plan_list(struct req *r, const struct table *t, struct plan *p)
{
	const struct network *net;
	struct import_head head;

	*p = (struct plan){ .replaced = t->replaced };
	p->missing = import_head(t, &head);
	if (p->missing != NULL)
		return;
	registration_network(r->db, &net, r->viewer->network);
	p->n = t->rows;
	p->lines = arena_take_many(r->mem, p->n + 1, sizeof *p->lines);
	for (size_t i = 0; i < p->n; i++) {
		p->lines[i] = (struct planned){ 0 };
		p->lines[i].fault = import_line(t, &head, i, date_of(r->now),
		    &p->lines[i].is);
		plan_line(r, p, i, net != NULL && net->consent_image);
	}
}

static const struct table *
table_of(struct req *r, int64_t file, int64_t *bytes, const unsigned char **p,
    const char **why)
{
	const struct stored_file *stored = NULL;

	*why = "missing";
	file_stored(r->db, &stored, file);
	*p = stored == NULL ? NULL : file_bytes(r, file, LIST_BYTES);
	if (*p == NULL)
		return NULL;
	*bytes = stored->bytes;
	return table_read(r->mem, (const char *)*p, (size_t)*bytes, why);
}

/* ---- pages ---- */

static void
put_line(struct model *m, const struct planned *l, size_t number)
{
	static const char *const words[DEEDS] = {
		[DEED_RECORD] = "recorded", [DEED_KNOWN] = "known",
		[DEED_REFUSE] = "refused"
	};
	struct model *item = put_item(m, "lines");

	put_i64(item, "line", (int64_t)number);
	put_text(item, "act", words[l->deed]);
	put_text(item, "fault", l->fault);
	put_text(item, "name", l->name);
	put_text(item, "purpose", l->is.purpose);
}

static void
put_plan(struct model *m, const struct plan *p)
{
	put_items(m, "lines");
	for (size_t i = 0; i < p->n; i++)
		put_line(m, &p->lines[i], i + 2);	/* as a spreadsheet counts */
	put_text(m, "missing", p->missing);
	put_i64(m, "replaced", p->replaced);
	put_i64(m, "recorded", p->count[DEED_RECORD]);
	put_i64(m, "known", p->count[DEED_KNOWN]);
	put_i64(m, "refused", p->count[DEED_REFUSE]);
}

int
imports_show(struct req *r, struct model *m)
{
	struct import_rows rows;

	import_imports(r->db, &rows, r->viewer->network);
	put_rows(m, "imports", &rows.set);
	put_i64(m, "most", LINES_MOST);
	put_text(m, "needed", import_headings(r->mem, 1));
	put_text(m, "optional", import_headings(r->mem, 0));
	return 200;
}

int
imports_take(struct req *r, struct model *m)
{
	size_t n;
	const struct upload *u = in_files(r, "table", &n);
	unsigned char hash[SHA256_BYTES];
	const struct table *t;
	const unsigned char *p;
	const char *why;
	int64_t bytes;

	if (n == 0)
		return refuse_input(r, "table", "missing");
	import_own_list(r->db, u[0].key, r->now + LIST_MINUTES * MINUTE_MS);
	file_keep(r, u[0].key);
	t = table_of(r, u[0].key, &bytes, &p, &why);
	if (t == NULL)
		return refuse_input(r, "table", why);
	if (t->rows > LINES_MOST)
		return refuse_input(r, "table", "too_large");
	seal_sha256(p, (size_t)bytes, hash);
	import_add(r->db, r->id, r->viewer->network, u[0].key, u[0].name,
	    (struct db_bytes){ hash, sizeof hash }, r->now, r->viewer->user);
	put_id(m, r->id);
	return 201;
}

/* What the list of an import says now; NULL when it has gone. */
static const struct plan *
plan_of(struct req *r, const struct import *i)
{
	struct plan *p = arena_take(r->mem, sizeof *p);
	const unsigned char *content;
	const struct table *t;
	const char *why;
	int64_t bytes;

	if (i->applied_at.set || !i->file_id.set)
		return NULL;
	t = table_of(r, i->file_id.v, &bytes, &content, &why);
	if (t == NULL)
		return NULL;
	plan_list(r, t, p);
	return p;
}

int
imports_try(struct req *r, struct model *m)
{
	static const struct plan none;
	const struct import *i;
	const struct plan *p;

	import_find(r->db, &i, r->viewer->network, in_path(r, "import"));
	if (i == NULL)
		return 404;
	p = plan_of(r, i);
	put_row(m, "import", &import_import_row, i);
	put_bool(m, "there", p != NULL);
	put_plan(m, p == NULL ? &none : p);
	return 200;
}

/* ---- applying it ---- */

static void
begin_sharing(struct req *r, const struct planned *l, int n)
{
	const struct episode *last;

	episode_latest(r->db, &last, l->patient, r->now);
	if (last == NULL || last->ended_at.set)
		episode_begin(r, l->patient, l->network, n);
}

static void
record(struct req *r, const struct planned *l, int64_t import, int n)
{
	const struct import_line *is = &l->is;
	const struct ref *id = req_ref(r, n);

	import_record(r->db, id, l->patient, is->purpose, is->form, is->signer,
	    is->relation, is->reason, is->scope, is->explainer, is->given_on,
	    is->valid_until, is->officer && strcmp(is->purpose, "share_team") == 0,
	    r->now, r->viewer->user, import);
	if (strcmp(is->purpose, "share_team") == 0)
		begin_sharing(r, l, n + 1);
	team_tell(r, "team.consent_given", l->patient, id,
	    "同意が記録されました", "A consent was recorded");
}

int
imports_apply(struct req *r, struct model *m)
{
	const struct import *i;
	const struct plan *p;

	(void)m;
	import_find(r->db, &i, r->viewer->network, in_path(r, "import"));
	if (i == NULL)
		return 404;
	p = plan_of(r, i);
	if (p == NULL || p->missing != NULL)
		return 409;
	for (size_t k = 0; k < p->n; k++)
		if (p->lines[k].deed == DEED_RECORD)
			record(r, &p->lines[k], i->import_id,
			    (int)k * REFS_A_LINE);
	import_applied(r->db, i->import_id, r->now, r->viewer->user,
	    p->count[DEED_RECORD], p->count[DEED_KNOWN], p->count[DEED_REFUSE]);
	import_end_list(r->db, i->file_id.v, r->now);
	return 204;
}

/* ---- lists whose hour has passed ---- */

static int
lapse(struct db *db, struct arena *mem)
{
	struct lapsed_list_rows rows;

	db_begin(db, mem, 1);
	import_lapsed(db, &rows, LAPSED_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct lapsed_list *l = lapsed_list_at(&rows, i);

		import_let_go(db, l->import_id);
		file_drop_chunks(db, l->file_id, CHUNKS_MOST);
		import_drop_list(db, l->file_id);
	}
	return db_end(db) == DB_FINE && rows.set.n == LAPSED_AT_ONCE;
}

/* Somebody who withdraws at the same moment wins; the next run finds nothing. */
static int
expire(struct db *db, struct arena *mem, utc_ms now)
{
	size_t n;

	db_begin(db, mem, 1);
	n = episode_lapse(db, NULL, now);
	return db_end(db) == DB_FINE && n > 0;
}

int
team_tidy(const struct settings *settings, struct db *db, struct arena *mem,
    utc_ms now)
{
	int more = lapse(db, mem);

	arena_reset(mem);
	more |= expire(db, mem, now);
	arena_reset(mem);
	more |= reminders_tell(db, mem, now);
	arena_reset(mem);
	return more | file_tidy(settings, db, mem, now);
}
