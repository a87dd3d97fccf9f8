/* An entry on one sheet of paper, and the note to whom it was sent. */
#include "entries.h"

#include "paper_sql.h"
#include "profession.h"
#include "text.h"
#include "viewer.h"

/* How small the type must be for the sheet to stay one: class of the page. */
static const struct {
	size_t weight;
	const char *size;
} sizes[] = { { 700, "large" }, { 1500, "middle" }, { 2600, "small" } };

enum { LINE_WEIGHT = 30 /* characters that a line end takes at most */ };

static const char *
size_of(const char *body)
{
	size_t weight = text_length(body);

	for (const char *p = body; *p != '\0'; p++)
		weight += *p == '\n' ? LINE_WEIGHT : 0;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		if (weight <= sizes[i].weight)
			return sizes[i].size;
	return "tiny";
}

/* The tiny sheet has no room for line ends: they become strokes. */
static const char *
text_of(struct req *r, const struct found *f, const char *size)
{
	char *text = arena_text(r->mem, f->body);

	if (strcmp(size, "tiny") == 0)
		for (char *p = text; *p != '\0'; p++)
			if (*p == '\n')
				*p = '/';
	return text;
}

int
fax_send(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	char patient[REF_HEX], entry[REF_HEX], id[REF_HEX];

	if (f == NULL || f->withdrawn)
		return 404;
	paper_record(r->db, viewer_patient(r), f->entry_id, r->id,
	    r->viewer->user, in_text(r, "sent_to"), r->now);
	put_id(m, r->id);
	req_then(r, arena_printf(r->mem, "/timeline/%s/%s/fax/%s",
	    ref_hex(in_path(r, "patient"), patient), ref_hex(f->id, entry),
	    ref_hex(r->id, id)));
	return 201;
}

int
fax_show(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	const struct sent *sent;
	const char *size;

	if (f == NULL || f->withdrawn)
		return 404;
	paper_one_sent(r->db, &sent, viewer_patient(r), f->entry_id,
	    in_path(r, "fax"));
	if (sent == NULL)
		return 404;
	size = size_of(f->body);
	put_row(m, "sent", &paper_sent_row, sent);
	put_text(m, "size", size);
	put_text(m, "body", text_of(r, f, size));
	put_text(m, "kind", f->kind);
	put_utc(m, "written_at", f->written_at);
	put_text(m, "author_name", f->author_name);
	put_text(m, "profession", profession_name(f->author_profession));
	put_text(m, "author_office", f->author_office);
	put_id(m, f->id);
	return 200;
}
