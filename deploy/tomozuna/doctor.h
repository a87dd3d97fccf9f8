/*
 * `tomozuna doctor`: what is wrong, and what to do. An examination names what it
 * has found by a saying of doctor_sayings.c; numbers that change all the time are
 * gauges. Both end on the terminal, in JSON, on the page and in the metrics.
 */
#ifndef DOCTOR_H
#define DOCTOR_H

#include "tomozuna.h"

struct buf;

enum severity { FINE, LOOK, WRONG };	/* also the exit status */

/* A finding in one language; {0} {1} {2} are filled in. */
struct words_of {
	const char *what, *found, *todo;	/* todo "" when all is well */
};

/* Everything that doctor can say, each once. */
struct saying {
	const char *id;		/* "disk.full", for machines */
	enum severity severity;
	struct words_of ja, en;
};
extern const struct saying doctor_sayings[];	/* ended by a NULL id */

enum { SAYING_PARTS = 3 };

struct finding {
	struct finding *next;
	const struct saying *saying;
	const char *part[SAYING_PARTS];	/* never NULL */
};

struct gauge {
	struct gauge *next;
	const char *name, *label, *value_of;	/* label NULL: has none */
	int64_t value;
};

struct doctor {
	struct admin *a;
	struct finding *first, **last;
	struct gauge *gauges, **last_gauge;
	int count[WRONG + 1];
};

/* The command; and one round of `tomozuna watch`. */
int doctor(struct admin *);

/* Examines everything into *d, in the arena of the administrator. */
void doctor_examine(struct doctor *d, struct admin *);

/* The worst that was found. */
enum severity doctor_worst(const struct doctor *);

/* A finding; the parts are copied and may be NULL from the first unused one. */
void found(struct doctor *, const char *id, const char *part0,
    const char *part1, const char *part2);

/* The same, whose first part is a number. */
void found_number(struct doctor *, const char *id, int64_t n);

/* A number for Prometheus; name and label are literals, `of` is copied. */
void gauge(struct doctor *, const char *name, const char *label,
    const char *of, int64_t value);

/* MariaDB itself: answers, clock, settings. -1: nothing more can be asked. */
int doctor_database(struct doctor *);

/* What waits too long in tables. */
void doctor_queues(struct doctor *);

/* Certificates, the list of revoked ones, and the signer. */
void doctor_certificates(struct doctor *);

/* What is said of a certificate, and how many days before its end it is soon. */
struct certificate_words {
	const char *none, *ended, *soon, *fine;
	int soon_days;
};

/* A finding, and the seconds left as a measure, of the certificate in a file. */
void check_certificate(struct doctor *, const char *file,
    const struct certificate_words *);

/* Redis, modules, disks, templates, the head file. */
void doctor_machine(struct doctor *);

/* Links to other hosts, if there are any. */
void doctor_links(struct doctor *);

/* What `tomozuna backup` has noted. */
void doctor_backups(struct doctor *);

/* What was found: as a table, as JSON, as a page, as Prometheus' text. */
void report_table(const struct doctor *, const char *lang);
void report_json(const struct doctor *, struct buf *);
int report_page(const struct doctor *, struct buf *);
void report_metrics(const struct doctor *, struct buf *);

/* The next word of a list split by blanks; NULL at its end. */
const char *next_of(struct arena *, const char **list);

extern const struct command doctor_commands[];

#endif
