/* Calendars at the open door: an address that whoever made it can take back. */
#include "ics.h"
#include "seal.h"
#include "settings.h"
#include "viewer.h"
#include "visits.h"
#include "visits_sql.h"

enum {
	BACK_DAYS = 31,		/* what programs have fetched stays right */
	AHEAD_DAYS = 180
};

static struct db_bytes
token_hash(struct req *r, const struct ref *token)
{
	unsigned char *hash = arena_take(r->mem, SHA256_BYTES);

	seal_sha256(token->b, sizeof token->b, hash);
	return (struct db_bytes){ hash, SHA256_BYTES };
}

int
calendar_make(struct req *r, struct model *m)
{
	const struct ref *token = req_ref(r, 1);
	char hex[REF_HEX];

	visits_add_calendar(r->db, r->id, token_hash(r, token), r->viewer->user,
	    in_text(r, "name"), r->now);
	put_id(m, r->id);
	put_text(m, "name", in_text(r, "name"));
	put_text(m, "address", arena_printf(r->mem, "%s/calendar/%s",
	    r->settings->open_origin, ref_hex(token, hex)));
	return 201;
}

int
calendar_revoke(struct req *r, struct model *m)
{
	(void)m;
	return visits_revoke(r->db, in_path(r, "calendar"), r->viewer->user,
	    r->now) == 0 ? 404 : 204;
}

/* What a visit is called where nobody may read of whom it is. */
static const char *
summary(struct req *r, const struct planned *p, const char *lang)
{
	static const struct { const char *kind, *ja, *en; } names[] = {
		{ "nursing", "訪問看護", "Visit (nursing)" },
		{ "medical", "訪問診療", "Visit (medical)" },
		{ "care", "訪問介護", "Visit (care)" },
		{ "rehabilitation", "訪問リハビリ", "Visit (rehabilitation)" },
		{ "pharmacy", "訪問薬剤", "Visit (pharmacy)" },
		{ "dental", "訪問歯科", "Visit (dental)" },
		{ "care_management", "ケアマネジャーの訪問",
		  "Visit (care management)" },
		{ "other", "訪問", "Visit" },
	};
	int en = strcmp(lang, "en") == 0;
	const char *name = en ? "Visit" : "訪問";

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].kind, p->kind) == 0)
			name = en ? names[i].en : names[i].ja;
	if (p->others <= 0)
		return name;
	return arena_printf(r->mem, en ? "%s, with %lld more" :
	    "%s（ほか%lld人と）", name, (long long)p->others);
}

int
calendar_feed(struct req *r, struct model *m)
{
	const struct owner *owner;
	struct planned_rows rows;
	struct ics_event *v;
	char *text;

	(void)m;
	visits_owner(r->db, &owner, token_hash(r, in_path(r, "token")));
	if (owner == NULL)
		return 404;
	visits_planned(r->db, &rows, owner->user_id,
	    r->now - BACK_DAYS * DAY_MS, r->now + AHEAD_DAYS * DAY_MS);
	v = arena_take_many(r->mem, rows.set.n + 1, sizeof *v);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct planned *p = planned_at(&rows, i);

		v[i] = (struct ics_event){ p->id, p->starts_at, p->ends_at,
		    p->changed_at, (int)p->sequence, p->cancelled,
		    summary(r, p, owner->lang), arena_printf(r->mem,
		    "%s/visits", r->settings->origin) };
	}
	text = ics_write(r->mem, strcmp(owner->lang, "en") == 0 ? "Visits" :
	    "訪問の予定", v, rows.set.n);
	answer_raw(r, &(struct raw){ .type = "text/calendar; charset=utf-8",
	    .bytes = (int64_t)strlen(text), .p = text });
	return 200;
}
