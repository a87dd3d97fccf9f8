/* A visit: the step that it is at, its form, and the doctor's judgement of it. */
#include "vaccination.h"

#include "immunization_sql.h"
#include "nfkc.h"
#include "profession.h"
#include "text.h"
#include "viewer.h"
#include "visit_sql.h"

enum { PRODUCTS_MAX = 20 };

/* ---- what is shown ---- */

static void
put_questions(struct model *m, const struct screening *s)
{
	put_items(m, "questions");
	for (int i = 0; i < QUESTIONS_N; i++) {
		const struct question_row *q = question_at(i);
		struct model *item = put_item(m, "questions");

		put_text(item, "code", q->code);
		put_text(item, "words", q->words);
		put_bool(item, "yes", s->answer[i] == YES);
		put_bool(item, "no", s->answer[i] == NO);
		put_bool(item, "unknown", s->answer[i] == UNKNOWN);
		put_bool(item, "not_asked", s->answer[i] == NOT_ASKED);
		put_bool(item, "wants_remark", q->wants_remark &&
		    (s->answer[i] == YES || s->answer[i] == UNKNOWN));
	}
}

static void
put_form(struct req *r, struct model *m, const struct visit *v)
{
	const struct form *f;

	visit_newest_form(r->db, &f, viewer_patient(r), v->visit_id);
	put_row(m, "form", &visit_form_row, f);
	put_text(m, "temperature", NULL);
	put_text(m, "form_profession", NULL);
	if (f == NULL)
		return;
	put_text(m, "form_profession", profession_name(f->profession_code));
	if (f->temperature_tenths.set)
		put_tenths(m, "temperature", f->temperature_tenths.v);
}

/* What may be given of a vaccine today; n of them. */
static size_t
usable(const struct vaccine *v, civil_date today, const struct product **out,
    size_t most)
{
	size_t n = 0;

	for (size_t i = 0; v != NULL && i < v->products && n < most; i++)
		if (holds_on(v->product[i].when, today))
			out[n++] = &v->product[i];
	return n;
}

static const char *
ml_text(struct arena *mem, int hundredths)
{
	return hundredths % 10 == 0 ?
	    arena_printf(mem, "%d.%d", hundredths / 100, hundredths % 100 / 10) :
	    arena_printf(mem, "%d.%02d", hundredths / 100, hundredths % 100);
}

/* Where all products are alike, what is usual is filled in. */
static void
put_usual(struct req *r, struct model *m, const struct product **all, size_t n)
{
	struct model *usual = put_object(m, "usual");
	int ml = n > 0, route = n > 0 && strlen(all[0]->routes) == 2;

	for (size_t i = 1; i < n; i++) {
		ml &= all[i]->dose_ml == all[0]->dose_ml;
		route &= strcmp(all[i]->routes, all[0]->routes) == 0;
	}
	put_text(usual, "dose_ml", ml ? ml_text(r->mem, all[0]->dose_ml) : NULL);
	put_text(usual, "route", route ? all[0]->routes : NULL);
}

static void
put_offered(struct req *r, struct model *m, const struct visit *v)
{
	const struct product *all[PRODUCTS_MAX];
	size_t n = usable(schedule_vaccine(schedule_now(), v->vaccine),
	    date_of(r->now), all, PRODUCTS_MAX);
	const struct last *last;
	struct lot_rows lots;

	put_items(m, "products");
	for (size_t i = 0; i < n; i++) {
		struct model *item = put_item(m, "products");

		put_text(item, "code", all[i]->code);
		put_text(item, "name", all[i]->name);
		put_text(item, "dose_ml", ml_text(r->mem, all[i]->dose_ml));
		put_bool(item, "only", n == 1);
	}
	put_usual(r, m, all, n);
	immunization_lots_of(r->db, &lots, r->viewer->office, v->vaccine,
	    date_of(r->now));
	put_rows(m, "lots", &lots.set);
	immunization_last_lot(r->db, &last, r->viewer->office, v->vaccine,
	    date_of(r->now));
	put_row(m, "last", &immunization_last_row, last);
}

static void
put_programmes(struct req *r, struct model *m, const struct visit *v,
    const struct facts *f)
{
	const struct vaccine *of = schedule_vaccine(schedule_now(), v->vaccine);
	civil_date today = date_of(r->now);

	put_items(m, "programmes");
	for (size_t i = 0; of != NULL && i < of->programmes; i++) {
		const struct programme *p = &of->programme[i];
		struct model *item;

		if (due_window(p, f->birth, 0, today) != WINDOW_OPEN &&
		    due_window(p, f->birth, 1, today) != WINDOW_OPEN)
			continue;
		item = put_item(m, "programmes");
		put_text(item, "code", p->code);
		put_text(item, "name", p->name);
	}
}

/* How far it has come, for the row of steps. */
static int
step_of(const char *state)
{
	static const char *const order[] = { "planned", "screened", "eligible",
	    "waiting", "completed" };
	int i = 0;

	while (i < 5 && strcmp(order[i], state) != 0)
		i++;
	return i == 5 ? 0 : i;
}

static void
put_steps(struct model *m, const char *state)
{
	static const char *const names[] = { N_("予診票"), N_("医師の予診"),
	    N_("接種"), N_("経過観察"), N_("完了") };
	int at = step_of(state);

	put_items(m, "steps");
	for (int i = 0; i < 5; i++) {
		struct model *item = put_item(m, "steps");

		put_text(item, "name", names[i]);
		put_bool(item, "done", i < at || strcmp(state, "completed") == 0);
		put_bool(item, "now", i == at && strcmp(state, "completed") != 0);
	}
	put_i64(m, "step", at + 1);
}

/* The gate that stands before the visit as it is. */
static enum gate
gate_of(const char *state)
{
	return strcmp(state, "planned") == 0 ? GATE_SCREEN :
	    strcmp(state, "screened") == 0 ? GATE_JUDGE : GATE_GIVE;
}

/* What the page says before the dose: what stops now, whoever is looking. */
static void
put_gate(struct model *m, const struct visit *v,
    const struct facts *f)
{
	struct facts as = *f;
	enum gate gate = gate_of(v->state);

	as.professions = gate == GATE_JUDGE ? "010" : "040";
	if (gate == GATE_GIVE) {
		/* The dose itself is not known yet: what is asked before it. */
		gate = GATE_JUDGE;
		as.professions = "010";
	}
	put_items(m, "stops");
	if (step_of(v->state) < 3 && strcmp(v->state, "not_given") != 0 &&
	    as.screening.exists)
		put_stops(m, gate, &as);
}

static void
put_dose(struct req *r, struct model *m, const struct visit *v)
{
	const struct immunization *dose = NULL;
	const struct not_given *why = NULL;

	if (v->immunization_id != 0)
		immunization_of_visit(r->db, &dose, viewer_patient(r),
		    v->immunization_id);
	put_row(m, "immunization", &immunization_immunization_row, dose);
	if (strcmp(v->state, "not_given") == 0)
		visit_why_not(r->db, &why, viewer_patient(r), v->visit_id);
	put_row(m, "not_given", &visit_not_given_row, why);
	put_i64(m, "seconds_left", v->wait_until.set && v->wait_until.v > r->now ?
	    (v->wait_until.v - r->now + SECOND_MS - 1) / SECOND_MS : 0);
	put_bool(m, "over", v->wait_until.set && v->wait_until.v <= r->now);
}

static void
put_rights(struct req *r, struct model *m)
{
	const struct vaccination_settings *own =
	    (const struct vaccination_settings *)r->settings;

	put_bool(m, "may_screen", may_vaccinate(r->viewer->professions));
	put_bool(m, "may_plan", may_plan(r));
	put_bool(m, "may_judge", may_judge(r->viewer->professions));
	put_bool(m, "remote_allowed", own->remote_screening != 0);
}

int
visit_show(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 0);
	const struct judged *j;
	struct paper_rows papers;
	struct facts f;

	if (!may_read(r))
		return 403;
	if (v == NULL)
		return 404;
	facts_of(r, v, &f);
	put_row(m, "visit", &visit_visit_row, v);
	put_steps(m, v->state);
	put_questions(m, &f.screening);
	put_form(r, m, v);
	visit_newest_judgement(r->db, &j, viewer_patient(r), v->visit_id);
	put_row(m, "judgement", &visit_judged_row, j);
	put_bool(m, "judgement_stands", f.judgement.exists &&
	    f.judgement.newest_form && f.judgement.on == f.today);
	put_bool(m, "past_event", f.past_event);
	put_gate(m, v, &f);
	put_offered(r, m, v);
	put_programmes(r, m, v, &f);
	put_dose(r, m, v);
	visit_papers(r->db, &papers, viewer_patient(r), v->visit_id);
	put_rows(m, "papers", &papers.set);
	put_rights(r, m);
	put_text(m, "writer", writer_of(r));
	return 200;
}

/*
 * Asked every few seconds by a page that nobody may be looking at: no sign that its
 * reader is still there, so the session goes on idling.
 */
int
visit_state(struct req *r, struct model *m)
{
	const struct state *s;

	r->touch = 0;
	if (!may_read(r))
		return 403;
	visit_state_of(r->db, &s, viewer_patient(r), in_path(r, "visit"));
	if (s == NULL)
		return 404;
	put_row(m, NULL, &visit_state_row, s);
	put_channel(r, m, in_path(r, "visit"));
	return 200;
}

/* ---- the form ---- */

/* The answers that the request has, as JSON. */
static const char *
answers_given(struct req *r)
{
	struct buf b = { 0 };
	const char *text;

	buf_putc(&b, '[');
	for (int i = 0; i < QUESTIONS_N; i++) {
		const char *answer = in_text(r, question_at(i)->code);

		if (answer == NULL)
			continue;
		if (b.n > 1)
			buf_putc(&b, ',');
		/* Both are words of ours. */
		buf_printf(&b, "{\"q\":\"%s\",\"a\":\"%s\"}",
		    question_at(i)->code, answer);
	}
	buf_putc(&b, ']');
	text = arena_text(r->mem, buf_text(&b));
	buf_free(&b);
	return text;
}

/* "36.4", "36,4", "364" or ３６．４ as tenths; 0 when empty, -1 when it is none. */
static int
read_temperature(struct req *r, const char *text)
{
	int tenths = 0, digits = 0;

	if (text != NULL)
		text = nfkc_text(r->mem, text);

	for (; text != NULL && *text != '\0'; text++) {
		if ((*text == '.' || *text == ',') && digits == 2)
			continue;
		if (*text < '0' || *text > '9' || ++digits > 3)
			return -1;
		tenths = tenths * 10 + (*text - '0');
	}
	if (digits == 2)
		tenths *= 10;
	return digits == 1 ? -1 : tenths;
}

static void
write_form(struct req *r, const struct visit *v, int tenths)
{
	visit_screen_form(r->db, viewer_patient(r), r->id, v->visit_id, r->now,
	    r->viewer->user, writer_of(r), r->viewer->profession,
	    (struct db_maybe){ tenths > 0, tenths }, in_text(r, "wish"),
	    in_text(r, "signer"), in_text(r, "signer_name"),
	    in_text(r, "signer_relation"), in_text(r, "sign_reason"),
	    in_text(r, "intent_confirmed_by"), in_text(r, "note"));
	visit_answers(r->db, viewer_patient(r), r->id, answers_given(r));
}

/*
 * Each saving is a form of its own, complete or not; the newest counts. Complete, it
 * waits for the doctor.
 */
int
visit_screen(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 1);
	int tenths = read_temperature(r, in_text(r, "temperature"));
	enum stop found[STOPS_N];
	struct facts f;
	size_t open;

	if (v == NULL)
		return 404;
	if (!may_vaccinate(r->viewer->professions))
		return refuse_said(r, "signer", stop_at(STOP_CLERK)->code,
		    stop_at(STOP_CLERK)->words);
	if (step_of(v->state) > 2 || strcmp(v->state, "not_given") == 0 ||
	    strcmp(v->state, "cancelled") == 0)
		return 409;
	if (tenths < 0)
		return refuse_input(r, "temperature", "not_a_number");
	if (tenths != 0 && (tenths < COLDEST || tenths > HOTTEST))
		return refuse_input(r, "temperature", "out_of_range");
	write_form(r, v, tenths);
	facts_of(r, v, &f);
	open = stops(GATE_SCREEN, &f, found);
	visit_move(r->db, viewer_patient(r), v->visit_id,
	    open == 0 ? "screened" : "planned", r->now);
	if (open == 0)
		visit_mark_doctors(r->db, v->id, viewer_patient(r),
		    r->viewer->user, r->now);
	put_id(m, r->id);
	put_text(m, "state", open == 0 ? "screened" : "planned");
	put_stops(m, GATE_SCREEN, &f);
	ring_visit(r);
	return 201;
}

/* ---- the doctor ---- */

static void
judgement_given(struct req *r, struct judgement *out)
{
	const char *mode = in_text(r, "mode");

	*out = (struct judgement){
		.exists = 1, .on = date_of(r->now), .newest_form = 1,
		.possible = strcmp(in_text(r, "judgement"), "possible") == 0,
		.explained = in_boolean(r, "explained"),
		.remote = strcmp(mode, "remote") == 0,
		.acute_illness = in_boolean(r, "acute_illness"),
		.remark = in_text(r, "remark") != NULL,
		.reason = in_text(r, "reason") != NULL
	};
}

int
visit_judge(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 1);
	const struct form *form;
	struct facts f;
	int bad;

	if (v == NULL)
		return 404;
	if (!may_judge(r->viewer->professions))
		return refuse_said(r, "judgement",
		    stop_at(STOP_NOT_A_DOCTOR)->code,
		    stop_at(STOP_NOT_A_DOCTOR)->words);
	if (strcmp(v->state, "screened") != 0 && strcmp(v->state, "eligible") != 0)
		return 409;
	facts_of(r, v, &f);
	judgement_given(r, &f.judgement);
	if (!f.judgement.possible && !f.judgement.remark)
		return refuse_input(r, "remark", "missing");
	bad = f.judgement.possible ? refuse_stops(r, "judgement", GATE_JUDGE, &f) :
	    0;
	if (bad != 0)
		return bad;
	visit_newest_form(r->db, &form, viewer_patient(r), v->visit_id);
	if (form == NULL)
		return 409;
	if (!ref_same(form->id, in_ref(r, "form")))
		return 409;
	visit_judge_form(r->db, viewer_patient(r), r->id, v->visit_id,
	    form->form_id, r->now, r->viewer->user, writer_of(r),
	    r->viewer->office_name, f.judgement.possible, f.judgement.explained,
	    f.judgement.remote, f.judgement.acute_illness, in_text(r, "remark"),
	    in_text(r, "reason"));
	if (!f.judgement.possible)
		visit_not_give(r->db, viewer_patient(r), req_ref(r, 0),
		    v->visit_id, "deferral", in_text(r, "remark"), r->now,
		    r->viewer->user, writer_of(r), r->viewer->profession);
	visit_move(r->db, viewer_patient(r), v->visit_id,
	    f.judgement.possible ? "eligible" : "not_given", r->now);
	visit_clear_doctors(r->db, v->id, viewer_patient(r));
	put_id(m, r->id);
	ring_visit(r);
	return 201;
}
