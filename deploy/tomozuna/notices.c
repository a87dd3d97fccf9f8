#include "tomozuna.h"

#include "notice_text.h"
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

const struct command notices_commands[] = {
	{ "notices", "lint", "FOLDER", "checks the templates of messages: "
	  "nothing of a patient, no long SMS", lint, COMMAND_BARE },
	{ "notices", "cost", "", "SMS of this month: units, cap and yen a "
	  "network", cost, 0 },
	{ 0 }
};
