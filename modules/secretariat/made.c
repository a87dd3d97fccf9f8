/* Papers that the secretariat prints: the letter of a delay, the attendance sheet for the fees. */
#include "secretariat.h"

#include "office_sql.h"
#include "paper.h"
#include "viewer.h"

int
delay_paper(struct req *r, struct model *m)
{
	const struct application *a;
	const struct letter *l = NULL;
	const struct whose *w = NULL;
	struct paper *p;

	(void)m;
	office_application(r->db, &a, r->viewer->network,
	    in_path(r, "application"));
	if (a == NULL)
		return 404;
	office_letter(r->db, &l, a->application_id, in_path(r, "letter"));
	office_whose(r->db, &w, a->application_id);
	if (l == NULL || w == NULL)
		return 404;
	p = paper_new(r->mem, "要介護認定・要支援認定 延期通知書");
	paper_line(p, paper_day(r->mem, date_of(l->at)), 1);
	paper_line(p, arena_printf(r->mem, "%s %s 様", w->family, w->given), 0);
	paper_title(p, "要介護認定・要支援認定 延期通知書");
	paper_line(p, arena_printf(r->mem, "%sに申請のありました要介護認定・要支援"
	    "認定については、申請から30日以内に結果をお知らせすることができません。",
	    paper_day(r->mem, a->applied_on)), 0);
	paper_row(p, "被保険者番号", w->insured_number);
	paper_row(p, "処理見込の日", paper_day(r->mem, l->expected_on));
	paper_row(p, "延期の理由", l->reason);
	paper_line(p, "介護保険法第27条第11項（第32条第9項）による通知です。", 0);
	return paper_answer(r, p, "延期通知書.pdf");
}

/* "12,300円", in the arena. */
static const char *
yen(struct req *r, int64_t n)
{
	return n >= 1000 ? arena_printf(r->mem, "%lld,%03lld円",
	    (long long)(n / 1000), (long long)(n % 1000)) :
	    arena_printf(r->mem, "%lld円", (long long)n);
}

/* A row a member, and what all get together. */
static int64_t
write_fees(struct req *r, struct paper *p, int64_t sitting,
    const struct numbers *n)
{
	struct attended_rows rows;
	int64_t sum = 0;

	office_attended(r->db, &rows, sitting);
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct attended *s = attended_at(&rows, i);
		int64_t fee = n == NULL || !s->attended ? 0 :
		    s->presides ? n->chair_fee : n->member_fee;

		sum += fee;
		paper_row(p, arena_printf(r->mem, "%s　%s", s->letter, s->name),
		    arena_printf(r->mem, "%s　%s%s%s", field_name(s->field),
		    s->attended ? "出席" : "欠席",
		    s->presides ? "・議事をつかさどる" : "",
		    fee == 0 ? "" : arena_printf(r->mem, "　%s", yen(r, fee))));
	}
	return sum;
}

int
attendance_paper(struct req *r, struct model *m)
{
	const struct sitting *s;
	const struct numbers *n;
	struct paper *p;
	const char *title;
	int64_t sum;

	(void)m;
	office_sitting(r->db, &s, r->viewer->network, in_path(r, "sitting"));
	if (s == NULL)
		return 404;
	office_numbers(r->db, &n, r->viewer->network);
	title = arena_printf(r->mem, "第%lld回 %s 出席簿",
	    (long long)s->number, scheme_find(s->scheme)->board);
	p = paper_new(r->mem, title);
	paper_title(p, title);
	paper_line(p, arena_printf(r->mem, "%s　%s　%s",
	    paper_day(r->mem, date_of(s->begins_at)), s->panel, s->place), 0);
	sum = write_fees(r, p, s->sitting_id, n);
	if (sum > 0)
		paper_row(p, "報酬の合計", yen(r, sum));
	paper_line(p, arena_printf(r->mem, "作成　%s　%s",
	    paper_day(r->mem, date_of(r->now)), board_writer(r)), 1);
	return paper_answer(r, p, arena_printf(r->mem, "%s.pdf", title));
}
