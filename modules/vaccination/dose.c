/* The dose of a visit, its waiting period, and why there was none. */
#include "booking.h"
#include "pass.h"
#include "vaccination.h"

#include "file.h"
#include "immunization_sql.h"
#include "mark_sql.h"
#include "viewer.h"
#include "visit_sql.h"

/* What the request gives: out of the office's stock, or as it was typed. */
struct from {
	const struct product *product;
	const char *lot_number;
	civil_date expires_on;
	int64_t lot, stock;		/* 0: not of a stock */
	int kept, known;
};

static void
take_from(struct req *r, struct from *out)
{
	const struct ref *id = in_ref(r, "lot");
	const struct kept *kept;
	const struct lot *lot = NULL;
	const char *code = in_text(r, "product"), *number = in_text(r, "lot_number");
	int set;

	immunization_keeps_stock(r->db, &kept, r->viewer->office);
	if (id != NULL)
		immunization_lot_by(r->db, &lot, r->viewer->office, id);
	else if (code != NULL && number != NULL)
		immunization_lot(r->db, &lot, r->viewer->office, code, number);
	*out = (struct from){ .kept = kept != NULL && kept->lots > 0,
	    .lot_number = number, .expires_on = in_date(r, "expires_on", &set),
	    .known = lot != NULL };
	if (lot != NULL) {
		code = lot->product;
		out->lot_number = lot->lot_number;
		out->expires_on = lot->expires_on;
		out->lot = lot->lot_id;
		out->stock = lot->stock;
	}
	out->product = schedule_product(schedule_now(), code, NULL);
}

static int
in_of(const struct vaccine *v, const struct product *p)
{
	return v != NULL && p != NULL && p >= v->product &&
	    p < v->product + v->products;
}

/* Minutes are told in whole ones: within that of the doctor's word it is at the word. */
static utc_ms
given_at(utc_ms at, const struct judgement *j)
{
	return j->exists && at < j->at && j->at - at < MINUTE_MS ? j->at : at;
}

/* Fills what the rules ask of the dose. 0, or the status of a refusal. */
static int
giving_given(struct req *r, const struct visit *v, const struct from *from,
    struct facts *f)
{
	const struct vaccine *of = NULL;
	const char *programme = in_text(r, "programme");
	int set, ml = read_ml(in_text(r, "dose_ml"));
	int64_t ago = in_integer(r, "minutes_ago", &set);
	utc_ms at;

	if (ml < 0)
		return refuse_input(r, "dose_ml", "not_a_number");
	if (from->lot_number == NULL)
		return refuse_input(r, "lot_number", "missing");
	if (from->expires_on == 0)
		return refuse_input(r, "expires_on", "missing");
	at = given_at(r->now - ago * MINUTE_MS, &f->judgement);
	f->giving = (struct giving){
		.vaccine = schedule_vaccine(schedule_now(), v->vaccine),
		.product = from->product,
		.programme = schedule_programme(schedule_now(), programme, &of),
		.condition = in_boolean(r, "condition"),
		.on = f->today, .expires_on = from->expires_on,
		.route = in_text(r, "route"), .dose_ml = ml,
		.vaccinator = r->viewer->professions,
		.stock_kept = from->kept, .lot_known = from->known,
		.stock = from->stock, .at = at
	};
	if (!in_of(f->giving.vaccine, from->product))
		f->giving.product = NULL;
	if (programme != NULL && (f->giving.programme == NULL ||
	    of != f->giving.vaccine))
		return refuse_input(r, "programme", "not_a_choice");
	return 0;
}

static void
write_dose(struct req *r, const struct visit *v, const struct from *from,
    const struct facts *f)
{
	const struct giving *g = &f->giving;
	const struct judged *j;

	visit_newest_judgement(r->db, &j, viewer_patient(r), v->visit_id);
	immunization_add(r->db, viewer_patient(r), r->id, v->vaccine,
	    v->vaccine_name, from->product->code, from->product->name,
	    from->product->standard_code, in_text(r, "programme"),
	    (struct db_maybe){ 1, due_count(&f->history, v->vaccine) + 1 }, g->on,
	    (struct db_maybe){ 1, g->at }, from->lot_number,
	    (struct db_maybe){ 1, g->expires_on }, in_text(r, "site"), g->route,
	    (struct db_maybe){ 1, g->dose_ml }, writer_of(r),
	    vaccinator(r->viewer->professions),
	    j == NULL ? NULL : j->doctor_name,
	    "自宅", r->viewer->office, 0, v->visit_id, r->now,
	    r->viewer->user, writer_of(r), r->viewer->profession,
	    r->viewer->office_name, NULL, NULL, NULL, NULL);
	if (from->lot != 0)
		immunization_take(r->db, r->viewer->office, from->lot);
}

int
visit_give(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 1);
	const struct person *p;
	struct from from;
	struct facts f;
	int minutes, bad;

	if (v == NULL)
		return 404;
	take_from(r, &from);
	facts_of(r, v, &f);
	bad = giving_given(r, v, &from, &f);
	if (bad == 0)
		bad = refuse_stops(r, "dose_ml", GATE_GIVE, &f);
	if (bad != 0)
		return bad;
	if (strcmp(v->state, "eligible") != 0)
		return 409;
	write_dose(r, v, &from, &f);
	visit_person(r->db, &p, viewer_patient(r));
	minutes = wait_minutes(&f.screening, p != NULL &&
	    p->past_anaphylaxis > 0);
	visit_give_dose(r->db, viewer_patient(r), v->visit_id, r->id, r->now,
	    f.giving.at, minutes, f.giving.at + minutes * MINUTE_MS);
	booking_given(r, v->vaccine);
	pass_refresh(r);
	put_id(m, r->id);
	put_i64(m, "wait_minutes", minutes);
	put_utc(m, "wait_until", f.giving.at + minutes * MINUTE_MS);
	ring_visit(r);
	return 201;
}

/* ---- the waiting period ends ---- */

static void
tell_completed(struct req *r, const struct ref *dose)
{
	const struct event completed = {
		.topic = "vaccination.completed",
		.patient = viewer_patient(r),
		.ref = dose,
		.actor = r->viewer->user,
		.at = r->now,
		.sentence_ja = "ワクチン接種記録が追加されました",
		.sentence_en = "A vaccination was recorded"
	};

	event_publish(r->db, &completed);
}

int
visit_close(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 1);
	const struct immunization *dose = NULL;
	struct facts f;
	int bad;

	(void)m;
	if (v == NULL)
		return 404;
	if (strcmp(v->state, "completed") == 0)
		return 409;		/* somebody else was quicker; there is a dose */
	facts_of(r, v, &f);
	f.closing = (struct closing){ .given = strcmp(v->state, "waiting") == 0,
	    .watched = in_text(r, "watched_by") != NULL, .at = r->now,
	    .until = v->wait_until.v,
	    .reason = in_text(r, "early_reason") != NULL };
	bad = refuse_stops(r, "early_reason", GATE_CLOSE, &f);
	if (bad != 0)
		return bad;
	visit_close_one(r->db, viewer_patient(r), v->visit_id, r->now,
	    r->viewer->user, in_text(r, "watched_by"),
	    in_text(r, "condition_after"), in_text(r, "early_reason"));
	immunization_of_visit(r->db, &dose, viewer_patient(r),
	    v->immunization_id);
	if (dose != NULL)
		tell_completed(r, dose->id);
	ring_visit(r);
	return 204;
}

/* ---- none was given ---- */

int
visit_not_given(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 1);

	(void)m;
	if (v == NULL)
		return 404;
	if (!may_vaccinate(r->viewer->professions) && !may_plan(r))
		return 403;
	if (strcmp(v->state, "planned") != 0 && strcmp(v->state, "screened") != 0 &&
	    strcmp(v->state, "eligible") != 0)
		return 409;
	visit_not_give(r->db, viewer_patient(r), r->id, v->visit_id,
	    in_text(r, "reason"), in_text(r, "note"), r->now, r->viewer->user,
	    writer_of(r), r->viewer->profession);
	visit_move(r->db, viewer_patient(r), v->visit_id, "not_given", r->now);
	visit_clear_doctors(r->db, v->id, viewer_patient(r));
	ring_visit(r);
	return 204;
}

/* A plan that was a slip: nothing was asked and nothing done yet. */
int
visit_cancel(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 1);
	const struct form *form;

	(void)m;
	if (v == NULL)
		return 404;
	if (!may_plan(r))
		return 403;
	visit_newest_form(r->db, &form, viewer_patient(r), v->visit_id);
	if (strcmp(v->state, "planned") != 0 || form != NULL)
		return 409;
	visit_move(r->db, viewer_patient(r), v->visit_id, "cancelled", r->now);
	ring_visit(r);
	return 204;
}

/* ---- photos of voucher, form and label ---- */

int
visit_paper_add(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 0);
	const struct upload *all;
	size_t n;

	(void)m;
	if (v == NULL)
		return 404;
	if (!may_plan(r))
		return 403;
	all = in_files(r, "photo", &n);
	if (n == 0)
		return refuse_input(r, "photo", "missing");
	for (size_t i = 0; i < n; i++) {
		file_keep(r, all[i].key);
		visit_add_paper(r->db, viewer_patient(r), v->visit_id, all[i].key,
		    in_text(r, "kind"), r->now, writer_of(r));
	}
	return 204;
}

int
visit_paper(struct req *r, struct model *m)
{
	const struct visit *v = visit_of(r, 0);
	const struct paper_file *f;

	(void)m;
	if (!may_read(r))
		return 403;
	if (v == NULL)
		return 404;
	visit_paper_of(r->db, &f, viewer_patient(r), v->visit_id,
	    in_path(r, "paper"));
	return f == NULL ? 404 : file_answer(r, f->file_id, 0);
}
