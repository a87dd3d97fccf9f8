/* `tomozuna doctor`: what is wrong, and what to do. */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "tomozuna.h"

/* What an examination writes its findings to. */
struct doctor {
	struct admin *a;
	struct table *table;
	int wrong, odd;
};

/* The command. */
int doctor(struct admin *);

/* One finding: fine; to be looked at; wrong. `todo` is one sentence. */
void found_fine(struct doctor *, const char *what, const char *found);
void found_odd(struct doctor *, const char *what, const char *found,
    const char *todo);
void found_wrong(struct doctor *, const char *what, const char *found,
    const char *todo);

/* MariaDB itself: answers, clock, settings. -1: nothing more can be asked. */
int doctor_database(struct doctor *);

/* What waits too long in tables. */
void doctor_queues(struct doctor *);

/* Certificates, the list of revoked ones, and the signer. */
void doctor_certificates(struct doctor *);

/* Redis, modules, disks, templates, the head file. */
void doctor_machine(struct doctor *);

/* The next word of a list split by blanks; NULL at its end. */
const char *next_of(struct arena *, const char **list);

#endif
