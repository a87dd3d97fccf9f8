#include "stop.h"

#include "profession.h"

#include <string.h>

int
may_judge(const char *professions)
{
	return profession_among(professions, "010") != NULL;
}

const char *
vaccinator(const char *professions)
{
	return profession_among(professions, "010,040,050,060,070");
}

int
may_vaccinate(const char *professions)
{
	return vaccinator(professions) != NULL;
}

int
wait_minutes(const struct screening *s, int past_anaphylaxis)
{
	return past_anaphylaxis || s->answer[Q_SEVERE_ALLERGY] == YES ||
	    s->answer[Q_FAINTING] == YES ? WAIT_MINUTES_LONG : WAIT_MINUTES;
}

/* What a gate found, a flag a stop. */
struct found { int is[STOPS_N]; };

static void
of_form(const struct facts *f, struct found *o)
{
	const struct screening *s = &f->screening;

	o->is[STOP_CLERK] = !may_vaccinate(f->professions);
	o->is[STOP_NO_SCREENING] = !s->exists;
	for (int i = 0; s->exists && i < QUESTIONS_N; i++)
		o->is[STOP_UNANSWERED] |= s->answer[i] == NOT_ASKED;
	o->is[STOP_NO_TEMPERATURE] = s->exists && s->temperature == 0;
	o->is[STOP_NOT_WISHED] = s->exists && !s->wished;
	o->is[STOP_NO_SIGNER] = s->signed_by_other && !s->signer_complete;
	o->is[STOP_INTENT] = s->signed_by_other && !s->intent_confirmed;
}

static int
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Whether anaphylaxis followed it, or a dose of the vaccine of which nobody knows the product. */
static int
reacted(const struct facts *f, const struct product *p)
{
	for (size_t i = 0; i < f->history.n; i++) {
		const struct dose *d = &f->history.dose[i];

		if (d->anaphylaxis && (same(d->product, p->code) ||
		    (same(d->vaccine, f->giving.vaccine->code) &&
		    schedule_product(f->schedule, d->product, NULL) == NULL)))
			return 1;
	}
	return 0;
}

/* The doctor names no product: then whether there is none that could be given. */
static int
reacted_to_all(const struct facts *f)
{
	const struct vaccine *v = f->giving.vaccine;
	int n = 0;

	if (f->giving.product != NULL)
		return reacted(f, f->giving.product);
	for (size_t i = 0; v != NULL && i < v->products; i++) {
		if (!holds_on(v->product[i].when, f->today))
			continue;
		if (!reacted(f, &v->product[i]))
			return 0;
		n++;
	}
	return n > 0;
}

/* Whoever is unsuitable (接種不適当者), for this product or any. */
static void
of_body(const struct facts *f, struct found *o)
{
	const struct screening *s = &f->screening;
	const struct product *p = f->giving.product;
	int live = p != NULL && p->live;

	o->is[STOP_SCREENED_ANOTHER_DAY] = s->exists && s->on != f->today;
	o->is[STOP_FEVER_STOP] = s->temperature >= FEVER;
	o->is[STOP_ACUTE_ILLNESS] = f->judgement.acute_illness;
	o->is[STOP_COMPONENT] = s->answer[Q_COMPONENT_ALLERGY] == YES;
	o->is[STOP_RECORDED] = reacted_to_all(f);
	o->is[STOP_LIVE_SUPPRESSED] = live &&
	    s->answer[Q_IMMUNOSUPPRESSED] == YES;
	o->is[STOP_LIVE_PREGNANT] = live && s->answer[Q_PREGNANT] == YES;
}

static void
of_judgement(const struct facts *f, struct found *o)
{
	const struct screening *s = &f->screening;
	const struct judgement *j = &f->judgement;

	o->is[STOP_REMOTE] = j->remote && !f->remote_allowed;
	o->is[STOP_NOT_EXPLAINED] = j->exists && !j->explained;
	for (int i = 0; j->exists && i < QUESTIONS_N; i++)
		o->is[STOP_NO_REMARK] |= question_at(i)->wants_remark &&
		    (s->answer[i] == YES || s->answer[i] == UNKNOWN) && !j->remark;
	o->is[STOP_CONTRADICTED] = f->past_event &&
	    s->answer[Q_PAST_REACTION] == NO && !j->reason;
	o->is[STOP_PAST_EVENT] = !j->reason &&
	    (s->answer[Q_PAST_REACTION] == YES ||
	    (f->past_event && s->answer[Q_PAST_REACTION] != NO));
}

static void
of_doctor(const struct facts *f, struct found *o)
{
	const struct judgement *j = &f->judgement;

	o->is[STOP_NOT_JUDGED] = !j->exists;
	o->is[STOP_JUDGED_ANOTHER_DAY] = j->exists && j->on != f->today;
	o->is[STOP_JUDGED_DEFERRED] = j->exists && !j->possible;
	o->is[STOP_JUDGED_OTHER_FORM] = j->exists && !j->newest_form;
	o->is[STOP_BEFORE_JUDGED] = j->exists && f->giving.at < j->at;
}

static void
of_lot(const struct giving *g, struct found *o)
{
	const struct product *p = g->product;

	o->is[STOP_NO_PRODUCT] = p == NULL;
	o->is[STOP_PRODUCT_OVER] = p != NULL && !holds_on(p->when, g->on);
	o->is[STOP_LOT_EXPIRED] = g->expires_on < g->on;
	o->is[STOP_LOT_UNKNOWN] = g->stock_kept && !g->lot_known;
	o->is[STOP_LOT_EMPTY] = g->stock_kept && g->lot_known && g->stock <= 0;
	o->is[STOP_WRONG_ROUTE] = p != NULL && strstr(p->routes, g->route) == NULL;
	o->is[STOP_WRONG_AMOUNT] = p != NULL && p->dose_ml != g->dose_ml;
}

static int
given_on(const struct history *h, const char *vaccine, civil_date day)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->dose[i].on == day && strcmp(h->dose[i].vaccine, vaccine) == 0)
			return 1;
	return 0;
}

/* Products of a series (those that say how many doses complete it) do not mix. */
static int
mixes(const struct facts *f)
{
	const struct giving *g = &f->giving;

	for (size_t i = 0; i < f->history.n; i++) {
		const struct dose *d = &f->history.dose[i];
		const struct product *was = schedule_product(f->schedule,
		    d->product, NULL);

		if (strcmp(d->vaccine, g->vaccine->code) == 0 && was != NULL &&
		    was->doses > 0 && was != g->product)
			return 1;
	}
	return 0;
}

static void
of_schedule(const struct facts *f, struct found *o)
{
	const struct giving *g = &f->giving;

	o->is[STOP_SAME_DAY] = given_on(&f->history, g->vaccine->code, g->on);
	o->is[STOP_TOO_EARLY] = g->product != NULL && due_earliest(f->schedule,
	    g->product, &f->history, g->on, NULL) > g->on;
	o->is[STOP_MIXED] = g->product != NULL && mixes(f);
}

static void
of_programme(const struct facts *f, struct found *o)
{
	const struct giving *g = &f->giving;
	enum window w;

	if (g->programme == NULL)
		return;
	w = due_window(g->programme, f->birth, g->condition, g->on);
	o->is[STOP_WRONG_AGE] = w == WINDOW_AGE;
	o->is[STOP_WRONG_SEASON] = w == WINDOW_SEASON || w == WINDOW_OVER;
	o->is[STOP_HAD_ALL] = due_complete(f->schedule, g->vaccine, g->programme,
	    &f->history, g->on);
	o->is[STOP_OTHER_PRODUCT] = g->product != NULL &&
	    g->programme->product != NULL &&
	    strcmp(g->programme->product, g->product->code) != 0;
}

static void
of_giving(const struct facts *f, struct found *o)
{
	o->is[STOP_VACCINATOR] = !may_vaccinate(f->giving.vaccinator);
	o->is[STOP_FUTURE] = f->giving.at > f->now;
	of_lot(&f->giving, o);
	of_schedule(f, o);
	of_programme(f, o);
}

static void
of_closing(const struct facts *f, struct found *o)
{
	const struct closing *c = &f->closing;

	o->is[STOP_CLERK] = !may_vaccinate(f->professions);
	o->is[STOP_NOT_GIVEN] = !c->given;
	o->is[STOP_TOO_SOON] = c->given && c->at < c->until && !c->reason;
	o->is[STOP_NO_WATCHER] = c->given && !c->watched;
}

size_t
stops(enum gate gate, const struct facts *f, enum stop out[STOPS_N])
{
	struct found o = { { 0 } };
	size_t n = 0;

	if (gate == GATE_CLOSE)
		of_closing(f, &o);
	else
		of_form(f, &o);
	if (gate == GATE_JUDGE || gate == GATE_GIVE) {
		of_body(f, &o);
		of_judgement(f, &o);
	}
	if (gate == GATE_JUDGE)
		o.is[STOP_NOT_A_DOCTOR] = !may_judge(f->professions);
	if (gate == GATE_GIVE) {
		of_doctor(f, &o);
		of_giving(f, &o);
	}
	for (int i = 0; i < STOPS_N; i++)
		if (o.is[i])
			out[n++] = (enum stop)i;
	return n;
}
