#include "audience.h"

#include "frame.h"
#include "page.h"
#include "profession.h"
#include "viewer.h"

/*
 * What is for the whole team reaches those who only look, such as a welfare
 * volunteer, when it is about daily life; all else whoever writes care there.
 */
static int64_t
reach_of(const char *kind)
{
	return strcmp(kind, "daily_life") == 0 ? 0 : 1;
}

/* The next word of a list joined by ","; NULL at its end. */
static const char *
next_word(struct req *r, const char **list)
{
	size_t n = strcspn(*list, ",");
	const char *word = *list;

	if (n == 0)
		return NULL;
	*list += n + (word[n] == ',');
	return arena_printf(r->mem, "%.*s", (int)n, word);
}

/* The author belongs to every audience of hers. */
static void
begin(struct req *r, struct audience *a)
{
	a->reach = 2;
	a->of = arena_printf(r->mem, ",u%lld,", (long long)r->viewer->user);
	a->names = NULL;
}

static void
add(struct req *r, struct audience *a, const char *key, const char *name)
{
	a->of = arena_printf(r->mem, "%s%s,", a->of, key);
	a->names = a->names == NULL ? name :
	    arena_printf(r->mem, "%s、%s", a->names, name);
}

static int
take_professions(struct req *r, struct audience *a)
{
	const char *list = in_many(r, "profession"), *code;

	begin(r, a);
	while ((code = next_word(r, &list)) != NULL) {
		const struct profession *p = profession_find(code);

		if (p == NULL)
			return refuse_input(r, "profession", "not_a_choice");
		add(r, a, arena_printf(r->mem, "p%s", code), p->ja);
	}
	return a->names == NULL ? refuse_input(r, "profession", "missing") : 0;
}

static const struct colleague *
find_member(const struct colleague_rows *team, const char *hex)
{
	struct ref id;

	if (ref_parse(hex, &id) != 0)
		return NULL;
	for (size_t i = 0; i < team->set.n; i++)
		if (memcmp(colleague_at(team, i)->id, &id, sizeof id) == 0)
			return colleague_at(team, i);
	return NULL;
}

const struct colleague *
audience_member(struct req *r, const char *hex)
{
	struct colleague_rows team;

	timeline_members(r->db, &team, viewer_patient(r));
	return find_member(&team, hex);
}

static int
take_people(struct req *r, struct audience *a)
{
	const char *list = in_many(r, "person"), *hex, *own = NULL;
	struct colleague_rows team;

	begin(r, a);
	timeline_members(r->db, &team, viewer_patient(r));
	while ((hex = next_word(r, &list)) != NULL) {
		const struct colleague *x = find_member(&team, hex);

		if (x == NULL)
			return refuse_input(r, "person", "not_a_choice");
		if (x->user_id == r->viewer->user)
			own = x->name;	/* is of it anyway */
		else
			add(r, a, arena_printf(r->mem, "u%lld",
			    (long long)x->user_id), x->name);
	}
	if (a->names == NULL)
		a->names = own;
	return a->names == NULL ? refuse_input(r, "person", "missing") : 0;
}

static int
take_network(struct req *r, struct audience *a)
{
	const struct ref *id = in_ref(r, "disease_network");
	struct bound_rows rows;

	if (id == NULL)
		return refuse_input(r, "disease_network", "missing");
	begin(r, a);
	timeline_bounds(r->db, &rows, viewer_patient(r), r->viewer->user,
	    r->viewer->office);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct bound *x = bound_at(&rows, i);

		if (ref_same(x->id, id))
			add(r, a, arena_printf(r->mem, "n%lld",
			    (long long)x->disease_network_id), x->name);
	}
	return a->names == NULL ?
	    refuse_input(r, "disease_network", "not_a_choice") : 0;
}

int
audience_take(struct req *r, const char *kind, struct audience *a)
{
	const char *word = in_text(r, "audience");

	a->word = word == NULL ? "team" : word;
	a->reach = reach_of(kind);
	a->of = ",";
	a->names = NULL;
	if (strcmp(a->word, "professions") == 0)
		return take_professions(r, a);
	if (strcmp(a->word, "named") == 0)
		return take_people(r, a);
	if (strcmp(a->word, "disease_network") == 0)
		return take_network(r, a);
	return 0;
}

/* In the order of the screen. Medical ones are written by medical professions. */
static const struct {
	const char *kind, *label;
	unsigned right;
} kinds[] = {
	{ "note", N_("連絡"), RIGHT_CARE },
	{ "observation", N_("ようす・観察"), RIGHT_CARE },
	{ "medication", N_("くすり"), RIGHT_MEDICAL },
	{ "diagnosis", N_("診断・治療"), RIGHT_MEDICAL },
	{ "daily_life", N_("くらし"), RIGHT_CARE },
	{ "plan", N_("予定・方針"), RIGHT_CARE },
	{ "report", N_("訪問の報告"), RIGHT_CARE },
};

void
audience_offer(struct req *r, struct model *m)
{
	int offered = 0;

	put_items(m, "kinds");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct model *k;

		if (!frame_offers(r->viewer, kinds[i].kind, kinds[i].right))
			continue;
		k = put_item(m, "kinds");
		put_text(k, "kind", kinds[i].kind);
		put_text(k, "label", kinds[i].label);
		put_bool(k, "first", !offered);
		offered = 1;
	}
	put_bool(m, "writes", offered);
}
