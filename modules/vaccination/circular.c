#include "circular.h"

#include "circular_sql.h"
#include "file.h"
#include "notice.h"
#include "viewer.h"

void
put_unread_circulars(struct req *r, struct model *m)
{
	const struct unread *u;

	circular_unread(r->db, &u, r->viewer->office, r->viewer->user);
	put_i64(m, "unread_circulars", u == NULL ? 0 : u->n);
}

/* ---- the desk ---- */

int
circulars_desk(struct req *r, struct model *m)
{
	struct circular_rows rows;

	circular_of_town(r->db, &rows, r->viewer->network);
	put_rows(m, "circulars", &rows.set);
	return 200;
}

static void
attach(struct req *r)
{
	size_t n;
	const struct upload *all = in_files(r, "attachment", &n);

	for (size_t i = 0; i < n; i++) {
		file_keep(r, all[i].key);
		circular_attach(r->db, r->viewer->network, r->id, (int64_t)i,
		    all[i].key);
	}
}

int
circular_send(struct req *r, struct model *m)
{
	struct addressee_rows people;

	circular_add(r->db, r->viewer->network, r->id, in_text(r, "subject"),
	    in_text(r, "body"), r->now, r->viewer->user, writer_of(r));
	attach(r);
	circular_address(r->db, r->viewer->network, r->id);
	circular_addressed(r->db, &people, r->id);
	for (size_t i = 0; i < people.set.n; i++)
		notice_user(r->db, addressee_at(&people, i)->user_id, "circular",
		    r->id, r->request_id, r->now);
	put_id(m, r->id);
	return 201;
}

int
circular_readers(struct req *r, struct model *m)
{
	const struct circular *c;
	struct recipient_rows offices;
	struct reader_rows readers;
	struct attached_rows files;

	circular_one(r->db, &c, r->viewer->network, in_path(r, "circular"));
	if (c == NULL)
		return 404;
	put_row(m, "circular", &circular_circular_row, c);
	circular_files_of(r->db, &files, c->circular_id);
	put_rows(m, "files", &files.set);
	circular_recipients(r->db, &offices, c->circular_id);
	circular_readers_of(r->db, &readers, c->circular_id);
	put_rows(m, "recipients", &offices.set);
	put_children(m, "recipients", "readers", &readers.set, "office_id");
	return 200;
}

int
circular_desk_file(struct req *r, struct model *m)
{
	const struct attached_file *f;

	(void)m;
	circular_file_of_town(r->db, &f, r->viewer->network,
	    in_path(r, "circular"), in_path(r, "file"));
	return f == NULL ? 404 : file_answer(r, f->file_id, 0);
}

/* It stays to be seen where it went, marked as taken back. */
int
circular_end(struct req *r, struct model *m)
{
	(void)m;
	circular_take_back(r->db, r->viewer->network, in_path(r, "circular"),
	    r->now, writer_of(r));
	return 204;
}

/* ---- a clinic ---- */

int
circulars_show(struct req *r, struct model *m)
{
	struct received_rows rows;
	struct attached_rows files;

	circular_of_office(r->db, &rows, r->viewer->office, r->viewer->user);
	circular_files_of_office(r->db, &files, r->viewer->office);
	put_rows(m, "circulars", &rows.set);
	put_children(m, "circulars", "files", &files.set, "circular_id");
	put_text(m, "office", r->viewer->office_name);
	return 200;
}

int
circular_read(struct req *r, struct model *m)
{
	const struct went *c;

	(void)m;
	circular_sent_to(r->db, &c, r->viewer->office, in_path(r, "circular"));
	if (c == NULL)
		return 404;
	circular_note_read(r->db, c->circular_id, r->viewer->office,
	    r->viewer->user, writer_of(r), r->now);
	return 204;
}

int
circular_file(struct req *r, struct model *m)
{
	const struct attached_file *f;

	(void)m;
	circular_file_for(r->db, &f, r->viewer->office, in_path(r, "circular"),
	    in_path(r, "file"));
	return f == NULL ? 404 : file_answer(r, f->file_id, 0);
}
