/* One's own settings: language, duty, and which notices one wants. */
#include "identity.h"

#include "identity_sql.h"
#include "notice.h"
#include "viewer.h"

static int
wanted(const struct choice_rows *rows, const struct notice_kind *k,
    const char *channel, int *network_off)
{
	int is_sms = strcmp(channel, "sms") == 0;
	int on = is_sms ? k->sms : k->mail;

	*network_off = is_sms && !k->sms_allowed;
	for (size_t i = 0; i < rows->set.n; i++) {
		const struct choice *c = choice_at(rows, i);

		if (strcmp(c->kind, k->name) != 0 ||
		    strcmp(c->channel, channel) != 0)
			continue;
		if (c->network_off)
			*network_off = 1;
		else
			on = c->wanted;
	}
	return on && !*network_off;
}

static void
put_switch(struct model *m, const struct notice_kind *k, const char *channel,
    const struct choice_rows *rows)
{
	struct model *item = put_item(m, "switches");
	int network_off;

	put_text(item, "kind", k->name);
	put_text(item, "label", k->label);
	put_text(item, "channel", channel);
	put_bool(item, "wanted", wanted(rows, k, channel, &network_off));
	put_bool(item, "network_off", network_off);
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

int
account_notice(struct req *r, struct model *m)
{
	const char *kind = in_text(r, "kind"), *channel = in_text(r, "channel");

	(void)m;
	if (strcmp(channel, "sms") == 0 && !notice_kind_find(kind)->sms_allowed)
		return refuse_input(r, "channel", "not_a_choice");
	identity_choose(r->db, r->viewer->user, kind, channel,
	    in_boolean(r, "wanted"));
	return 204;
}

/* Mail filters of carriers swallow much: let her see that it arrives. */
int
account_test(struct req *r, struct model *m)
{
	put_i64(m, "sent", notice_user(r->db, r->viewer->user, "test", r->id,
	    r->request_id, r->now));
	return 200;
}
