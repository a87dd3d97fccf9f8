/* The register in bulk: from the residents' register, and by the criteria alone. */
#include "register.h"

#include "age.h"
#include "incident.h"
#include "kana.h"
#include "register_sql.h"
#include "residents.h"
#include "viewer.h"

enum { FOLDED_BYTES = 481 };	/* kana_folded: 120 characters */

/* What becomes of a line. */
enum deed { DEED_NONE, DEED_ADD, DEED_CHANGE, DEED_END, DEED_FAULT };

struct line {
	struct resident is;
	const struct known *was;	/* NULL: not there */
	const char *reasons;
	const char *fault;		/* for people */
	enum deed deed;
};

static void
reasons_of(struct req *r, const struct criteria *town, struct line *l)
{
	const struct resident *p = &l->is;
	const struct need need = { .has = {
		[CRITERION_CARE_LEVEL] = care_level_number(p->care_level),
		[CRITERION_PHYSICAL] = p->physical,
		[CRITERION_INTELLECTUAL] = p->intellectual,
		[CRITERION_MENTAL] = p->mental,
		[CRITERION_INTRACTABLE] = p->intractable,
		[CRITERION_ALONE] = p->lives_alone ?
		    age_on(p->birth_date, date_of(r->now)) : 0,
		[CRITERION_POWER] = l->was != NULL &&
		    strstr(l->was->reasons, "power_dependent") != NULL
	}, .mayor = l->was != NULL && l->was->mayor };
	char text[REASONS_TEXT];

	l->reasons = arena_text(r->mem, criteria_reasons(town, &need, text));
}

static int
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static int
is_same(const struct line *l)
{
	const struct resident *p = &l->is;
	const struct known *k = l->was;

	return !k->ended && same_text(p->family, k->family) &&
	    same_text(p->given, k->given) &&
	    same_text(p->kana_family, k->kana_family) &&
	    same_text(p->kana_given, k->kana_given) &&
	    same_text(p->address, k->address) &&
	    same_text(p->phone, k->phone) && same_text(p->sex, k->sex) &&
	    same_text(p->care_level, k->care_level) &&
	    same_text(l->reasons, k->reasons) &&
	    p->birth_date == k->birth_date &&
	    p->lives_alone == k->lives_alone && p->physical == k->physical &&
	    p->intellectual == k->intellectual && p->mental == k->mental &&
	    (!p->placed || (k->latitude.set && k->longitude.set &&
	    p->latitude == k->latitude.v && p->longitude == k->longitude.v));
}

static void
plan(struct req *r, const struct criteria *town,
    const struct residents_head *head, const char *text, struct line *l)
{
	*l = (struct line){ .deed = DEED_FAULT };
	l->fault = residents_line(r->mem, head, text, &l->is);
	if (l->fault != NULL)
		return;
	register_known(r->db, &l->was, r->viewer->network, l->is.number);
	l->deed = DEED_NONE;
	if (l->is.end != RESIDENT_STAYS) {
		l->deed = l->was != NULL && !l->was->ended ? DEED_END : DEED_NONE;
		return;
	}
	reasons_of(r, town, l);
	if (l->reasons[0] == '\0')
		l->deed = l->was != NULL && !l->was->ended ? DEED_END : DEED_NONE;
	else if (l->was == NULL)
		l->deed = DEED_ADD;
	else if (!is_same(l))
		l->deed = DEED_CHANGE;
}

/* Whom care knows already, or somebody new. */
static int64_t
patient_of(struct req *r, const struct line *l, const struct ref *id)
{
	const struct resident *p = &l->is;
	char folded[FOLDED_BYTES];
	struct same_rows same;
	const struct same *made;

	if (kana_fold(arena_printf(r->mem, "%s%s", p->kana_family,
	    p->kana_given), folded, sizeof folded) != 0)
		folded[0] = '\0';
	register_same(r->db, &same, r->viewer->network, folded, p->birth_date);
	if (same.set.n == 1)
		return same_at(&same, 0)->patient_id;
	register_new_patient(r->db, &made, id, r->viewer->network, p->family,
	    p->given, p->kana_family, p->kana_given, folded, p->sex,
	    p->birth_date, p->address, p->phone, p->care_level,
	    p->lives_alone, r->now, r->viewer->user);
	return made == NULL ? 0 : made->patient_id;
}

static void
say(struct req *r, int64_t patient, const char *what, const char *words)
{
	register_say(r->db, patient, what, words, r->now, r->viewer->user,
	    writer(r));
}

/* How it was, for the change's row. */
static const char *
words_of(struct req *r, const struct known *k)
{
	return arena_printf(r->mem, "%.120s / %s / %s", k->address,
	    k->phone == NULL ? "-" : k->phone, k->reasons);
}

static void
put_line(struct req *r, const struct line *l, int n)
{
	const struct resident *p = &l->is;
	const struct db_maybe latitude = { p->placed, p->latitude };
	const struct db_maybe longitude = { p->placed, p->longitude };
	int64_t patient = l->was == NULL ? patient_of(r, l, req_ref(r, 2 * n)) :
	    l->was->patient_id;

	register_put(r->db, patient, l->was == NULL ? req_ref(r, 2 * n + 1) :
	    l->was->id, r->viewer->network, p->number, p->family, p->given,
	    p->kana_family, p->kana_given, p->birth_date, p->sex, p->address,
	    p->phone, latitude, longitude, l->reasons, p->care_level,
	    p->lives_alone, p->physical, p->intellectual, p->mental,
	    p->intractable, r->now);
	say(r, patient, l->was == NULL ? "added" : l->was->ended ? "again" :
	    "changed", l->was == NULL ? NULL : words_of(r, l->was));
}

static void
apply(struct req *r, const struct line *l, int n)
{
	if (l->deed == DEED_ADD || l->deed == DEED_CHANGE)
		put_line(r, l, n);
	if (l->deed != DEED_END)
		return;
	register_end(r->db, l->was->patient_id,
	    l->is.end == RESIDENT_MOVED ? "moved" :
	    l->is.end == RESIDENT_DIED ? "deceased" : "criteria", r->now);
	say(r, l->was->patient_id, "ended", words_of(r, l->was));
}

/* A line of the answer: what was, or would be, done with whom. */
static void
put_act(struct req *r, struct model *m, const struct line *l, int number)
{
	static const char *const words[] = {
		[DEED_ADD] = "added", [DEED_CHANGE] = "changed",
		[DEED_END] = "ended", [DEED_FAULT] = "fault"
	};
	struct model *item;

	if (l->deed == DEED_NONE)
		return;
	item = put_item(m, "lines");
	put_i64(item, "line", number);
	put_text(item, "act", words[l->deed]);
	put_text(item, "fault", l->fault);
	put_text(item, "name", l->deed == DEED_FAULT ? NULL : l->was != NULL ?
	    arena_printf(r->mem, "%s %s", l->was->family, l->was->given) :
	    arena_printf(r->mem, "%s %s", l->is.family, l->is.given));
	put_text(item, "reasons", l->deed == DEED_FAULT ? NULL : l->reasons);
}

static void
put_counts(struct model *m, const int count[DEED_FAULT + 1])
{
	put_i64(m, "unchanged", count[DEED_NONE]);
	put_i64(m, "added", count[DEED_ADD]);
	put_i64(m, "changed", count[DEED_CHANGE]);
	put_i64(m, "ended", count[DEED_END]);
	put_i64(m, "faults", count[DEED_FAULT]);
}

static int
run(struct req *r, struct model *m, int write)
{
	char *text = arena_text(r->mem, in_text(r, "rows")), *rest = NULL;
	int count[DEED_FAULT + 1] = { 0 }, number = 1;
	struct residents_head head;
	struct criteria town;
	const char *fault;

	text = strtok_r(text, "\n", &rest);
	fault = residents_head(r->mem, text, &head);
	put_text(m, "head_fault", fault);
	put_text(m, "rows", write ? NULL : in_text(r, "rows"));
	put_items(m, "lines");
	criteria_of(r, &town);
	while (fault == NULL && (text = strtok_r(NULL, "\n", &rest)) != NULL) {
		struct line l;

		plan(r, &town, &head, text, &l);
		if (write)
			apply(r, &l, number);
		count[l.deed]++;
		put_act(r, m, &l, ++number);
	}
	if (write)
		lists_follow(r);
	put_counts(m, count);
	put_bool(m, "written", write);
	return 200;
}

int
import_read(struct req *r, struct model *m)
{
	return run(r, m, 0);
}

int
import_apply(struct req *r, struct model *m)
{
	return run(r, m, 1);
}

/* ---- by the criteria alone ---- */

static const char *
reasons_now(struct req *r, const struct criteria *town,
    const struct candidate *c)
{
	const struct need need = { .has = {
		[CRITERION_CARE_LEVEL] = care_level_number(c->care_level),
		[CRITERION_PHYSICAL] = (int)c->physical,
		[CRITERION_INTELLECTUAL] = (int)c->intellectual,
		[CRITERION_MENTAL] = (int)c->mental,
		[CRITERION_INTRACTABLE] = c->intractable,
		[CRITERION_POWER] = c->power,
		[CRITERION_ALONE] = c->lives_alone ?
		    age_on(c->birth_date, date_of(r->now)) : 0
	}, .mayor = c->mayor };
	char text[REASONS_TEXT];

	return arena_text(r->mem, criteria_reasons(town, &need, text));
}

static void
take_in(struct req *r, const struct candidate *c, const char *reasons, int n)
{
	static const struct db_maybe nowhere;

	register_put(r->db, c->patient_id, req_ref(r, n), r->viewer->network,
	    NULL, c->family, c->given, c->kana_family, c->kana_given,
	    c->birth_date, c->sex, c->address == NULL ? "" : c->address,
	    c->phone, nowhere, nowhere, reasons, c->care_level, c->lives_alone,
	    c->physical, c->intellectual, c->mental, c->intractable, r->now);
	say(r, c->patient_id, c->reasons == NULL ? "added" : c->ended ?
	    "again" : "changed", c->reasons);
}

/* Whom care knows and the criteria take; who is in it and fulfils none leaves. */
int
registrations_refresh(struct req *r, struct model *m)
{
	int added = 0, ended = 0, changed = 0;
	struct candidate_rows rows;
	struct criteria town;

	criteria_of(r, &town);
	register_candidates(r->db, &rows, r->viewer->network);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct candidate *c = candidate_at(&rows, i);
		const char *now = reasons_now(r, &town, c);
		int in = c->reasons != NULL && !c->ended;

		if (now[0] == '\0' && in) {
			register_end(r->db, c->patient_id, "criteria", r->now);
			say(r, c->patient_id, "ended", c->reasons);
			ended++;
		} else if (now[0] != '\0' && (!in ||
		    strcmp(now, c->reasons) != 0)) {
			take_in(r, c, now, (int)i);
			added += !in;
			changed += in;
		}
	}
	lists_follow(r);
	put_i64(m, "added", added);
	put_i64(m, "changed", changed);
	put_i64(m, "ended", ended);
	return 201;
}
