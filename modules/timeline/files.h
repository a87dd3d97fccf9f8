/* What hangs on entries: photos, papers, video. */
#ifndef FILES_H
#define FILES_H

#include "timeline.h"

/*
 * The files of the request become attachments of the entry `r->id`, which has
 * just been written. Returns how many.
 */
int64_t files_keep(struct req *);

/*
 * What hangs on an entry of the path's patient follows it to the entry `moved`
 * of another one.
 */
void files_move(struct req *, int64_t entry, int64_t to,
    const struct ref *moved);

/* A size as people say it, in the arena: 640 KB, 3.2 MB. */
const char *files_size(struct arena *, int64_t bytes);

/* How many files the request has. */
size_t files_given(const struct req *);

/*
 * Gives each row of `parent` its "attachments"; all of them lie between the keys
 * `from` and `to`. With `any` false none has one, and nobody is asked.
 */
void files_put(struct req *, struct model *, const char *parent, int any,
    int64_t from, int64_t to);

#endif
