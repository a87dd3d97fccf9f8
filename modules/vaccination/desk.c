/* The town's desk: what waits, whom it speaks with, and the card that it posts. */
#include "booking.h"
#include "reminder.h"
#include "report.h"

#include "booking_sql.h"
#include "kana.h"
#include "nfkc.h"
#include "paper.h"
#include "register_sql.h"
#include "viewer.h"

enum { SOUND_BYTES = 400 };

const struct resident *
desk_resident(struct req *r)
{
	const struct resident *p;

	booking_resident(r->db, &p, r->viewer->network, in_path(r, "patient"));
	if (p != NULL)
		r->audit->subject = p->patient_id;
	return p;
}

int
desk_show(struct req *r, struct model *m)
{
	utc_ms since = r->now - BOOKING_ENDED_DAYS * DAY_MS;
	struct booking_rows rows;
	struct step_rows steps;

	booking_of_town(r->db, &rows, r->viewer->network, since);
	booking_steps_of_town(r->db, &steps, r->viewer->network, since);
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, booking_at(&rows, i)->patient_id);
	put_rows(m, "bookings", &rows.set);
	put_children(m, "bookings", "steps", &steps.set, "booking_id");
	put_late_reports(r, m);
	return 200;
}

/* ---- whom it speaks with ---- */

/* "1941-05-10", 19410510 or 1941/5/10 in any width; 0 when it is no day. */
static int
read_birth(struct req *r, const char *text, civil_date *out)
{
	struct civil c = { 0 };
	int rest = 0, bad;

	text = nfkc_text(r->mem, text);
	if (strspn(text, "0123456789/-.") != strlen(text) ||
	    (sscanf(text, "%4d%*1[/.-]%2d%*1[/.-]%2d%n", &c.year, &c.month,
	    &c.day, &rest) != 3 && sscanf(text, "%4d%2d%2d%n", &c.year,
	    &c.month, &c.day, &rest) != 3) || text[rest] != '\0')
		return 0;
	*out = date_from_civil(c, &bad);
	return bad == 0;
}

int
desk_find(struct req *r, struct model *m)
{
	const char *q = in_text(r, "q");
	struct resident_rows rows = { 0 };
	char sound[SOUND_BYTES];
	civil_date born;

	if (read_birth(r, q, &born))
		booking_by_birth(r->db, &rows, r->viewer->network, born);
	else if (kana_fold(q, sound, sizeof sound) == 0 && sound[0] != '\0')
		booking_by_reading(r->db, &rows, r->viewer->network, sound,
		    arena_printf(r->mem, "%s\U0010FFFF", sound));
	else
		return refuse_input(r, "q", "malformed");
	for (size_t i = 0; i < rows.set.n; i++)
		req_audit_subject(r, resident_at(&rows, i)->patient_id);
	put_rows(m, "residents", &rows.set);
	put_text(m, "q", q);
	return 200;
}

int
desk_person(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);
	const struct known_by *known;
	struct booking_rows bookings;
	struct clinic_rows clinics;
	struct step_rows steps;
	struct history h;

	if (p == NULL)
		return 404;
	put_row(m, "resident", &booking_resident_row, p);
	doses_of(r, p->patient_id, &h);
	put_due(r, m, p->birth_date, &h);
	put_vaccines(r, m);
	booking_of_resident(r->db, &bookings, r->viewer->network, p->patient_id);
	booking_steps_of_resident(r->db, &steps, p->patient_id);
	put_rows(m, "bookings", &bookings.set);
	put_children(m, "bookings", "steps", &steps.set, "booking_id");
	booking_clinics(r->db, &clinics, r->viewer->network);
	put_rows(m, "clinics", &clinics.set);
	put_reached(r, m, p->patient_id);
	register_of_patient(r->db, &known, p->patient_id);
	put_text(m, "resident_number", known == NULL ? NULL :
	    known->resident_number);
	return 200;
}

/* ---- the card ---- */

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static const char *
when(struct req *r, const struct booking *b)
{
	static const char *const days[] = { "日", "月", "火", "水", "木", "金",
	    "土" };
	civil_date on = (civil_date)b->offered_on.v;

	return arena_printf(r->mem, "%s（%s）　%s", paper_day(r->mem, on),
	    days[weekday_of(on)], or_empty(b->offered_time));
}

static void
write_card(struct req *r, struct paper *p, const struct booking *b)
{
	const struct letterhead *o;

	paper_line(p, or_empty(b->address), 0);
	paper_line(p, arena_printf(r->mem, "%s　様", b->name), 0);
	paper_title(p, "予防接種のご予約");
	paper_line(p, paper_day(r->mem, date_of(r->now)), 1);
	paper_row(p, "ワクチン", b->vaccine_name);
	paper_row(p, "日時", when(r, b));
	paper_row(p, "場所", strcmp(b->place, "home") == 0 ?
	    arena_printf(r->mem, "ご自宅（%sがうかがいます）", b->clinic_name) :
	    arena_printf(r->mem, "%s　%s　%s", b->clinic_name,
	    or_empty(b->clinic_address), or_empty(b->clinic_phone)));
	paper_row(p, "お知らせ", or_empty(b->offer_note));
	paper_row(p, "お持ちいただくもの",
	    "本人確認ができるもの、接種の記録（お持ちの方）、お薬手帳");
	paper_line(p, "体調がわるいとき、日時を変えたいときは、下の番号へお電話ください。",
	    0);
	booking_letterhead(r->db, &o, r->viewer->office);
	if (o == NULL)
		return;
	paper_line(p, o->name, 1);
	paper_line(p, arena_printf(r->mem, "%s　%s", or_empty(o->address),
	    or_empty(o->phone)), 1);
}

int
booking_card(struct req *r, struct model *m)
{
	const struct resident *p = desk_resident(r);
	const struct booking *b = NULL;
	struct paper *paper;

	(void)m;
	if (p != NULL)
		booking_one(r->db, &b, r->viewer->network, p->patient_id,
		    in_path(r, "booking"));
	if (b == NULL)
		return 404;
	if (strcmp(b->state, "booked") != 0)
		return 409;
	paper = paper_new(r->mem, "予防接種のご予約");
	write_card(r, paper, b);
	return paper_answer(r, paper, "予約.pdf");
}
