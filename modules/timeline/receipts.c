/* Receipts: who has read an entry, and who has said "understood". */
#include "entries.h"

#include "change_sql.h"
#include "mark_sql.h"
#include "paper_sql.h"
#include "profession.h"
#include "receipt_sql.h"
#include "viewer.h"

/* With the replies under it: they are seen together. */
static void
read_replies(struct req *r, const struct found *f)
{
	int64_t patient = viewer_patient(r), viewer = r->viewer->user;

	receipt_add_reader_of_replies(r->db, patient, f->entry_id, viewer);
	receipt_receive_replies(r->db, patient, f->entry_id, viewer, r->now);
	receipt_unmark_replies(r->db, patient, f->entry_id, viewer);
}

/* Notes the reading, unless the viewer wrote it herself. */
static void
read_it(struct req *r, const struct found *f)
{
	int64_t patient = viewer_patient(r), viewer = r->viewer->user;

	if (!f->mine &&
	    receipt_receive(r->db, patient, f->entry_id, viewer, r->now) == 1)
		receipt_add_reader(r->db, patient, f->entry_id, viewer);
	if (f->kept)
		receipt_keep_no_more(r->db, patient, f->entry_id, viewer);
	if (f->replies > 0)
		read_replies(r, f);
	req_ring(r, in_path(r, "patient"));
}

int
receipts_read(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);

	(void)m;
	if (f == NULL)
		return 404;
	read_it(r, f);
	mark_clear(r->db, r->viewer->user, viewer_patient(r), f->id, "unread");
	mark_clear(r->db, r->viewer->user, viewer_patient(r), f->id, "mention");
	return 204;
}

int
receipts_acknowledge(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	int64_t patient = viewer_patient(r), viewer = r->viewer->user;

	(void)m;
	if (f == NULL)
		return 404;
	read_it(r, f);
	if (receipt_acknowledge(r->db, patient, f->entry_id, viewer,
	    r->now) == 1) {
		receipt_add_acknowledger(r->db, patient, f->entry_id, viewer);
		if (f->urgent)
			change_call_off(r->db, f->id, r->now, "acknowledged");
	}
	/* A question it does not answer. */
	mark_clear(r->db, viewer, patient, f->id, "unread");
	mark_clear(r->db, viewer, patient, f->id, "mention");
	mark_clear(r->db, viewer, patient, f->id, "urgent");
	return 204;
}

/* To come back to it: the receipt stays, the mark is there again. */
int
receipts_unread(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	int64_t patient = viewer_patient(r), viewer = r->viewer->user;

	(void)m;
	if (f == NULL)
		return 404;
	receipt_keep(r->db, patient, f->entry_id, viewer);
	receipt_mark_for(r->db, patient, f->id, viewer, r->now);
	return 204;
}

/*
 * Where a network does not name who has read, only those stand there who have
 * said "understood": that is a message to the others, reading is not.
 */
static size_t
count_readers(struct reader_rows *rows, int named, int64_t *read_by)
{
	size_t kept = 0;

	*read_by = 0;
	for (size_t i = 0; i < rows->set.n; i++) {
		struct reader *x = reader_edit(rows, i);

		x->profession = profession_name(x->profession_code);
		*read_by += x->read_at.set;
		kept += named || x->acknowledged_at.set;
	}
	return kept;
}

int
receipts_show(struct req *r, struct model *m)
{
	const struct found *f = entries_find(r);
	const struct network *net;
	struct reader_rows rows;
	struct sent_rows sent;
	int64_t read_by, all;

	if (f == NULL)
		return 404;
	receipt_network(r->db, &net, r->viewer->network);
	receipt_readers(r->db, &rows, viewer_patient(r), f->entry_id);
	paper_sent(r->db, &sent, viewer_patient(r), f->entry_id);
	all = (int64_t)rows.set.n;
	/* Sorted: who has acknowledged comes first. */
	rows.set.n = count_readers(&rows, net == NULL || net->named_receipts,
	    &read_by);
	put_bool(m, "named", net == NULL || net->named_receipts);
	put_i64(m, "read_by", read_by);
	put_i64(m, "unread_by", all - read_by);
	put_rows(m, "readers", &rows.set);
	put_rows(m, "sent", &sent.set);
	return 200;
}
