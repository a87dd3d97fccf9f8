/* Where a network holds its video meetings. */
#include "tomozuna.h"

#include "meeting_sql.h"

#include <ctype.h>

enum { ID_MOST = 64, ORIGIN_MOST = 200 };

struct place {
	const char *kind, *origin, *login, *client, *tenant, *organizer;
	int recording, probe;
};

/* https://HOST[:PORT] and nothing behind it; absent: stays. 0, or -1 after a line. */
static int
take_origin(const struct admin *a, const char *name, const char **out)
{
	const char *text = arg(a, name), *host;

	if (text == NULL)
		return 0;
	host = text + strlen("https://");
	if (strncmp(text, "https://", strlen("https://")) != 0 ||
	    strlen(text) > ORIGIN_MOST || !isalnum((unsigned char)*host) ||
	    host[strspn(host, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:")] != '\0')
		return complain("%s is https://HOST or https://HOST:PORT",
		    name), -1;
	*out = text;
	return 0;
}

/* An id of the provider's; absent: stays. 0, or -1 after a line. */
static int
take_id(const struct admin *a, const char *name, const char **out)
{
	const char *text = arg(a, name);

	if (text == NULL)
		return 0;
	if (*text == '\0' || strlen(text) > ID_MOST ||
	    text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] != '\0')
		return complain("%s is an id: letters, digits, . _ -", name),
		    -1;
	*out = text;
	return 0;
}

/* yes or no; absent: stays. */
static int
take_yes(const struct admin *a, const char *name, int *out)
{
	const char *text = arg(a, name);

	if (text == NULL)
		return 0;
	if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
		return complain("%s is yes or no", name), -1;
	*out = text[0] == 'y';
	return 0;
}

/* What each kind needs. 0, or -1 after a line. */
static int
check_kind(struct place *p)
{
	if (strcmp(p->kind, "jitsi") == 0) {
		if (p->origin == NULL)
			return complain("jitsi needs --origin"), -1;
		p->login = p->organizer = NULL;
		return 0;
	}
	if (strcmp(p->kind, "teams") != 0)
		return complain("--kind is jitsi or teams"), -1;
	if (p->tenant == NULL || p->organizer == NULL)
		return complain("teams needs --tenant and --organizer"), -1;
	if (p->origin == NULL)
		p->origin = "https://graph.microsoft.com";
	if (p->login == NULL)
		p->login = "https://login.microsoftonline.com";
	return 0;
}

/* 0, or 1 after a line: the unit of work is dropped. */
static int
check_left(struct admin *a, const struct waiting *w)
{
	if (w == NULL || w->n == 0)
		return 0;
	return (void)work_drop(a), complain("%lld meetings to come are at the "
	    "present one: cancel them first", (long long)w->n);
}

static int
set(struct admin *a)
{
	struct place p = { .kind = arg(a, "--kind"), .probe = 1 };
	const struct waiting *w;
	int64_t id;

	if (take_origin(a, "--origin", &p.origin) < 0 ||
	    take_origin(a, "--login-origin", &p.login) < 0 ||
	    take_id(a, "--client", &p.client) < 0 ||
	    take_id(a, "--tenant", &p.tenant) < 0 ||
	    take_id(a, "--organizer", &p.organizer) < 0 ||
	    take_yes(a, "--recording", &p.recording) < 0 ||
	    take_yes(a, "--probe", &p.probe) < 0 || check_kind(&p) < 0)
		return 1;
	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	meeting_elsewhere(a->db, &w, id, p.kind, p.origin, p.organizer);
	if (check_left(a, w) != 0)
		return 1;
	meeting_set(a->db, id, p.kind, p.origin, p.login, p.client, p.tenant,
	    p.organizer, p.recording, p.probe);
	if (work_end(a) != 0)
		return 1;
	(void)printf("The key is a file: credentials/meet/meet_%s\n",
	    arg(a, "CODE"));
	return 0;
}

static int
clear(struct admin *a)
{
	const struct waiting *w;
	int64_t id;

	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	meeting_waiting(a->db, &w, id);
	if (check_left(a, w) != 0)
		return 1;
	meeting_clear(a->db, id);
	return work_end(a);
}

static int
list(struct admin *a)
{
	struct table *t = table_new(a->mem, "code", "kind", "origin", "client",
	    "tenant", "organizer", "recording", "probe", "away since", NULL);
	struct provider_rows rows;

	work_read(a);
	meeting_list(a->db, &rows);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct provider *p = provider_at(&rows, i);

		table_row(t, p->code, p->kind, p->origin, p->client, p->tenant,
		    p->organizer, p->recording ? "yes" : "no",
		    p->probe ? "yes" : "no",
		    table_time(a->mem, p->away_since));
	}
	table_print(t);
	return 0;
}

const struct command meeting_commands[] = {
	{ "meeting", "set", "CODE --kind KIND --client ID [--origin URL] "
	  "[--tenant ID] [--login-origin URL] [--organizer ID] "
	  "[--recording YES] [--probe YES]", "where a network holds its video "
	  "meetings: a Jitsi of its own, or Teams; its key is a file of "
	  "tomozuna-meet's", set, 0 },
	{ "meeting", "list", "", "where each network holds them", list, 0 },
	{ "meeting", "clear", "CODE", "nowhere any more, once nothing is left "
	  "to come there", clear, 0 },
	{ 0 }
};
