/* What all parts share: the schedule, the writer, the facts that the rules ask. */
#include "vaccination.h"

#include "immunization_sql.h"
#include "profession.h"
#include "viewer.h"
#include "visit_sql.h"

static const struct schedule *kept;

const struct schedule *
schedule_now(void)
{
	return kept;
}

int
schedule_ready(const struct settings *s, char *why, size_t why_bytes)
{
	const struct vaccination_settings *own =
	    (const struct vaccination_settings *)s;

	if (kept == NULL)
		kept = schedule_read(own->schedule, own->schema, why, why_bytes);
	return kept == NULL ? -1 : 0;
}

const char *
writer_of(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

static int
has(const struct req *r, unsigned right)
{
	return (profession_rights(r->viewer->professions) & right) == right;
}

int
may_read(const struct req *r)
{
	return has(r, RIGHT_VIEW);
}

int
may_plan(const struct req *r)
{
	return has(r, RIGHT_CARE);
}

void
doses_of(struct req *r, int64_t patient, struct history *out)
{
	struct past_rows rows;
	struct dose *all;

	immunization_doses(r->db, &rows, patient);
	all = arena_take_many(r->mem, rows.set.n + 1, sizeof *all);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct past *p = past_at(&rows, i);

		all[i] = (struct dose){ .vaccine = p->vaccine,
		    .product = p->product, .on = p->given_on,
		    .anaphylaxis = p->anaphylaxis };
	}
	*out = (struct history){ all, rows.set.n };
}

void
history_of(struct req *r, struct history *out)
{
	doses_of(r, viewer_patient(r), out);
}

const struct visit *
visit_of(struct req *r, int lock)
{
	const struct visit *v;

	if (lock)
		visit_lock(r->db, &v, viewer_patient(r), in_path(r, "visit"));
	else
		visit_find(r->db, &v, viewer_patient(r), in_path(r, "visit"));
	return v;
}

static enum answer
answer_of(const char *word)
{
	return strcmp(word, "yes") == 0 ? YES : strcmp(word, "no") == 0 ? NO :
	    UNKNOWN;
}

static void
form_facts(struct req *r, const struct visit *v, struct screening *out,
    int64_t *form)
{
	const struct form *f;
	struct answered_rows rows;

	visit_newest_form(r->db, &f, viewer_patient(r), v->visit_id);
	*form = f == NULL ? 0 : f->form_id;
	if (f == NULL)
		return;
	*out = (struct screening){
		.exists = 1,
		.on = date_of(f->written_at),
		.temperature = f->temperature_tenths.set ?
		    (int)f->temperature_tenths.v : 0,
		.wished = f->wish != NULL && strcmp(f->wish, "wishes") == 0,
		.signed_by_other = strcmp(f->signer, "other") == 0,
		.signer_complete = f->signer_name != NULL &&
		    f->signer_relation != NULL && f->sign_reason != NULL,
		.intent_confirmed = f->intent_confirmed_by != NULL
	};
	visit_answers_of(r->db, &rows, viewer_patient(r), f->form_id);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct answered *a = answered_at(&rows, i);
		int q = question_find(a->question);

		if (q >= 0)
			out->answer[q] = answer_of(a->answer);
	}
}

static void
judgement_facts(struct req *r, const struct visit *v, int64_t form,
    struct judgement *out)
{
	const struct judged *j;

	visit_newest_judgement(r->db, &j, viewer_patient(r), v->visit_id);
	if (j == NULL)
		return;
	*out = (struct judgement){ .exists = 1, .on = date_of(j->judged_at),
	    .possible = j->possible, .explained = j->explained,
	    .remote = j->remote, .acute_illness = j->acute_illness,
	    .newest_form = j->form_id == form, .remark = j->remark != NULL,
	    .reason = j->reason != NULL, .at = j->judged_at };
}

void
facts_of(struct req *r, const struct visit *v, struct facts *out)
{
	const struct vaccination_settings *own =
	    (const struct vaccination_settings *)r->settings;
	const struct person *p;
	int64_t form;

	*out = (struct facts){ .schedule = kept,
	    .professions = r->viewer->professions, .today = date_of(r->now),
	    .now = r->now, .remote_allowed = own->remote_screening != 0 };
	visit_person(r->db, &p, viewer_patient(r));
	if (p != NULL) {
		out->birth = p->birth_date;
		out->past_event = p->past_events > 0;
	}
	history_of(r, &out->history);
	form_facts(r, v, &out->screening, &form);
	judgement_facts(r, v, form, &out->judgement);
	out->giving.vaccine = schedule_vaccine(kept, v->vaccine);
}

size_t
put_stops(struct model *m, enum gate gate, const struct facts *f)
{
	enum stop found[STOPS_N];
	size_t n = stops(gate, f, found);

	put_items(m, "stops");
	for (size_t i = 0; i < n; i++) {
		const struct stop_row *s = stop_at(found[i]);
		struct model *item = put_item(m, "stops");

		put_text(item, "code", s->code);
		put_text(item, "rule", s->rule);
		put_text(item, "words", s->words);
		put_bool(item, "reason_lifts", s->reason_lifts);
	}
	return n;
}

int
refuse_stops(struct req *r, const char *input, enum gate gate,
    const struct facts *f)
{
	enum stop found[STOPS_N];

	if (stops(gate, f, found) == 0)
		return 0;
	return refuse_said(r, input, stop_at(found[0])->code,
	    stop_at(found[0])->words);
}

int
read_ml(const char *text)
{
	int whole = text[0] - '0', part;

	if (text[0] < '0' || text[0] > '9' || text[1] != '.' ||
	    strspn(text + 2, "0123456789") != strlen(text + 2) ||
	    strlen(text) < 3 || strlen(text) > 4)
		return -1;
	part = (text[2] - '0') * 10 + (text[3] == '\0' ? 0 : text[3] - '0');
	return whole * 100 + part;
}

void
ring_visit(struct req *r)
{
	req_ring(r, in_path(r, "visit"));
}
