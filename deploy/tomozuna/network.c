#include "tomozuna.h"

#include "code.h"
#include "network_sql.h"
#include "notice.h"

#include <math.h>

enum { NICKNAME_MOST = 40, SENDER_MOST = 40, PHONE_MOST = 20, WORD_MOST = 10,
	KEEP_LEAST = 5 /* 医師法24条 */, KEEP_MOST = 99 };

/* ---- colour ---- */

/* A channel of sRGB in linear light (WCAG 2, relative luminance). */
static double
linear(unsigned channel)
{
	double c = channel / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* White text stands on it: 4.5 to 1 is what everybody can read. */
static int
check_colour(const char *colour)
{
	unsigned r, g, b;
	double light, contrast;
	int end = 0;

	if (colour == NULL)
		return 0;
	if (strlen(colour) != 7 || sscanf(colour, "#%2x%2x%2x%n", &r, &g, &b,
	    &end) != 3 || end != 7)
		return complain("a colour is #rrggbb"), -1;
	light = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
	contrast = 1.05 / (light + 0.05);
	if (contrast >= 4.5)
		return 0;
	return complain("white on %s has a contrast of %.1f to 1; 4.5 are "
	    "needed: choose a darker one", colour, contrast), -1;
}

/* ---- add, set ---- */

struct words {
	const char *nickname, *colour, *sender, *phone, *patient_word;
};

static int
take_words(struct admin *a, struct words *w)
{
	if (arg_text(a, "--nickname", NICKNAME_MOST, &w->nickname) < 0 ||
	    arg_text(a, "--sender", SENDER_MOST, &w->sender) < 0 ||
	    arg_text(a, "--phone", PHONE_MOST, &w->phone) < 0)
		return -1;
	w->colour = arg(a, "--colour");
	return check_colour(w->colour);
}

static int
add(struct admin *a)
{
	struct municipality_code code;
	struct words w = { 0 };
	struct ref ref = ref_new();

	if (municipality_code_parse(arg(a, "CODE"), &code) < 0)
		return complain("CODE is a municipality code of six digits");
	if (take_words(a, &w) < 0)
		return 1;
	work_write(a);
	network_add(a->db, &ref, code.text, w.nickname, w.colour, w.sender,
	    w.phone);
	return work_end(a);
}

/* yes or no; absent: *out stays unset. */
static int
take_yes(const struct admin *a, const char *name, struct db_maybe *out)
{
	const char *text = arg(a, name);

	if (text == NULL)
		return 0;
	if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
		return complain("%s is yes or no", name), -1;
	*out = (struct db_maybe){ 1, text[0] == 'y' };
	return 0;
}

static int
take_number(struct admin *a, const char *name, int64_t most,
    struct db_maybe *out)
{
	out->set = arg(a, name) != NULL;
	return arg_number(a, name, 0, most, &out->v);
}

static int
check_patient_word(const char *w)
{
	if (w == NULL || strcmp(w, "患者") == 0 || strcmp(w, "利用者") == 0 ||
	    strcmp(w, "対象者") == 0)
		return 0;
	return complain("--patient-word is 患者, 利用者 or 対象者"), -1;
}

/* What a network decides about teams; what is not given stays. */
struct rules {
	const char *registers;
	struct db_maybe patient_approves, consent_image, keep_years;
};

static int
take_rules(struct admin *a, struct rules *r)
{
	int64_t years = 0;

	r->registers = arg(a, "--registers");
	if (r->registers != NULL && strcmp(r->registers, "office") != 0 &&
	    strcmp(r->registers, "officer") != 0)
		return complain("--registers is office or officer"), -1;
	if (take_yes(a, "--patient-approves", &r->patient_approves) < 0 ||
	    take_yes(a, "--consent-image", &r->consent_image) < 0 ||
	    arg_number(a, "--keep-years", KEEP_LEAST, KEEP_MOST, &years) < 0)
		return -1;
	r->keep_years = (struct db_maybe){ years != 0, years };
	return 0;
}

/* 0 or -1; the office that joins every team. */
static int
find_officers(struct admin *a, struct db_maybe *office)
{
	if (arg(a, "--officer-office") == NULL)
		return 0;
	office->v = find_office(a, arg(a, "--officer-office"), NULL);
	office->set = office->v != 0;
	return office->set ? 0 : -1;
}

static int
set(struct admin *a)
{
	struct words w = { 0 };
	struct rules r = { 0 };
	struct db_maybe cap = { 0, 0 }, sen = { 0, 0 }, named = { 0, 0 };
	struct db_maybe minutes = { 0, 0 }, times = { 0, 0 };
	struct db_maybe officers = { 0, 0 };
	int64_t id;

	if (take_words(a, &w) < 0 ||
	    arg_text(a, "--patient-word", WORD_MOST, &w.patient_word) < 0 ||
	    check_patient_word(w.patient_word) < 0 ||
	    take_number(a, "--sms-cap", 10000000, &cap) < 0 ||
	    take_number(a, "--sms-unit-sen", 999999, &sen) < 0 ||
	    take_yes(a, "--named-receipts", &named) < 0 ||
	    take_number(a, "--urgent-again-minutes", 60, &minutes) < 0 ||
	    take_number(a, "--urgent-again-times", 6, &times) < 0 ||
	    take_rules(a, &r) < 0)
		return 1;
	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0 || find_officers(a, &officers) < 0)
		return work_drop(a);
	network_set(a->db, id, w.nickname, w.colour, w.sender, w.phone,
	    w.patient_word, cap, sen, named, minutes, times, r.registers,
	    r.patient_approves, r.consent_image, r.keep_years, officers);
	return work_end(a);
}

/* ---- switches ---- */

/* 1, 0, or -1 after a line. */
static int
take_on(const struct admin *a)
{
	const char *text = arg(a, "ON");

	if (strcmp(text, "on") == 0 || strcmp(text, "off") == 0)
		return text[1] == 'n';
	return complain("ON is on or off"), -1;
}

static int
switch_notice(struct admin *a)
{
	const char *kind = arg(a, "KIND"), *channel = arg(a, "CHANNEL");
	const struct notice_kind *k = notice_kind_find(kind);
	int on = take_on(a);
	int64_t id;

	if (on < 0)
		return 1;
	if (k == NULL)
		return complain("there is no kind of notice %s", kind);
	if (strcmp(channel, "mail") != 0 && strcmp(channel, "sms") != 0)
		return complain("CHANNEL is mail or sms");
	if (on && channel[0] == 's' && !k->sms_allowed)
		return complain("%s is never sent by SMS", kind);
	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	network_record_choice(a->db, id, kind, channel, on, a->now);
	if (network_choose_again(a->db, id, kind, channel, on) == 0)
		network_choose(a->db, id, kind, channel, on);
	return work_end(a);
}

/* Without these two nobody could sign in, or see whom one looks after. */
static int
is_needed(const char *module)
{
	return strcmp(module, "identity") == 0 ||
	    strcmp(module, "patient") == 0;
}

static int
switch_module(struct admin *a)
{
	const char *name = arg(a, "MODULE");
	const struct known *known;
	int on = take_on(a);
	int64_t id;

	if (on < 0)
		return 1;
	if (!on && is_needed(name))
		return complain("nothing works without %s", name);
	work_write(a);
	network_module_known(a->db, &known, name);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0 || known == NULL)
		return work_drop(a);
	if (known->n == 0)
		return (void)work_drop(a),
		    complain("there is no module %s with a tab here", name);
	if (network_enable_again(a->db, id, name, on) == 0)
		network_enable(a->db, id, name, on);
	return work_end(a);
}

/* What is switched otherwise than by default. */
static int
switches(struct admin *a)
{
	struct table *t = table_new(a->mem, "what", "by", "is", NULL);
	struct decided_rows rows;
	int64_t id;

	work_read(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	network_decisions(a->db, &rows, id);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct decided *s = decided_at(&rows, i);

		table_row(t, s->name, s->channel, s->wanted ? "on" : "off");
	}
	table_print(t);
	return 0;
}

/* ---- municipalities: whose public bulletins the network sees ---- */

static int
change_place(struct admin *a)
{
	struct municipality_code code;
	struct place_rows rows;
	struct table *t = table_new(a->mem, "municipality", NULL);
	char five[6];
	int64_t id;

	if (municipality_code_parse(arg(a, "MUNICIPALITY"), &code) < 0)
		return complain("MUNICIPALITY is a municipality code");
	(void)snprintf(five, sizeof five, "%.5s", code.text);
	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	if (arg(a, "--remove") != NULL)
		network_remove_place(a->db, id, five);
	else
		network_add_place(a->db, id, five);
	network_places(a->db, &rows, id);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++)
		table_row(t, place_at(&rows, i)->municipality);
	table_print(t);
	return 0;
}

/* ---- list ---- */

static int
list(struct admin *a)
{
	struct network_rows rows;
	struct table *t = table_new(a->mem, "code", "nickname", "colour",
	    "sender", "phone", "word", "SMS cap", "sen", "offices", "users",
	    "patients", NULL);

	work_read(a);
	network_list(a->db, &rows);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct network *n = network_at(&rows, i);

		table_row(t, n->code, n->nickname, n->colour, n->sender,
		    n->phone, n->patient_word, table_number(a->mem, n->cap),
		    table_number(a->mem, n->sen),
		    table_number(a->mem, n->offices),
		    table_number(a->mem, n->users),
		    table_number(a->mem, n->patients));
	}
	table_print(t);
	return 0;
}

const struct command network_commands[] = {
	{ "network", "add", "CODE --nickname TEXT --colour #RRGGBB "
	  "--sender TEXT --phone PHONE", "a new network, by the municipality "
	  "code of its seat", add, 0 },
	{ "network", "list", "", "networks, with what belongs to them",
	  list, 0 },
	{ "network", "set", "CODE [--nickname TEXT] [--colour #RRGGBB] "
	  "[--sender TEXT] [--phone PHONE] [--patient-word WORD] "
	  "[--sms-cap UNITS] [--sms-unit-sen SEN] [--named-receipts YES] "
	  "[--urgent-again-minutes MINUTES] [--urgent-again-times TIMES] "
	  "[--registers WHO] [--patient-approves YES] [--consent-image YES] "
	  "[--keep-years YEARS] [--officer-office OFFICE]",
	  "changes what is given, and nothing else", set, 0 },
	{ "network", "module", "CODE MODULE ON", "whether a network has a "
	  "module at all (on, off)", switch_module, 0 },
	{ "network", "switches", "CODE", "what is switched otherwise than by "
	  "default", switches, 0 },
	{ "network", "switch", "CODE KIND CHANNEL ON", "whether a kind of "
	  "notice is sent by mail or sms at all (on, off)", switch_notice, 0 },
	{ "network", "municipality", "CODE MUNICIPALITY [--remove]",
	  "a municipality whose public bulletins the network sees; prints all "
	  "of them", change_place, 0 },
	{ 0 }
};
