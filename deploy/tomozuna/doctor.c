#include "doctor.h"

static void
put(struct doctor *d, const char *state, const char *what, const char *found,
    const char *todo)
{
	table_row(d->table, state, what, found, todo);
}

void
found_fine(struct doctor *d, const char *what, const char *found)
{
	put(d, "ok", what, found, NULL);
}

void
found_odd(struct doctor *d, const char *what, const char *found,
    const char *todo)
{
	d->odd++;
	put(d, "look", what, found, todo);
}

void
found_wrong(struct doctor *d, const char *what, const char *found,
    const char *todo)
{
	d->wrong++;
	put(d, "WRONG", what, found, todo);
}

const char *
next_of(struct arena *mem, const char **list)
{
	const char *at = *list + strspn(*list, " ");
	size_t n = strcspn(at, " ");

	*list = at + n;
	return n == 0 ? NULL : arena_copy(mem, at, n);
}

int
doctor(struct admin *a)
{
	struct doctor d = { .a = a };

	d.table = table_new(a->mem, "state", "what", "found", "what to do",
	    NULL);
	doctor_machine(&d);
	if (doctor_database(&d) == 0) {
		doctor_certificates(&d);
		doctor_queues(&d);
	}
	table_print(d.table);
	(void)printf("\n%d wrong, %d to look at\n", d.wrong, d.odd);
	return d.wrong > 0;
}
