#include "tomozuna.h"

#include "profession.h"
#include "staff_sql.h"

/* Both keys of the arguments; 0, or -1 when the work was dropped. */
static int
find_both(struct admin *a, int64_t *user, int64_t *office)
{
	*user = find_user(a, arg(a, "LOGIN"));
	*office = *user == 0 ? 0 : find_office(a, arg(a, "OFFICE"), NULL);
	if (*office != 0)
		return 0;
	(void)work_drop(a);
	return -1;
}

/* Its code, or NULL after all codes that there are. */
static const char *
take_profession(const struct admin *a)
{
	const struct profession *p = profession_find(arg(a, "PROFESSION"));

	if (p != NULL && !p->import_only)
		return p->code;
	for (size_t i = 0; profession_at(i) != NULL; i++)
		(void)fprintf(stderr, "%s %s\n", profession_at(i)->code,
		    profession_at(i)->ja);
	(void)complain("PROFESSION is one of these codes");
	return NULL;
}

static int
add(struct admin *a)
{
	const char *profession = take_profession(a);
	int64_t user, office;
	int manager = arg(a, "--manager") != NULL;

	if (profession == NULL)
		return 1;
	work_write(a);
	if (find_both(a, &user, &office) < 0)
		return 1;
	if (staff_again(a->db, user, office, profession, manager) == 0)
		staff_add(a->db, user, office, profession, manager);
	return work_end(a);
}

/* One change of what she is at an office, beside the first or instead of it. */
static int
change(struct admin *a, int64_t (*how)(struct db *, int64_t, int64_t, const char *))
{
	const char *profession = take_profession(a);
	int64_t user, office;

	if (profession == NULL)
		return 1;
	work_write(a);
	if (find_both(a, &user, &office) < 0)
		return 1;
	how(a->db, user, office, profession);
	return work_end(a);
}

static int
gain(struct admin *a)
{
	return change(a, staff_gain);
}

static int
lose(struct admin *a)
{
	return change(a, staff_lose);
}

static int
leave(struct admin *a)
{
	int64_t user, office;

	work_write(a);
	if (find_both(a, &user, &office) < 0)
		return 1;
	staff_leave(a->db, user, office, a->now);
	staff_leave_teams(a->db, user, office, a->now);
	work_shut(a, user, office, 0);
	staff_end_sessions(a->db, user, office, a->now);
	return work_end(a);
}

static int
duty(struct admin *a)
{
	const char *on = arg(a, "ON");
	int64_t user, office;

	if (strcmp(on, "on") != 0 && strcmp(on, "off") != 0)
		return complain("ON is on or off");
	work_write(a);
	if (find_both(a, &user, &office) < 0)
		return 1;
	staff_duty(a->db, user, office, on[1] == 'n');
	return work_end(a);
}

const struct command staff_commands[] = {
	{ "staff", "add", "LOGIN OFFICE PROFESSION [--manager]", "a user works "
	  "at an office, in a profession (three digits)", add, 0 },
	{ "staff", "leave", "LOGIN OFFICE", "she left: sessions end, named "
	  "places in teams too", leave, 0 },
	{ "staff", "duty", "LOGIN OFFICE ON", "on duty or off", duty, 0 },
	{ "profession", "add", "LOGIN OFFICE PROFESSION", "she is that, too, at "
	  "an office: her rights there are the union of all", gain, 0 },
	{ "profession", "remove", "LOGIN OFFICE PROFESSION", "she is that no "
	  "more; the last one stays", lose, 0 },
	{ 0 }
};
