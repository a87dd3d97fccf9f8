#include "doctor.h"

const char *
next_of(struct arena *mem, const char **list)
{
	const char *at = *list + strspn(*list, " ");
	size_t n = strcspn(at, " ");

	*list = at + n;
	return n == 0 ? NULL : arena_copy(mem, at, n);
}

/* A saying that is not there is a mistake of ours. */
static const struct saying *
saying_of(const char *id)
{
	for (const struct saying *s = doctor_sayings; s->id != NULL; s++)
		if (strcmp(s->id, id) == 0)
			return s;
	abort();
}

void
found(struct doctor *d, const char *id, const char *part0, const char *part1,
    const char *part2)
{
	const char *const part[SAYING_PARTS] = { part0, part1, part2 };
	struct finding *f = arena_take(d->a->mem, sizeof *f);

	f->saying = saying_of(id);
	for (int i = 0; i < SAYING_PARTS; i++)
		f->part[i] = part[i] == NULL ? "" :
		    arena_text(d->a->mem, part[i]);
	d->count[f->saying->severity]++;
	*d->last = f;
	d->last = &f->next;
}

void
found_number(struct doctor *d, const char *id, int64_t n)
{
	found(d, id, table_number(d->a->mem, n), NULL, NULL);
}

void
gauge(struct doctor *d, const char *name, const char *label, const char *of,
    int64_t value)
{
	struct gauge *g = arena_take(d->a->mem, sizeof *g);

	g->name = name;
	g->label = label;
	g->value_of = of == NULL ? "" : arena_text(d->a->mem, of);
	g->value = value;
	*d->last_gauge = g;
	d->last_gauge = &g->next;
}

enum severity
doctor_worst(const struct doctor *d)
{
	if (d->count[WRONG] > 0)
		return WRONG;
	return d->count[LOOK] > 0 ? LOOK : FINE;
}

void
doctor_examine(struct doctor *d, struct admin *a)
{
	*d = (struct doctor){ .a = a };
	d->last = &d->first;
	d->last_gauge = &d->gauges;
	doctor_machine(d);
	doctor_links(d);
	doctor_backups(d);
	if (doctor_database(d) == 0) {
		doctor_certificates(d);
		doctor_queues(d);
	}
}
