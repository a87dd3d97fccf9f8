/* One's own settings: language, duty, and which notices one wants. */
#include "identity.h"

#include "identity_sql.h"
#include "notice.h"
#include "viewer.h"

/* What holds of one kind by one channel. */
struct held {
	int wanted, network_off;
	const struct choice *own;	/* NULL: never switched */
};

static struct held
held_of(const struct choice_rows *rows, const struct notice_kind *k,
    const char *channel)
{
	int is_sms = strcmp(channel, "sms") == 0;
	struct held h = { is_sms ? k->sms : k->mail,
	    is_sms && !k->sms_allowed, NULL };

	for (size_t i = 0; i < rows->set.n; i++) {
		const struct choice *c = choice_at(rows, i);

		if (strcmp(c->kind, k->name) != 0 ||
		    strcmp(c->channel, channel) != 0)
			continue;
		if (c->network_off) {
			h.network_off = 1;
		} else {
			h.wanted = c->wanted;
			h.own = c;
		}
	}
	h.wanted = h.wanted && !h.network_off;
	return h;
}

static void
put_switch(struct model *m, const struct notice_kind *k, const char *channel,
    const struct choice_rows *rows)
{
	struct model *item = put_item(m, "switches");
	const struct held h = held_of(rows, k, channel);
	int known = h.own != NULL && h.own->switched_at.set;

	put_text(item, "kind", k->name);
	put_text(item, "label", k->label);
	put_text(item, "channel", channel);
	put_bool(item, "wanted", h.wanted);
	put_bool(item, "network_off", h.network_off);
	if (known)
		put_utc(item, "switched_at", h.own->switched_at.v);
	else
		put_text(item, "switched_at", NULL);
	put_text(item, "how", known ? h.own->how : NULL);
}

int
account_show(struct req *r, struct model *m)
{
	const struct self *self;
	struct choice_rows rows;

	identity_self(r->db, &self, r->viewer->user, r->viewer->office);
	identity_choices(r->db, &rows, r->viewer->user, r->viewer->network);
	if (self == NULL)
		return 404;
	put_row(m, NULL, &identity_self_row, self);
	for (const struct notice_kind *k = notice_kinds; k->name != NULL; k++) {
		if (!k->choosable)
			continue;
		put_switch(m, k, "mail", &rows);
		put_switch(m, k, "sms", &rows);
	}
	return 200;
}

int
account_language(struct req *r, struct model *m)
{
	(void)m;
	identity_set_lang(r->db, r->viewer->user, in_text(r, "lang"));
	return 204;
}

static void
choose(struct req *r, int64_t user, const char *kind, const char *channel,
    int wanted, const char *how)
{
	identity_record(r->db, user, kind, channel, wanted, r->now, how,
	    r->request_id);
	identity_choose(r->db, user, kind, channel, wanted);
}

int
account_notice(struct req *r, struct model *m)
{
	const char *kind = in_text(r, "kind"), *channel = in_text(r, "channel");

	(void)m;
	if (strcmp(channel, "sms") == 0 && !notice_kind_find(kind)->sms_allowed)
		return refuse_input(r, "channel", "not_a_choice");
	choose(r, r->viewer->user, kind, channel, in_boolean(r, "wanted"),
	    "account");
	return 204;
}

/* ---- without signing in: by the key in a mail ---- */

static const struct stoppable *
stoppable_of(struct req *r)
{
	const struct ref *token = in_path(r, "token");
	unsigned char hash[SHA256_BYTES];
	const struct stoppable *s;

	seal_sha256(token->b, sizeof token->b, hash);
	identity_stoppable(r->db, &s, (struct db_bytes){ hash, sizeof hash },
	    r->now - STOP_DAYS * DAY_MS);
	if (s != NULL && !notice_stoppable(notice_kind_find(s->kind)))
		return NULL;
	if (s != NULL)
		r->audit->network = s->network_id;
	return s;
}

/* Asks only: programs that look into mails follow links, too. */
int
notice_show(struct req *r, struct model *m)
{
	const struct stoppable *s = stoppable_of(r);

	if (s == NULL)
		return 404;
	put_ref(m, "token", in_path(r, "token"));
	put_text(m, "label", notice_kind_find(s->kind)->label);
	return 200;
}

/* One press in a mail program (RFC 8058), or on the page above; again is the same. */
int
notice_stop(struct req *r, struct model *m)
{
	const struct stoppable *s = stoppable_of(r);

	if (s == NULL)
		return 404;
	choose(r, s->user_id, s->kind, "mail", 0, "mail");
	put_text(m, "label", notice_kind_find(s->kind)->label);
	return 200;
}

/* Mail filters of carriers swallow much: let her see that it arrives. */
int
account_test(struct req *r, struct model *m)
{
	put_i64(m, "sent", notice_user(r->db, r->viewer->user, "test", r->id,
	    r->request_id, r->now));
	return 200;
}
