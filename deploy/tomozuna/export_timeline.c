/* What was written, what hangs on it, who has read it, who got it on paper. */
#include "export.h"

#include "export_timeline_sql.h"
#include "model.h"

/* Corrected, withdrawn, moved or taken back: FHIR's word is entered-in-error. */
static const char *
entry_status(const struct entry *n)
{
	return n->gone != NULL || n->recalled_at.set || n->corrected_by != NULL ?
	    "entered-in-error" : "completed";
}

static void
put_related(struct export *e, struct model *m, const char *key,
    const struct ref *entry)
{
	char hex[REF_HEX];

	if (entry != NULL)
		put_text(put_item(m, key), "reference", arena_printf(e->scratch,
		    "Communication/%s", ref_hex(entry, hex)));
}

/* The entry's own among those of the batch, which have the same order. */
static void
put_attached(struct export *e, struct model *m, const struct entry *n,
    const struct attachment_rows *all, size_t *at)
{
	char hex[REF_HEX];

	for (; *at < all->set.n; (*at)++) {
		const struct attachment *a = attachment_at(all, *at);

		if (a->entry_id > n->entry_id)
			break;
		put_text(put_object(put_item(m, "payload"), "contentReference"),
		    "reference", arena_printf(e->scratch,
		    "DocumentReference/%s", ref_hex(a->file, hex)));
	}
}

static void
put_entry(struct export *e, const struct entry *n,
    const struct attachment_rows *attached, size_t *at)
{
	struct model *m = resource_new(e, "Communication", n->id);

	put_text(m, "status", entry_status(n));
	put_text(put_item(m, "category"), "text", n->kind);
	put_text(m, "priority", n->urgent ? "urgent" : "routine");
	put_reference(e, m, "subject", "Patient", e->id);
	put_utc(m, "sent", n->written_at);
	put_text(put_object(m, "sender"), "display", arena_printf(e->scratch,
	    "%s（%s）", n->author, n->author_office));
	put_related(e, m, "inResponseTo", n->reply_to);
	if (n->body[0] != '\0')
		put_text(put_item(m, "payload"), "contentString", n->body);
	put_attached(e, m, n, attached, at);
	resource_put(e, m);
}

struct timeline_files {
	struct csv_file entry, receipt, attachment;
};

/* A batch of entries with receipts and attachments. The last key, 0 at the end. */
static int64_t
put_batch(struct export *e, struct timeline_files *to, int64_t after)
{
	struct attachment_rows attached;
	struct receipt_rows receipts;
	struct entry_rows rows;
	int64_t last;
	size_t at = 0;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_timeline_entries_of(e->db, &rows, e->patient, after,
	    EXPORT_BATCH);
	last = rows.set.n == 0 ? 0 :
	    entry_at(&rows, rows.set.n - 1)->entry_id;
	export_timeline_receipts(e->db, &receipts, e->patient, after, last);
	export_timeline_attachments(e->db, &attached, e->patient, after, last);
	if (db_end(e->db) != DB_FINE) {
		e->bad = 1;
		return 0;
	}
	csv_file_put(e, &to->entry, &rows.set);
	csv_file_put(e, &to->receipt, &receipts.set);
	csv_file_put(e, &to->attachment, &attached.set);
	for (size_t i = 0; i < rows.set.n; i++)
		put_entry(e, entry_at(&rows, i), &attached, &at);
	return rows.set.n < EXPORT_BATCH ? 0 : last;
}

static void
write_faxes(struct export *e)
{
	struct fax_rows rows;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_timeline_faxes(e->db, &rows, e->patient);
	if (db_end(e->db) != DB_FINE)
		e->bad = 1;
	else
		export_csv(e, "fax.csv", &rows.set);
}

static void
write_questions(struct export *e)
{
	struct asked_question_rows rows;

	arena_reset(e->mem);
	db_begin(e->db, e->mem, 0);
	export_timeline_questions(e->db, &rows, e->patient);
	if (db_end(e->db) != DB_FINE)
		e->bad = 1;
	else
		export_csv(e, "question.csv", &rows.set);
}

void
export_timeline(struct export *e)
{
	struct timeline_files to;
	int64_t after = 0;

	if (!export_present(e, "timeline_entry"))
		return;
	to.entry = (struct csv_file){ export_open(e, "entry.csv"), 0 };
	to.receipt = (struct csv_file){ export_open(e, "receipt.csv"), 0 };
	to.attachment = (struct csv_file){ export_open(e, "attachment.csv"),
		0 };
	do
		after = put_batch(e, &to, after);
	while (after != 0);
	export_close(e, to.entry.f);
	export_close(e, to.receipt.f);
	export_close(e, to.attachment.f);
	if (!e->bad)
		write_faxes(e);
	if (!e->bad)
		write_questions(e);
}
