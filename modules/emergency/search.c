/*
 * The search: how many there may be, and, once enough was said, who. What a row
 * shows is little; only the opening of a person shows more.
 */
#include "emergency.h"

#include "age.h"
#include "query.h"
#include "search_sql.h"
#include "viewer.h"

enum { COUNTED = 101, LISTED = 10, KEYS_WANTED = 2, KANA_WANTED = 2 };

#define EVER_FROM ((civil_date)-36524)	/* 1870: nobody is older */
#define EVER_TO ((civil_date)73049)	/* 2170 */

/* A range that holds every text, as an absent condition. */
#define ANY_END "\xF4\x8F\xBF\xBF"

/* One search as the statements take it. */
struct wanted {
	const char *sound, *sound_end, *written, *written_end;
	const char *family;		/* a single word's sound, or NULL */
	civil_date from, to;
};

/* The first text that does not begin with this one. */
static const char *
behind(struct req *r, const char *prefix)
{
	char *end = arena_text(r->mem, prefix);

	if (*end == '\0')
		return ANY_END;
	end[strlen(end) - 1]++;		/* UTF-8's last byte is below 0xff */
	return end;
}

static struct wanted
wanted_of(struct req *r, const struct query *q)
{
	struct wanted w = { "", ANY_END, "", ANY_END, NULL, EVER_FROM, EVER_TO };
	const char *joined = "";
	char sound[SOUND_BYTES];

	for (int i = 0; i < q->nwords; i++)
		joined = arena_printf(r->mem, "%s%s", joined, q->word[i]);
	if (q->nwords > 0 && q->kana && sound_fold(joined, sound) == 0) {
		w.sound = arena_text(r->mem, sound);
		w.sound_end = behind(r, w.sound);
		w.family = q->nwords == 1 ? w.sound : NULL;
	} else if (q->nwords > 0) {
		w.written = joined;
		w.written_end = behind(r, w.written);
	}
	if (q->has_birth) {
		w.from = q->born_from;
		w.to = q->born_to;
	}
	return w;
}

static void
look_in_place(struct req *r, const struct query *q, const struct wanted *w,
    struct hit_rows *out)
{
	/* Behind "1-4" comes "1-4-203", but not "1-40". */
	const char *end = arena_printf(r->mem, "%s.", q->place.numbers);

	if (q->place.numbers[0] == '\0')
		search_by_area(r->db, out, r->viewer->network, q->place.area,
		    w->sound, w->sound_end, w->written, w->written_end, w->from,
		    w->to, COUNTED);
	else
		search_by_place(r->db, out, r->viewer->network, q->place.area,
		    q->place.numbers, end, w->sound, w->sound_end, w->written,
		    w->written_end, w->from, w->to, COUNTED);
}

static void
look(struct req *r, const struct query *q, struct hit_rows *out)
{
	const struct viewer *v = r->viewer;
	struct wanted w = wanted_of(r, q);

	*out = (struct hit_rows){ 0 };
	if (q->phone[0] != '\0') {
		search_by_phone(r->db, out, v->network, q->phone, COUNTED);
		return;
	}
	if (q->card[0] != '\0') {
		search_by_card(r->db, out, v->network, q->card, COUNTED);
		return;
	}
	if (q->has_place) {
		look_in_place(r, q, &w, out);
		return;
	}
	if (w.family != NULL && q->has_birth)
		search_by_family(r->db, out, v->network, w.family, w.from, w.to, COUNTED);
	if (out->set.n == 0 && w.sound[0] != '\0' && q->has_birth)
		search_by_whole(r->db, out, v->network, w.sound, w.from, w.to, COUNTED);
	if (out->set.n > 0)
		return;
	if (w.written[0] != '\0')
		search_by_written(r->db, out, v->network, w.written,
		    w.written_end, w.from, w.to, COUNTED);
	else if (strlen(w.sound) >= 3 * KANA_WANTED)
		search_by_sound(r->db, out, v->network, w.sound, w.sound_end,
		    w.from, w.to, COUNTED);
}

/* Name, age and part of the town: no more of anybody who is not opened. */
static void
put_candidate(struct req *r, struct model *o, const struct candidate *c)
{
	const char *numbers = c->numbers == NULL ? "" : c->numbers;

	put_ref(o, "id", c->id);
	put_text(o, "name", arena_printf(r->mem, "%s %s", c->family, c->given));
	put_i64(o, "age", age_on(c->birth_date, date_of(r->now)));
	put_text(o, "place", c->area == NULL ? NULL : arena_printf(r->mem,
	    "%s%.*s", c->area, (int)strcspn(numbers, "-"), numbers));
	put_bool(o, "consented", c->consented);
	put_bool(o, "opened", c->opened);
	req_audit_subject(r, c->patient_id);
}

static void
put_candidates(struct req *r, struct model *m, const struct hit_rows *hits)
{
	const char *ids = "";
	struct candidate_rows rows;

	put_items(m, "candidates");
	if (hits->set.n == 0)
		return;
	for (size_t i = 0; i < hits->set.n; i++)
		ids = arena_printf(r->mem, "%s%s%lld", ids, i == 0 ? "[" : ",",
		    (long long)hit_at(hits, i)->patient_id);
	search_candidates(r->db, &rows, arena_printf(r->mem, "%s]", ids),
	    r->viewer->network, r->viewer->user, r->now);
	for (size_t i = 0; i < rows.set.n; i++)
		put_candidate(r, put_item(m, "candidates"),
		    candidate_at(&rows, i));
}

/* What a page with none, or too many, says instead. */
static void
put_result(struct model *m, const char *q, size_t found, int enough)
{
	put_text(m, "q", q);
	put_bool(m, "asked", 1);
	put_i64(m, "found", (int64_t)found);
	put_bool(m, "many", found >= COUNTED);
	put_bool(m, "enough", enough);
}

int
search_home(struct req *r, struct model *m)
{
	put_result(m, NULL, 0, 0);
	put_bool(m, "asked", 0);
	put_items(m, "candidates");
	put_open_now(r, m);
	return 200;
}

int
search_find(struct req *r, struct model *m)
{
	struct hit_rows rows = { 0 };
	struct query q, area;
	int enough;

	if (query_parse(in_text(r, "q"), date_of(r->now), &q) < 0)
		return refuse_input(r, "q", "malformed");
	look(r, &q, &rows);
	area = q;
	if (rows.set.n == 0 && query_area(&area) == 0) {
		look(r, &area, &rows);
		q = rows.set.n > 0 ? area : q;
	}
	enough = (query_keys(&q) >= KEYS_WANTED || q.phone[0] != '\0' ||
	    q.card[0] != '\0') && rows.set.n <= LISTED;
	put_result(m, in_text(r, "q"), rows.set.n, enough);
	if (!enough)
		rows.set.n = 0;
	put_candidates(r, m, &rows);
	put_open_now(r, m);
	return 200;
}

int
search_card(struct req *r, struct model *m)
{
	struct hit_rows rows;

	search_by_link(r->db, &rows, r->viewer->network, in_path(r, "card"));
	put_result(m, NULL, rows.set.n, 1);
	put_candidates(r, m, &rows);
	put_open_now(r, m);
	return 200;
}
