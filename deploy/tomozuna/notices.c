#include "tomozuna.h"

#include "notice.h"
#include "notice_text.h"
#include "seal.h"
#include "notices_sql.h"

static int
lint(struct admin *a)
{
	const char *folder = arg(a, "FOLDER");
	struct notice_texts *texts;
	char why[400];

	texts = notice_texts_read(folder, why, sizeof why);
	if (texts == NULL)
		return complain("%s", why);
	notice_texts_free(texts);
	(void)puts("every template is fine");
	return 0;
}

/* The instant at which this month began in Japan. */
static utc_ms
month_began(utc_ms now)
{
	struct civil c = civil_from_date(date_of(now));

	c.day = 1;
	return instant_of(date_from_civil(c, NULL));
}

static int
cost(struct admin *a)
{
	struct cost_rows rows;
	struct table *t = table_new(a->mem, "network", "nickname", "messages",
	    "units", "cap", "used", "yen", "unknown", NULL);

	work_read(a);
	notices_cost(a->db, &rows, month_began(a->now));
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct cost *c = cost_at(&rows, i);

		table_row(t, c->code, c->nickname,
		    table_number(a->mem, c->messages),
		    table_number(a->mem, c->units),
		    table_number(a->mem, c->cap),
		    arena_printf(a->mem, "%lld%%", (long long)
		    (c->cap == 0 ? 100 : c->units * 100 / c->cap)),
		    table_number(a->mem, c->yen),
		    table_number(a->mem, c->unknown));
	}
	table_print(t);
	return 0;
}

/* Who wrote to `mail_stop` wants no more mails of the kind of the one she had. */
static int
stop(struct admin *a)
{
	const struct stoppable *s;
	unsigned char hash[SHA256_BYTES];
	struct ref token;

	if (ref_parse(arg(a, "TOKEN"), &token) != 0)
		return complain("TOKEN is the 32 digits of the subject");
	seal_sha256(token.b, sizeof token.b, hash);
	work_write(a);
	notices_stoppable(a->db, &s, (struct db_bytes){ hash, sizeof hash });
	if (s == NULL || !notice_stoppable(notice_kind_find(s->kind)))
		return (void)work_drop(a),
		    complain("no mail that may be stopped had this");
	notices_record(a->db, s->user_id, s->kind, a->now);
	if (notices_choose_again(a->db, s->user_id, s->kind) == 0)
		notices_choose(a->db, s->user_id, s->kind);
	(void)printf("%s gets no more mails of %s\n", s->login, s->kind);
	return work_end(a);
}

/* Who switched what, when: the newest first. */
static int
switches(struct admin *a)
{
	struct table *t = table_new(a->mem, "at", "whose", "kind", "by", "is",
	    "how", NULL);
	struct switched_rows rows;
	int64_t network;

	work_read(a);
	network = find_network(a, arg(a, "NETWORK"));
	if (network == 0)
		return work_drop(a);
	notices_switches(a->db, &rows, network);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct switched *s = switched_at(&rows, i);

		table_row(t, table_time(a->mem, (struct db_maybe){ 1, s->at }),
		    s->login, s->kind, s->channel, s->wanted ? "on" : "off",
		    s->how);
	}
	table_print(t);
	return 0;
}

const struct command notices_commands[] = {
	{ "notices", "lint", "FOLDER", "checks the templates of messages: "
	  "nothing of a patient, no long SMS", lint, COMMAND_BARE },
	{ "notices", "cost", "", "SMS of this month: units, cap and yen a "
	  "network", cost, 0 },
	{ "notices", "stop", "TOKEN", "who asked by mail gets no more mails of "
	  "that kind", stop, 0 },
	{ "notices", "switches", "NETWORK", "who switched which notice on or "
	  "off, when and how", switches, 0 },
	{ 0 }
};
