#include "frame.h"

#include "frame_sql.h"
#include "profession.h"
#include "viewer.h"
#include "wareki.h"

#include <pthread.h>

/*
 * Networks, tabs, switches and public warnings as they were read last. They
 * stand on every page; so they are not asked for at each request. A switch
 * holds within the few seconds between two readings.
 */
static struct {
	pthread_rwlock_t lock;
	struct arena *mem;
	struct network_rows networks;
	struct tab_rows tabs;
	struct off_rows offs;
	struct kinds_rows kinds;
	struct alert_rows alerts;
} kept = { .lock = PTHREAD_RWLOCK_INITIALIZER };

enum { KEPT_BYTES = 1024 * 1024 };

void
frame_refresh(struct db *db, struct arena *scratch)
{
	struct arena *mem = arena_new(KEPT_BYTES), *old;
	struct network_rows networks;
	struct tab_rows tabs;
	struct off_rows offs;
	struct kinds_rows kinds;
	struct alert_rows alerts;

	(void)scratch;
	db_begin(db, mem, 0);
	frame_networks(db, &networks);
	frame_tabs(db, &tabs);
	frame_offs(db, &offs);
	frame_kinds(db, &kinds);
	frame_alerts(db, &alerts);
	if (db_end(db) != DB_FINE) {
		arena_free(mem);
		return;
	}
	pthread_rwlock_wrlock(&kept.lock);
	old = kept.mem;
	kept.mem = mem;
	kept.networks = networks;
	kept.tabs = tabs;
	kept.offs = offs;
	kept.kinds = kinds;
	kept.alerts = alerts;
	pthread_rwlock_unlock(&kept.lock);
	arena_free(old);
}

/* With the lock held. */
static int
is_off(int64_t network, const char *module)
{
	for (size_t i = 0; i < kept.offs.set.n; i++) {
		const struct off *o = off_at(&kept.offs, i);

		if (o->network_id == network && strcmp(o->module, module) == 0)
			return 1;
	}
	return 0;
}

int
frame_off(int64_t network, const char *module)
{
	int off;

	pthread_rwlock_rdlock(&kept.lock);
	off = is_off(network, module);
	pthread_rwlock_unlock(&kept.lock);
	return off;
}

/* A network's own rights of a profession, or NULL. Lock held. */
static const struct kinds *
own_kinds(int64_t network, const char *profession)
{
	for (size_t i = 0; i < kept.kinds.set.n; i++) {
		const struct kinds *k = kinds_at(&kept.kinds, i);

		if (k->network_id == network &&
		    strcmp(k->profession, profession) == 0)
			return k;
	}
	return NULL;
}

/* Whether a word stands in a list joined by ",". */
static int
has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)) != NULL; at += n)
		if ((at == list || at[-1] == ',') &&
		    (at[n] == ',' || at[n] == '\0'))
			return 1;
	return 0;
}

/* Whether a profession may write a kind: as its network says, or by its own right. */
static int
offers(int64_t network, const struct profession *p, const char *kind,
    unsigned right)
{
	const struct kinds *k = own_kinds(network, p->code);
	int writes = (p->rights & right) != 0;

	if (k != NULL && k->writes != NULL)
		writes = has_word(k->writes, kind);
	if (k != NULL && k->sees != NULL)
		writes = writes && has_word(k->sees, kind);
	return writes;
}

int
frame_offers(const struct viewer *v, const char *kind, unsigned right)
{
	const struct profession *p;
	int writes = 0;

	pthread_rwlock_rdlock(&kept.lock);
	for (size_t i = 0; !writes && (p = profession_at(i)) != NULL; i++)
		writes = has_word(v->professions, p->code) &&
		    offers(v->network, p, kind, right);
	pthread_rwlock_unlock(&kept.lock);
	return writes;
}

/* Fills {patient} in; NULL when the tab wants one and there is none. */
static const char *
tab_path(struct req *r, const char *path, const struct strip *strip)
{
	static const char mark[] = "{patient}";
	const char *at = strstr(path, mark);
	char hex[REF_HEX];

	if (at == NULL)
		return arena_text(r->mem, path);
	if (strip == NULL)
		return NULL;
	return arena_printf(r->mem, "%.*s%s%s", (int)(at - path), path,
	    ref_hex(strip->id, hex), at + sizeof mark - 1);
}

static void
put_tab(struct req *r, struct model *m, const struct tab *t,
    const struct strip *strip)
{
	int of_patient = strcmp(t->place, "patient") == 0;
	const char *path = tab_path(r, t->path, strip);
	struct model *item;

	if (is_off(r->audit->network, t->module) ||
	    (t->roles != NULL && !viewer_has_one(r->viewer, t->roles)))
		return;
	if (path == NULL || of_patient != (strstr(t->path, "{patient}") != NULL))
		return;
	item = put_item(m, of_patient ? "patient_tabs" : "tabs");
	put_text(item, "path", path);
	put_text(item, "label", arena_text(r->mem, t->label));
	put_text(item, "module", arena_text(r->mem, t->module));
	put_bool(item, "here", strcmp(t->path, r->route->path) == 0);
}

/* How a network calls whom it looks after: one of the words that have an English. */
static const char *
patient_word_of(const char *chosen)
{
	static const char *const words[] = {
		N_("患者"), N_("利用者"), N_("対象者")
	};
	size_t i = sizeof words / sizeof words[0];

	while (--i > 0 && strcmp(words[i], chosen) != 0)
		;
	return words[i];
}

static void
put_network(struct req *r, struct model *m, int64_t network)
{
	size_t n = kept.networks.set.n;

	for (size_t i = 0; i < n; i++) {
		const struct network *w = network_at(&kept.networks, i);
		struct model *o;

		if (w->network_id != network && !(network == 0 && n == 1))
			continue;
		o = put_object(m, "network");
		put_text(o, "nickname", arena_text(r->mem, w->nickname));
		put_text(o, "colour", arena_text(r->mem, w->colour));
		put_text(o, "phone", arena_text(r->mem, w->phone));
		put_text(o, "patient_word", patient_word_of(w->patient_word));
	}
}

/* Whether there is a page that says more of it, and this is not that. */
static int
leads_to_bulletins(const struct req *r)
{
	if (strncmp(r->route->path, "/bulletins", 10) == 0)
		return 0;
	for (size_t i = 0; i < kept.tabs.set.n; i++)
		if (strcmp(tab_at(&kept.tabs, i)->module, "bulletin") == 0)
			return 1;
	return 0;
}

static void
put_alert(struct req *r, struct model *m, int64_t network)
{
	for (size_t i = 0; i < kept.alerts.set.n; i++) {
		const struct alert *a = alert_at(&kept.alerts, i);
		struct model *o;

		if (a->network_id != network || !leads_to_bulletins(r))
			continue;
		o = put_object(m, "alert");
		put_text(o, "names", arena_text(r->mem, a->names));
		put_bool(o, "extreme", a->extreme);
	}
}

static void
put_strip(struct req *r, struct model *m, const struct strip *s)
{
	int medical = (profession_rights(r->viewer->professions) & RIGHT_VIEW) != 0;
	struct model *o = put_object(m, "patient");
	char era[WAREKI_BOTH];

	put_id(o, s->id);
	put_text(o, "name", s->name);
	put_text(o, "kana", s->kana);
	put_i64(o, "age", s->age);
	put_text(o, "sex", s->sex);
	put_date(o, "birth_date", s->birth_date);
	put_text(o, "birth_era", arena_text(r->mem,
	    wareki_both(s->birth_date, era)));
	put_text(o, "whereabouts", s->whereabouts);
	put_text(o, "care_level", s->care_level);
	put_bool(o, "medical", medical);
	put_text(o, "allergies", medical ? s->allergies : NULL);
	put_bool(o, "blood_thinner", medical && s->blood_thinner);
	put_text(o, "equipment", s->equipment);
	put_bool(o, "has_portrait", s->portrait);
	put_bool(o, "stand_in", r->viewer->stand_in);
}

static void
put_viewer(struct model *m, const struct viewer *v)
{
	struct model *o = put_object(m, "viewer");
	unsigned rights = profession_rights(v->professions);
	const struct profession *p;

	put_text(o, "family", v->family);
	put_text(o, "given", v->given);
	put_text(o, "office", v->office_name);
	put_text(o, "profession", profession_name(v->profession));
	put_items(o, "further");
	for (size_t i = 0; (p = profession_at(i)) != NULL; i++)
		if (has_word(v->professions, p->code) &&
		    strcmp(v->profession, p->code) != 0)
			put_text(put_item(o, "further"), "profession", p->ja);
	put_bool(o, "on_duty", v->on_duty);
	put_bool(o, "office_manager", v->office_manager);
	put_bool(o, "writes_care", (rights & RIGHT_CARE) != 0);
	put_bool(o, "writes_medical", (rights & RIGHT_MEDICAL) != 0);
}

/* As of when this is, while MariaDB does not answer. */
static void
put_away(const struct req *r, struct model *o)
{
	int64_t seconds = (r->now - r->away) / SECOND_MS;

	put_utc(o, "as_of", r->away);
	put_i64(o, "seconds", seconds < 0 ? 0 : seconds);
	put_i64(o, "minutes", seconds / 60);
	put_bool(o, "long", seconds >= 120);
}

void
frame(struct req *r, struct model *m)
{
	const struct viewer *v = r->viewer;

	put_date(m, "today", date_of(r->now));
	put_text(m, "network", NULL);
	put_text(m, "viewer", NULL);
	put_text(m, "alert", NULL);
	put_text(m, "patient", NULL);
	put_text(m, "away", NULL);
	if (r->away != 0)
		put_away(r, put_object(m, "away"));
	put_items(m, "tabs");
	put_items(m, "patient_tabs");
	pthread_rwlock_rdlock(&kept.lock);
	put_network(r, m, r->audit->network);
	if (v != NULL && !v->locked)
		for (size_t i = 0; i < kept.tabs.set.n; i++)
			put_tab(r, m, tab_at(&kept.tabs, i), v->strip);
	if (v != NULL && !v->locked && r->route != NULL)
		put_alert(r, m, v->network);
	pthread_rwlock_unlock(&kept.lock);
	if (v == NULL)
		return;
	put_viewer(m, v);
	if (v->strip != NULL)
		put_strip(r, m, v->strip);
}
