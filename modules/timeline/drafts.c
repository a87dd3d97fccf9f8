#include "drafts.h"

#include "draft_sql.h"
#include "own_key.h"
#include "seal.h"
#include "settings.h"
#include "text.h"
#include "viewer.h"

enum { LINES_BEFORE = 6 };

/* Where a draft belongs: sealed for one place, it opens at no other. */
struct place {
	int64_t patient;
	struct ref to;
};

static const struct ref no_entry;

static struct place
place_of(struct req *r, const struct ref *to)
{
	return (struct place){ viewer_patient(r), to == NULL ? no_entry : *to };
}

/* The page's is named by the patient alone, as it was before replies had any. */
static size_t
place_bytes(const struct place *p)
{
	return memcmp(&p->to, &no_entry, sizeof p->to) == 0 ?
	    sizeof p->patient : sizeof *p;
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static struct db_bytes
seal_it(struct req *r, const struct seal_key *key, const struct place *place,
    const char *plain)
{
	size_t n = strlen(plain);
	unsigned char *sealed = arena_take(r->mem, n + SEAL_EXTRA_BYTES);

	seal_close(key, place, place_bytes(place), plain, n, sealed);
	return (struct db_bytes){ sealed, n + SEAL_EXTRA_BYTES };
}

void
drafts_keep(struct req *r, const struct draft *d)
{
	struct place place = place_of(r, d->to);
	struct seal_key key;
	const char *plain = arena_printf(r->mem, "%s\n%s\n%s\n%s\n%s\n%d\n%s",
	    or_empty(d->kind), or_empty(d->audience), or_empty(d->professions),
	    or_empty(d->people), or_empty(d->stamp), d->urgent,
	    or_empty(d->body));

	if (own_key(r, "draft", &key) != 0)
		abort();	/* it was there when the program started */
	draft_save(r->db, r->viewer->user, place.patient, &place.to,
	    seal_it(r, &key, &place, plain), r->now);
	explicit_bzero(&key, sizeof key);
}

void
drafts_forget(struct req *r, const struct ref *to)
{
	draft_drop(r->db, r->viewer->user, viewer_patient(r),
	    to == NULL ? &no_entry : to);
}

int
drafts_save(struct req *r, struct model *m)
{
	const struct draft d = {
		.to = in_ref(r, "reply_to"),
		.kind = in_text(r, "kind"), .audience = in_text(r, "audience"),
		.professions = in_many(r, "profession"),
		.people = in_many(r, "person"), .stamp = in_text(r, "stamp"),
		.urgent = in_boolean(r, "urgent"), .body = in_text(r, "body")
	};

	(void)m;
	draft_drop_old(r->db, r->viewer->user, r->now - DRAFT_DAYS * DAY_MS);
	if (d.body == NULL)
		drafts_forget(r, d.to);
	else
		drafts_keep(r, &d);
	return 204;
}

/* The text behind the seal; NULL if it cannot be opened any more. */
static char *
open_it(struct req *r, const struct place *place, const struct kept *k)
{
	struct seal_key key;
	char *plain;
	int rc = -1;

	if (k->sealed.n < SEAL_EXTRA_BYTES || own_key(r, "draft", &key) != 0)
		return NULL;
	plain = arena_take(r->mem, k->sealed.n - SEAL_EXTRA_BYTES + 1);
	rc = seal_open(&key, place, place_bytes(place), k->sealed.p, k->sealed.n,
	    (unsigned char *)plain);
	explicit_bzero(&key, sizeof key);
	return rc == 0 ? plain : NULL;
}

/* The lines before the text, each a word or a list. */
static int
take_lines(char *plain, const char *line[LINES_BEFORE], const char **body)
{
	for (int i = 0; i < LINES_BEFORE; i++) {
		char *end = strchr(plain, '\n');

		if (end == NULL)
			return -1;
		*end = '\0';
		line[i] = plain;
		plain = end + 1;
	}
	*body = plain;
	return 0;
}

int
drafts_show(struct req *r, struct model *m)
{
	const struct ref *to = in_ref(r, "reply_to");
	struct place place = place_of(r, to);
	const char *line[LINES_BEFORE], *body = NULL;
	const struct kept *k;
	char *plain = NULL;

	if (put_own_key(r, m, "draft on a device") != 0)
		return 503;
	draft_find(r->db, &k, r->viewer->user, place.patient, &place.to);
	if (k != NULL)
		plain = open_it(r, &place, k);
	if (plain == NULL || take_lines(plain, line, &body) != 0) {
		put_text(m, "draft", NULL);
		return 200;
	}
	m = put_object(m, "draft");
	put_ref(m, "reply_to", to);
	put_text(m, "kind", line[0]);
	put_text(m, "audience", line[1]);
	put_text(m, "professions", line[2]);
	put_text(m, "people", line[3]);
	put_text(m, "stamp", line[4]);
	put_bool(m, "urgent", line[5][0] == '1');
	put_text(m, "body", body);
	put_utc(m, "saved_at", k->saved_at);
	return 200;
}
