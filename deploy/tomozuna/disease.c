/* Networks for one disease: which there are, and who is of them. */
#include "tomozuna.h"

#include "disease_sql.h"

enum { NAME_MOST = 40 };

static int
add(struct admin *a)
{
	const char *name = NULL;
	struct ref ref = ref_new();
	int64_t network;

	if (arg_text(a, "NAME", NAME_MOST, &name) < 0)
		return 1;
	work_write(a);
	network = find_network(a, arg(a, "NETWORK"));
	if (network == 0)
		return work_drop(a);
	disease_add(a->db, &ref, network, name);
	return work_end(a);
}

static int
close_it(struct admin *a)
{
	int64_t network;

	work_write(a);
	network = find_network(a, arg(a, "NETWORK"));
	if (network == 0)
		return work_drop(a);
	disease_close(a->db, network, arg(a, "NAME"), a->now);
	return work_end(a);
}

/* Somebody at an office of this or another network joins or leaves. */
static int
change(struct admin *a, int joins)
{
	int64_t network, user, office = 0;

	work_write(a);
	network = find_network(a, arg(a, "NETWORK"));
	user = network == 0 ? 0 : find_user(a, arg(a, "LOGIN"));
	if (user != 0)
		office = find_office(a, arg(a, "OFFICE"), NULL);
	if (office == 0)
		return work_drop(a);
	if (!joins)
		disease_leave(a->db, network, arg(a, "NAME"), user, office,
		    a->now);
	else if (disease_join_again(a->db, network, arg(a, "NAME"), user, office,
	    a->now) == 0)
		disease_join(a->db, network, arg(a, "NAME"), user, office,
		    a->now);
	return work_end(a);
}

static int
join(struct admin *a)
{
	return change(a, 1);
}

static int
leave(struct admin *a)
{
	return change(a, 0);
}

static int
list(struct admin *a)
{
	struct table *t = table_new(a->mem, "name", "login", "office", NULL);
	struct member_rows rows;
	int64_t network;

	work_read(a);
	network = find_network(a, arg(a, "NETWORK"));
	if (network == 0)
		return work_drop(a);
	disease_members(a->db, &rows, network);
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct member *m = member_at(&rows, i);

		table_row(t, m->name, m->login, m->office);
	}
	table_print(t);
	return 0;
}

const struct command disease_commands[] = {
	{ "disease", "add", "NETWORK NAME", "a network for one disease, whose "
	  "members read what is for it of patients who agreed", add, 0 },
	{ "disease", "close", "NETWORK NAME", "it reads nothing any more",
	  close_it, 0 },
	{ "disease", "join", "NETWORK NAME LOGIN OFFICE", "somebody is of it",
	  join, 0 },
	{ "disease", "leave", "NETWORK NAME LOGIN OFFICE", "and no more",
	  leave, 0 },
	{ "disease", "list", "NETWORK", "networks for diseases, and who is of "
	  "them", list, 0 },
	{ 0 }
};
