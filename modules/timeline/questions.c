/* Questions: asked, answered, shown while they are open, overdue. */
#include "question.h"

#include "audience.h"
#include "notice.h"
#include "profession.h"
#include "question_sql.h"
#include "viewer.h"

enum { OPEN_MAX = 50, OVERDUE_AT_ONCE = 50, CODE_CHARS = 3 };

static int
take_profession(struct req *r, const char *code, struct question *q)
{
	const struct profession *p = profession_find(code);

	if (p == NULL)
		return refuse_input(r, "asked", "not_a_choice");
	q->profession = code;
	q->asked = p->ja;
	return 0;
}

static int
take_person(struct req *r, const char *hex, struct question *q)
{
	const struct colleague *x = audience_member(r, hex);

	if (x == NULL)
		return refuse_input(r, "asked", "not_a_choice");
	q->user = x->user_id;
	q->asked = x->name;
	return 0;
}

int
question_take(struct req *r, struct question *q)
{
	const char *asked = in_text(r, "asked");
	int dated;
	civil_date day = in_date(r, "due_on", &dated);

	*q = (struct question){ .profession = "" };
	if (asked == NULL && !dated)
		return 0;
	if (asked == NULL)
		return refuse_input(r, "asked", "missing");
	if (!dated)
		return refuse_input(r, "due_on", "missing");
	if (day < date_of(r->now))
		return refuse_input(r, "due_on", "out_of_range");
	q->due_at = instant_of(day + 1);
	return strlen(asked) == CODE_CHARS ?
	    take_profession(r, asked, q) : take_person(r, asked, q);
}

int
question_keep(struct req *r, const struct draft_entry *e,
    const struct question *q)
{
	question_ask(r->db, e->patient, e->id, q->user, q->profession, q->asked,
	    q->due_at);
	if (question_mark(r->db, e->patient, e->id, r->now) == 0)
		return refuse_input(r, "asked", "not_a_choice");
	return 0;
}

void
question_answer(struct req *r, int64_t entry, const struct ref *by)
{
	int64_t patient = viewer_patient(r);

	if (question_close_by(r->db, patient, entry, by, r->now) > 0)
		question_unmark(r->db, patient, entry);
}

void
question_reopen(struct req *r, const struct found *by)
{
	int64_t patient = viewer_patient(r);
	const struct answered *a;

	question_answered(r->db, &a, patient, by->reply_to, by->id);
	if (a == NULL)
		return;
	question_open_again(r->db, patient, by->reply_to);
	question_mark(r->db, patient, a->id, r->now);
}

void
question_move(struct req *r, int64_t entry, int64_t to,
    const struct ref *moved)
{
	question_copy(r->db, viewer_patient(r), entry, to, moved);
	question_mark(r->db, to, moved, r->now);
}

int
questions_show(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;
	struct open_question_rows open;
	struct entry_rows rows;
	const char *keys = "";

	question_open(r->db, &open, viewer_patient(r), v->user, v->office,
	    OPEN_MAX);
	for (size_t i = 0; i < open.set.n; i++)
		keys = arena_printf(r->mem, "%s%s%lld", keys, i > 0 ? "," : "",
		    (long long)open_question_at(&open, i)->entry_id);
	timeline_chosen(r->db, &rows, viewer_patient(r), v->user, v->office,
	    entries_me(r), arena_printf(r->mem, "[%s]", keys));
	entries_put(r, m, &rows);
	return 200;
}

static void
tell(struct db *db, const struct overdue_question *q, utc_ms now)
{
	const struct ref request = ref_new();
	struct asked_user_rows asked;

	(void)question_asked(db, &asked, q->patient_id, q->id, q->author_id);
	for (size_t i = 0; i < asked.set.n; i++)
		(void)notice_user(db, asked_user_at(&asked, i)->user_id,
		    "overdue_question", q->id, &request, now);
	(void)question_told(db, q->patient_id, q->entry_id, now);
}

int
question_tidy(struct db *db, struct arena *mem, utc_ms now)
{
	struct overdue_question_rows rows;

	db_begin(db, mem, 1);
	(void)question_overdue(db, &rows, now, OVERDUE_AT_ONCE);
	for (size_t i = 0; i < rows.set.n; i++)
		tell(db, overdue_question_at(&rows, i), now);
	return db_end(db) == DB_FINE && rows.set.n == OVERDUE_AT_ONCE;
}
