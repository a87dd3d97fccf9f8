/* Papers: which there are, what they ask for, and their handlers. */
#ifndef PAPERS_H
#define PAPERS_H

#include "module.h"
#include "paper.h"

enum { PAPER_PARTS = 24 };	/* parts of one kind at most */

/* A part of a paper that is written by hand: its input, and its label. */
struct paper_part {
	const char *name, *label;
	int anew;	/* of that day alone: the last paper's is not offered */
};

struct paper_kind {
	const char *name;
	const char *title;		/* as the paper has it */
	const struct paper_part *parts;	/* ends with a NULL name */
};

/* The kind of that name, or NULL. */
const struct paper_kind *paper_kind_find(const char *name);

/* The patient's box that every paper begins with. */
void paper_subject(struct req *r, struct paper *);

handler papers_show;		/* GET  /record/{patient}/papers */
handler papers_issue;		/* POST /record/{patient}/papers/KIND */
handler papers_one;		/* GET  /record/{patient}/papers/{paper} */
handler papers_care_summary;	/* GET  …/papers/care_summary */
handler papers_medication;	/* GET  …/papers/medication_summary */
handler papers_visit_report;	/* GET  …/papers/visit_report */
handler papers_management;	/* GET  …/papers/management_report */

#endif
