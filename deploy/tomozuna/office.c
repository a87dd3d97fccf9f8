#include "tomozuna.h"

#include "code.h"
#include "office_sql.h"

enum { KIND_MOST = 24, NAME_MOST = 80, PHONE_MOST = 20, ADDRESS_MOST = 200 };

static int
take_number(struct admin *a, const char **out)
{
	const char *text = arg(a, "--number");
	struct office_number n;

	if (text == NULL)
		return 0;
	if (office_number_parse(text, &n) < 0)
		return complain("--number has ten digits"), -1;
	*out = arena_text(a->mem, n.text);
	return 0;
}

static int
check_kind(const char *kind)
{
	if (kind[0] != '\0' && strspn(kind, "abcdefghijklmnopqrstuvwxyz_") ==
	    strlen(kind))
		return 0;
	return complain("--kind is a word such as visiting_nurse"), -1;
}

static int
add(struct admin *a)
{
	const char *kind, *name, *number = NULL, *phone = NULL, *address = NULL;
	struct ref ref = ref_new();
	char hex[REF_HEX];
	int64_t network;

	if (arg_text(a, "--kind", KIND_MOST, &kind) < 0 ||
	    check_kind(kind) < 0 || arg_text(a, "--name", NAME_MOST, &name) < 0 ||
	    take_number(a, &number) < 0 ||
	    arg_text(a, "--phone", PHONE_MOST, &phone) < 0 ||
	    arg_text(a, "--address", ADDRESS_MOST, &address) < 0)
		return 1;
	work_write(a);
	network = find_network(a, arg(a, "NETWORK"));
	if (network == 0)
		return work_drop(a);
	office_add(a->db, &ref, network, kind, name, number, phone, address);
	if (work_end(a) != 0)
		return 1;
	(void)puts(ref_hex(&ref, hex));
	return 0;
}

static int
close_office(struct admin *a)
{
	int64_t office;

	work_write(a);
	office = find_office(a, arg(a, "OFFICE"), NULL);
	if (office == 0)
		return work_drop(a);
	work_shut(a, 0, office, 0);
	office_close(a->db, office, a->now);
	office_leave_teams(a->db, office, a->now);
	office_revoke_devices(a->db, office, a->now);
	return work_end(a);
}

static int
list(struct admin *a)
{
	struct office_rows rows;
	struct table *t = table_new(a->mem, "office", "network", "kind", "name",
	    "number", "phone", "staff", "devices", "patients", "closed", NULL);

	work_read(a);
	if (!names_network(a))
		return work_drop(a);
	office_list(a->db, &rows, arg(a, "NETWORK"));
	if (work_end(a) != 0)
		return 1;
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct office *o = office_at(&rows, i);
		char hex[REF_HEX];

		table_row(t, arena_text(a->mem, ref_hex(o->ref, hex)),
		    o->network, o->kind, o->name, o->number, o->phone,
		    table_number(a->mem, o->staff),
		    table_number(a->mem, o->devices),
		    table_number(a->mem, o->patients),
		    table_time(a->mem, o->closed_at));
	}
	table_print(t);
	return 0;
}

const struct command office_commands[] = {
	{ "office", "add", "NETWORK --kind WORD --name TEXT [--number DIGITS] "
	  "[--phone PHONE] [--address TEXT]", "a new office; prints its ref",
	  add, 0 },
	{ "office", "list", "[NETWORK]", "offices", list, 0 },
	{ "office", "close", "OFFICE", "ends its work: its people and devices "
	  "are shut out, it leaves all teams", close_office, 0 },
	{ 0 }
};
