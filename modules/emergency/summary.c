/*
 * The emergency summary: two lines for the radio, then eleven blocks in the order in
 * which a crew wants them. Each thing says how old it is, and nothing that is empty
 * is ambiguous.
 */
#include "summary.h"

#include "age.h"
#include "callees.h"
#include "emergency.h"
#include "file.h"
#include "file_sql.h"
#include "ips.h"
#include "opening_sql.h"
#include "profession.h"
#include "radio.h"
#include "viewer.h"
#include "wareki.h"

#include <stdlib.h>

/* How a section's columns are called in the model; NULL: unused. */
struct shape {
	const char *section;
	const char *a, *b, *c, *d, *flag, *begins_on;
};

static const struct shape shapes[] = {
	{ "allergies", "substance", "reaction", "category", "criticality" },
	{ "equipment", "name", "battery_hours", "settings", "supplier_phone",
	  "power_dependent" },
	{ "advance_directives", "summary", "author", "place", "resuscitation",
	  .begins_on = "stated_on" },
	{ "health_conditions", "name", "since", "facility", .flag = "past" },
	{ "medications", "name", "dose", "dosage", "prescriber",
	  "blood_thinner", "dispensed_on" },
	{ "immunizations", "vaccine_name", "product_name", "lot_number",
	  "adverse_events", "reported", "given_on" },
	{ 0 }
};

/* What is told of how she usually is, in order; the rest is not for a crew. */
static const struct {
	const char *name, *label, *none;
} usual[] = {
	{ "communication", N_("会話・意思の伝え方"), N_("支障はない") },
	{ "mobility", N_("移動・移乗"), N_("助けは要らない") },
	{ "independence_cognitive", N_("認知症高齢者の日常生活自立度"), N_("自立") },
	{ "vision_hearing", N_("見え方・聞こえ方"), N_("支障はない") },
	{ "behaviour", N_("認知・行動"), N_("気になることはない") },
	{ "eating", N_("食事・飲みこみ"), N_("助けは要らない") },
	{ NULL, NULL, NULL }
};

/* Values of record_vital_sign, as its rows join them. */
static const struct {
	const char *label, *unit;
	int tenths;
} values[] = {
	{ N_("体温"), "℃", 1 }, { N_("血圧（上）"), "mmHg", 0 },
	{ N_("血圧（下）"), "mmHg", 0 }, { N_("脈拍"), "/分", 0 },
	{ "SpO2", "%", 0 }, { N_("呼吸数"), "/分", 0 },
	{ N_("体重"), "kg", 1 }, { N_("血糖"), "mg/dL", 0 }
};

/* When, by whom, how many days ago, and whether that is long. */
static void
put_confirmed(struct req *r, struct model *o, struct db_maybe at,
    const char *name, const char *profession)
{
	int64_t days = at.set ? date_of(r->now) - date_of(at.v) : 0;

	put_text(o, "confirmed_by", name);
	put_text(o, "profession", profession == NULL ? NULL :
	    profession_name(profession));
	put_text(o, "freshness", !at.set ? NULL : days > OLD_DAYS ? "old" :
	    days > STALE_DAYS ? "stale" : "fresh");
	put_i64(o, "days", days);
	if (at.set)
		put_utc(o, "confirmed_at", at.v);
	else
		put_text(o, "confirmed_at", NULL);
}

/* "2.0" hours are 2; none is 0. */
static const char *
whole_hours(struct req *r, const char *text)
{
	size_t n = text == NULL ? 0 : strlen(text);

	if (n > 2 && strcmp(text + n - 2, ".0") == 0)
		return arena_copy(r->mem, text, n - 2);
	return text;
}

static void
put_shaped(struct req *r, struct model *o, const struct shape *s,
    const struct item *x, const struct item *asked)
{
	const char *const keys[] = { s->a, s->b, s->c, s->d };
	const char *const texts[] = { x->a, x->b, x->c, x->d };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i] != NULL)
			put_text(o, keys[i], strcmp(keys[i], "battery_hours") ==
			    0 ? whole_hours(r, texts[i]) : texts[i]);
	if (s->flag != NULL)
		put_bool(o, s->flag, x->flag.set && (x->flag.v & 1));
	if (s->begins_on != NULL && x->begins_on.set)
		put_date(o, s->begins_on, (civil_date)x->begins_on.v);
	else if (s->begins_on != NULL)
		put_text(o, s->begins_on, NULL);
	/* A fact holds as of its own confirmation or of its section's. */
	if (asked != NULL && (!x->at.set || asked->at.v > x->at.v))
		x = asked;
	put_confirmed(r, o, x->at, x->by_name, x->by_profession);
}

/* The state of a section, and who said that it is empty. */
static void
put_state(struct req *r, struct model *o, const char *state,
    const struct item *asked)
{
	put_text(o, "state", state);
	put_confirmed(r, o, asked == NULL ? (struct db_maybe){ 0 } : asked->at,
	    asked == NULL ? NULL : asked->by_name,
	    asked == NULL ? NULL : asked->by_profession);
}

static void
put_section(struct req *r, struct model *m, const struct shape *s,
    const struct item_rows *rows)
{
	const struct item *asked = items_field(rows, s->section);
	struct model *o = put_object(m, s->section);

	put_state(r, o, items_state(rows, s->section), asked);
	put_items(o, "items");
	for (size_t i = items_first(rows, s->section); i < rows->set.n;
	    i = items_next(rows, s->section, i))
		put_shaped(r, put_item(o, "items"), s, item_at(rows, i), asked);
}

/*
 * Blood thinners among the medications; unknown while these are. Of a list that
 * marks none of them nobody has said that there is none: `unmarked`.
 */
static void
put_thinners(struct req *r, struct model *m, const struct item_rows *rows)
{
	const struct item *asked = items_field(rows, "medications");
	struct model *o = put_object(m, "blood_thinners");
	const char *state = items_state(rows, "medications");
	const struct shape *s = shapes;
	int n = 0;

	while (strcmp(s->section, "medications") != 0)
		s++;
	put_items(o, "items");
	for (size_t i = items_first(rows, s->section); i < rows->set.n;
	    i = items_next(rows, s->section, i)) {
		const struct item *x = item_at(rows, i);

		if (!x->flag.set || !(x->flag.v & 1))
			continue;
		put_shaped(r, put_item(o, "items"), s, x, asked);
		n++;
	}
	if (n == 0 && strcmp(state, "present") == 0)
		state = "unmarked";
	put_state(r, o, state, asked);
}

static void
put_field(struct req *r, struct model *o, const char *name,
    const struct item_rows *rows)
{
	const struct item *x = items_field(rows, name);

	put_state(r, o, x == NULL ? "not_asked" : x->b, x);
	put_text(o, "value", x == NULL ? NULL : x->c);
}

static void
put_usual(struct req *r, struct model *m, const struct item_rows *rows)
{
	put_items(m, "usual");
	for (int i = 0; usual[i].name != NULL; i++) {
		struct model *o = put_item(m, "usual");

		put_text(o, "field", usual[i].name);
		put_text(o, "label", usual[i].label);
		put_text(o, "none", usual[i].none);
		put_field(r, o, usual[i].name, rows);
	}
}

static const char *
value_text(struct req *r, int i, long n)
{
	if (!values[i].tenths)
		return arena_printf(r->mem, "%ld", n);
	return arena_printf(r->mem, "%ld.%ld", n / 10, labs(n) % 10);
}

static void
put_vital_sign(struct req *r, struct model *m, const struct item_rows *rows)
{
	size_t at = items_first(rows, "vital_sign");
	const struct item *x;
	const char *p;
	struct model *o;

	put_text(m, "vital_sign", NULL);
	if (at == rows->set.n)
		return;
	x = item_at(rows, at);
	o = put_object(m, "vital_sign");
	put_confirmed(r, o, x->at, x->by_name, x->by_profession);
	put_items(o, "values");
	p = x->a;
	for (int i = 0; i < (int)(sizeof values / sizeof values[0]); i++) {
		char *end;
		long n = strtol(p, &end, 10);
		struct model *v;

		if (end != p) {
			v = put_item(o, "values");
			put_text(v, "label", values[i].label);
			put_text(v, "value", value_text(r, i, n));
			put_text(v, "unit", values[i].unit);
		}
		p = end + (*end == ',');
	}
}

/* Whether there is a picture of her that crews may see, and of when. */
static void
put_face(struct model *p, const struct item_rows *rows)
{
	size_t at = items_first(rows, "face");

	put_text(p, "face", NULL);
	if (at < rows->set.n)
		put_utc(put_object(p, "face"), "set_at",
		    item_at(rows, at)->at.v);
}

static void
put_identity(struct req *r, struct model *m, const struct opening *o,
    const struct item_rows *rows)
{
	struct model *p = put_object(m, "identity");
	char era[WAREKI_TEXT];

	put_ref(p, "id", o->id);
	put_text(p, "name", arena_printf(r->mem, "%s %s", o->family, o->given));
	put_text(p, "kana", o->kana);
	put_text(p, "sex", o->sex);
	put_date(p, "birth_date", o->birth_date);
	put_text(p, "birth_era", arena_text(r->mem,
	    wareki_text(o->birth_date, era)));
	put_i64(p, "age", age_on(o->birth_date, date_of(r->now)));
	put_text(p, "address", o->address);
	put_text(p, "phone", o->phone);
	put_text(p, "care_level", o->care_level);
	put_bool(p, "lives_alone", o->lives_alone);
	put_text(p, "whereabouts", o->whereabouts);
	put_text(p, "insurer_number", o->insurer_number);
	put_text(p, "insured_number", o->insured_number);
	put_face(p, rows);
}

static void
put_opening(struct req *r, struct model *m, const struct opening *o)
{
	struct model *p = put_object(m, "opening");

	put_ref(p, "id", o->opening);
	put_text(p, "basis", o->basis);
	put_text(p, "reason", o->reason);
	put_text(p, "dispatch_number", o->dispatch_number);
	put_utc(p, "opened_at", o->opened_at);
	put_utc(p, "until", o->until);
	put_i64(p, "minutes", (o->until - r->now + MINUTE_MS - 1) / MINUTE_MS);
	put_bool(p, "extended", o->extended_at.set);
}

/* Entries, the crew's reports, the team's answers. */
static void
put_words(struct model *m, const char *key, const char *section,
    const struct item_rows *rows)
{
	put_items(m, key);
	for (size_t i = items_first(rows, section); i < rows->set.n;
	    i = items_next(rows, section, i)) {
		const struct item *x = item_at(rows, i);
		struct model *o = put_item(m, key);

		put_ref(o, "id", x->id);
		put_text(o, "text", x->a);
		put_text(o, "more", x->b);
		put_text(o, "note", x->c);
		put_bool(o, "urgent", x->flag.set && x->flag.v != 0);
		put_utc(o, "at", x->at.v);
		put_text(o, "by", x->by_name);
		put_text(o, "profession", x->by_profession == NULL ? NULL :
		    profession_name(x->by_profession));
	}
}

/* What the hospitals say that were asked, and to which one it goes. */
static void
put_hospitals_asked(struct model *m, const struct item_rows *rows)
{
	put_text(m, "chosen_hospital", NULL);
	put_items(m, "hospitals_asked");
	for (size_t i = items_first(rows, "hospital"); i < rows->set.n;
	    i = items_next(rows, "hospital", i)) {
		const struct item *x = item_at(rows, i);
		struct model *o = put_item(m, "hospitals_asked");
		int chosen = x->flag.set && x->flag.v != 0;

		put_text(o, "name", x->a);
		put_text(o, "answer", x->b);
		put_text(o, "answer_note", x->c);
		put_text(o, "department", x->d);
		put_bool(o, "chosen", chosen);
		put_bool(o, "called_off", 0);
		if (chosen)
			put_text(m, "chosen_hospital", x->a);
	}
}

/* Of one who lives alone: who has the key, who looks in. */
static void
put_ledger(struct req *r, struct model *m, const struct item_rows *rows)
{
	size_t at = items_first(rows, "alone");
	const struct item *x;
	struct model *o;

	put_text(m, "alone", NULL);
	if (at == rows->set.n)
		return;
	x = item_at(rows, at);
	o = put_object(m, "alone");
	put_text(o, "keyholder", x->a);
	put_text(o, "keyholder_phone", x->b);
	put_text(o, "watcher", x->c);
	put_text(o, "note", x->d);
	put_confirmed(r, o, x->at, x->by_name, x->by_profession);
}

void
put_summary(struct req *r, struct model *m, const struct opening *o,
    const struct item_rows *rows)
{
	struct model *radio = put_object(m, "radio");
	int age = age_on(o->birth_date, date_of(r->now));

	put_text(radio, "who", radio_who(r, rows, age, o->sex));
	put_text(radio, "alerts", radio_alerts(r, rows));
	put_opening(r, m, o);
	put_identity(r, m, o, rows);
	for (const struct shape *s = shapes; s->section != NULL; s++)
		put_section(r, m, s, rows);
	put_thinners(r, m, rows);
	put_field(r, put_object(m, "infection"), "infection", rows);
	put_field(r, put_object(m, "preferred_hospital"), "preferred_hospital",
	    rows);
	put_field(r, put_object(m, "dwelling"), "dwelling", rows);
	put_field(r, put_object(m, "blood_group"), "blood_group", rows);
	put_callees(r, m, rows);
	put_usual(r, m, rows);
	put_vital_sign(r, m, rows);
	put_words(m, "entries", "entry", rows);
	put_words(m, "reports", "report", rows);
	put_words(m, "answers", "answer", rows);
	put_hospitals_asked(m, rows);
	put_ledger(r, m, rows);
}

int
summary_show(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);
	struct item_rows rows;

	if (o == NULL)
		return 404;
	opening_rows(r, o, &rows);
	if (r->fhir)
		return ips_answer(r, o, &rows);
	put_summary(r, m, o, &rows);
	put_channel(r, m, o->id);
	return 200;
}

/* Her face, for whoever has her open; the copy has it, too. */
int
face_show(struct req *r, struct model *m)
{
	const struct opening *o = opening_now(r);
	const struct face *f = NULL;

	(void)m;
	if (o == NULL)
		return 404;
	summary_face(r->db, &f, o->patient_id);
	if (f == NULL)
		return 404;
	return file_answer_sealed(r, &(struct stored_file){
		.file = f->file, .id = f->id, .network = f->network,
		.type = f->type, .name = f->name, .bytes = f->bytes,
		.generation = f->generation, .wrapped_key = f->wrapped_key
	}, &f->sealed);
}

int
handover_show(struct req *r, struct model *m)
{
	return summary_show(r, m);
}
