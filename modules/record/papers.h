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
	const char *from;	/* section or field of the record that says it */
};

struct paper_kind {
	const char *name;
	const char *title;		/* as the paper has it */
	const struct paper_part *parts;	/* ends with a NULL name */
};

struct item_rows;

/* What the record says for one part, and since when; text NULL: nobody has asked. */
struct known_part {
	const char *text;
	utc_ms at;
};

/* From the rows of the record's summary. */
struct known_part paper_known(struct req *r, const struct item_rows *,
    const char *from);

/* Adds a line to a list of lines; NULL parts are left out. */
const char *paper_add_line(struct req *r, const char *lines, const char *a,
    const char *b, const char *c);

/*
 * All facts of a section, a line each; of one of which somebody found that there is
 * none, that; else NULL. Of illnesses only those of now where `now` is 1.
 */
const char *paper_section(struct req *r, const struct item_rows *,
    const char *section, int now);

/* The kind of that name, or NULL. */
const struct paper_kind *paper_kind_find(const char *name);

/* The patient's box that a paper of now begins with. */
void paper_subject(struct req *r, struct paper *);

/*
 * Answers with a paper as it was issued. One of before its patient's lines were kept
 * with it begins with `of`, or, where that is NULL, with what is known of the path's
 * patient now.
 */
struct issued;
int paper_issued(struct req *r, const struct issued *, const char *of);

handler papers_show;		/* GET  /record/{patient}/papers */
handler papers_issue;		/* POST /record/{patient}/papers/KIND */
handler papers_one;		/* GET  /record/{patient}/papers/{paper} */
handler papers_care_summary;	/* GET  …/papers/care_summary */
handler papers_medication;	/* GET  …/papers/medication_summary */
handler papers_visit_report;	/* GET  …/papers/visit_report */
handler papers_management;	/* GET  …/papers/management_report */

#endif
