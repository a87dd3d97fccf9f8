/* A network's own rights of professions: which kinds of entries each reads and writes. */
#include "tomozuna.h"

#include "profession.h"
#include "right_sql.h"

/* As the timeline has them. */
static const char *const kinds[] = { "note", "observation", "medication",
	"daily_life", "plan", "report", "diagnosis", NULL };

static int
is_kind(const char *word, size_t n)
{
	for (size_t i = 0; kinds[i] != NULL; i++)
		if (strlen(kinds[i]) == n && strncmp(kinds[i], word, n) == 0)
			return 1;
	return 0;
}

/*
 * Kinds joined by ",", "none", or "default", which takes the decision back.
 * Absent: *out stays. 0, or -1 after a line.
 */
static int
take_kinds(const struct admin *a, const char *name, const char **out)
{
	const char *text = arg(a, name);

	if (text == NULL)
		return 0;
	if (strcmp(text, "default") == 0 || strcmp(text, "none") == 0) {
		*out = text[0] == 'd' ? NULL : "";
		return 0;
	}
	*out = text;
	while (*text != '\0') {
		size_t n = strcspn(text, ",");

		if (!is_kind(text, n))
			return complain("%s: of note, observation, medication, "
			    "daily_life, plan, report, diagnosis, joined by "
			    "commas; or none, or default", name), -1;
		text += n + (text[n] == ',');
	}
	return 0;
}

/* One who reads entries at all; NULL after a line. */
static const struct profession *
take_profession(const struct admin *a)
{
	const struct profession *p = profession_find(arg(a, "PROFESSION"));

	if (p != NULL && (p->rights & (RIGHT_VIEW | RIGHT_CONSENTED)) != 0)
		return p;
	(void)complain("PROFESSION is the code of one that may be of a team");
	return NULL;
}

static int
set(struct admin *a)
{
	const struct profession *p = take_profession(a);
	const char *sees = NULL, *writes = NULL;
	const struct own *own;
	int64_t id;

	if (p == NULL)
		return 1;
	if (arg(a, "--sees") == NULL && arg(a, "--writes") == NULL)
		return complain("--sees or --writes says what");
	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	right_find(a->db, &own, id, p->code);
	if (own != NULL) {
		sees = own->sees;
		writes = own->writes;
	}
	if (take_kinds(a, "--sees", &sees) < 0 ||
	    take_kinds(a, "--writes", &writes) < 0)
		return work_drop(a);
	if (own != NULL)
		right_again(a->db, id, p->code, sees, writes);
	else
		right_add(a->db, id, p->code, sees, writes);
	return work_end(a);
}

static int
clear(struct admin *a)
{
	const struct profession *p = take_profession(a);
	int64_t id;

	if (p == NULL)
		return 1;
	work_write(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	right_clear(a->db, id, p->code);
	return work_end(a);
}

/* A cell: what was decided. */
static const char *
said(const char *list)
{
	return list == NULL ? "default" : list[0] == '\0' ? "none" : list;
}

static int
list(struct admin *a)
{
	struct table *t = table_new(a->mem, "code", "profession", "sees",
	    "writes", NULL);
	struct own_rows rows;
	int64_t id;

	work_read(a);
	id = find_network(a, arg(a, "CODE"));
	if (id == 0)
		return work_drop(a);
	right_list(a->db, &rows, id);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct own *o = own_at(&rows, i);

		table_row(t, o->profession, profession_name(o->profession),
		    said(o->sees), said(o->writes));
	}
	table_print(t);
	return 0;
}

const struct command right_commands[] = {
	{ "right", "set", "CODE PROFESSION [--sees KINDS] [--writes KINDS]",
	  "which kinds of entries a profession reads and writes in a network; "
	  "holds at the next request", set, 0 },
	{ "right", "clear", "CODE PROFESSION", "as by default again", clear, 0 },
	{ "right", "list", "CODE", "what a network has decided of its own",
	  list, 0 },
	{ 0 }
};
