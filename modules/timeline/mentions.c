/* Who is named in an entry: found in its text, kept, marked. */
#include "mention.h"

#include "gram.h"
#include "mention_sql.h"

enum { AT_SIGN = '@', NAMES = 4 };

/* Letters as the search has them: forms, kana and blanks make no difference. */
struct letters {
	const int32_t *points;
	size_t n;
};

struct known {
	const struct nameable *who;
	struct letters names[NAMES];
};

struct named {
	const char *keys, *names;	/* ",12,45,"; in words, NULL: nobody */
	int n;
};

static struct letters
letters_of(struct req *r, const char *text)
{
	struct letters l;

	l.points = gram_fold(r->mem, text, &l.n);
	return l;
}

static struct known *
know(struct req *r, const struct nameable_rows *readers)
{
	struct known *all = arena_take_many(r->mem, readers->set.n + 1, sizeof *all);

	for (size_t i = 0; i < readers->set.n; i++) {
		const struct nameable *p = nameable_at(readers, i);

		all[i].who = p;
		all[i].names[0] = letters_of(r, p->name);
		all[i].names[1] = letters_of(r, p->family);
		all[i].names[2] = letters_of(r, p->kana);
		all[i].names[3] = letters_of(r, p->kana_family);
	}
	return all;
}

/* How long the longest of her names is that the text begins with; 0: none. */
static size_t
longest(struct letters text, const struct known *k)
{
	size_t best = 0;

	for (size_t i = 0; i < NAMES; i++) {
		const struct letters *x = &k->names[i];

		if (x->n > best && x->n <= text.n && memcmp(x->points,
		    text.points, x->n * sizeof *x->points) == 0)
			best = x->n;
	}
	return best;
}

static void
add(struct req *r, struct named *to, const struct nameable *p)
{
	const char *key = arena_printf(r->mem, ",%lld,", (long long)p->user_id);

	if (to->n == MENTIONED_MAX || strstr(to->keys, key) != NULL)
		return;
	to->n++;
	to->keys = arena_printf(r->mem, "%s%s", to->keys, key + 1);
	to->names = to->names == NULL ? p->name :
	    arena_printf(r->mem, "%s、%s", to->names, p->name);
}

/* Those with whose names the text behind an `@` begins, the longest ones. */
static void
add_those(struct req *r, struct named *to, struct letters text,
    const struct known *all, size_t n)
{
	size_t best = 0;

	for (size_t i = 0; i < n; i++) {
		size_t length = longest(text, &all[i]);

		best = length > best ? length : best;
	}
	for (size_t i = 0; best > 0 && i < n; i++)
		if (longest(text, &all[i]) == best)
			add(r, to, all[i].who);
}

/* The first `@` of a text from a place on; its length if there is none. */
static size_t
next_at(struct letters text, size_t from)
{
	while (from < text.n && text.points[from] != AT_SIGN)
		from++;
	return from;
}

int
mention_keep(struct req *r, const struct draft_entry *e)
{
	struct letters text = letters_of(r, e->body);
	struct named named = { ",", NULL, 0 };
	size_t at = next_at(text, 0);
	struct nameable_rows readers;
	const struct known *all;

	if (at == text.n)
		return 0;
	mention_readers(r->db, &readers, e->patient, e->id);
	all = know(r, &readers);
	for (; at < text.n; at = next_at(text, at + 1))
		add_those(r, &named, (struct letters){ text.points + at + 1,
		    text.n - at - 1 }, all, readers.set.n);
	if (named.n == 0)
		return 0;
	mention_note(r->db, e->patient, e->id, named.keys, named.names);
	mention_mark(r->db, e->patient, e->id, r->now);
	return named.n;
}
