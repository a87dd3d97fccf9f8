/*
 * The kit card (救急医療情報キット): a paper for the refrigerator's door with what a crew wants
 * to know first, and a code by which it finds the rest. Its QR carries a link and nothing
 * of the patient; whoever follows it needs a crew's device, and an opening as ever.
 */
#include "prepare.h"

#include "age.h"
#include "card.h"
#include "emergency.h"
#include "items.h"
#include "kit_sql.h"
#include "paper.h"
#include "profession.h"
#include "radio.h"
#include "request.h"
#include "viewer.h"

#include <string.h>

static const struct {
	const char *section, *label;
} shown[] = {
	{ "allergies", "アレルギー" },
	{ "medications", "くすり" },
	{ "equipment", "在宅医療機器" },
	{ "health_conditions", "病気・既往歴" },
	{ "advance_directives", "治療の希望（事前指示）" },
	{ "emergency_contacts", "緊急の連絡先" },
	{ NULL, NULL }
};

void
put_card(struct req *r, struct model *m)
{
	const struct card *c;
	char grouped[CARD_GROUPED];
	struct model *o;

	kit_card(r->db, &c, viewer_patient(r));
	put_text(m, "card", NULL);
	if (c == NULL)
		return;
	o = put_object(m, "card");
	put_text(o, "code", arena_text(r->mem, card_grouped(c->code, grouped)));
	put_utc(o, "issued_at", c->issued_at);
	put_text(o, "issuer_name", c->issuer_name);
}

int
card_issue(struct req *r, struct model *m)
{
	char code[CARD_TEXT];

	if (!prepare_may(r, RIGHT_CARE | RIGHT_VIEW))
		return 403;
	card_make(req_ref(r, 1)->b, code);
	kit_issue(r->db, viewer_patient(r), r->id, code, r->now,
	    r->viewer->user, writer(r));
	put_id(m, r->id);
	return 201;
}

int
card_end(struct req *r, struct model *m)
{
	(void)m;
	if (!prepare_may(r, RIGHT_CARE))
		return 403;
	kit_finish(r->db, viewer_patient(r), in_text(r, "reason"), r->now,
	    r->viewer->user, writer(r));
	return 204;
}

/* ---- the paper ---- */

static const char *
plain(const char *text)
{
	return text == NULL ? "" : text;
}

/* A fact as a line: its columns mean something else in each section. */
static const char *
line_of(struct req *r, const struct item *x)
{
	if (strcmp(x->section, "emergency_contacts") == 0)
		return arena_printf(r->mem, "%s（%s）　%s", x->a, plain(x->b),
		    plain(x->c));
	if (strcmp(x->section, "equipment") == 0)
		return arena_printf(r->mem, "%s　%s", x->a, plain(x->c));
	if (strcmp(x->section, "medications") == 0)
		return arena_printf(r->mem, "%s　%s%s", x->a, plain(x->b),
		    x->flag.set && (x->flag.v & 1) ? "　【抗血栓薬】" : "");
	if (strcmp(x->section, "health_conditions") == 0)
		return arena_printf(r->mem, "%s%s", x->a,
		    x->flag.set && (x->flag.v & 1) ? "（既往）" : "");
	return arena_printf(r->mem, "%s　%s", x->a, plain(x->b));
}

/* All of a section, a line each. That nobody asked never looks like "none". */
static const char *
lines_of(struct req *r, const struct item_rows *rows, const char *section)
{
	const char *lines = "", *state = items_state(rows, section);

	for (size_t i = items_first(rows, section); i < rows->set.n;
	    i = items_next(rows, section, i))
		lines = arena_printf(r->mem, "%s%s%s", lines,
		    lines[0] == '\0' ? "" : "\n", line_of(r, item_at(rows, i)));
	if (lines[0] != '\0')
		return lines;
	return strcmp(state, "none") == 0 ? "ない（確かめた）" :
	    "まだ聞いていない";
}

static const char *
physician_of(struct req *r, const struct item_rows *rows)
{
	for (size_t i = items_first(rows, "team"); i < rows->set.n;
	    i = items_next(rows, "team", i)) {
		const struct item *x = item_at(rows, i);

		if (x->by_name != NULL &&
		    strcmp(x->by_name, "attending_physician") == 0)
			return arena_printf(r->mem, "%s　%s　%s", x->a,
			    plain(x->d), plain(x->b));
	}
	return "まだ聞いていない";
}

static void
write_head(struct req *r, struct paper *p, const struct card *c,
    const struct bearer *b)
{
	char hex[REF_HEX], grouped[CARD_GROUPED];

	paper_title(p, "救急医療情報カード");
	paper_line(p, arena_printf(r->mem, "%s 現在",
	    paper_day(r->mem, date_of(r->now))), 1);
	paper_code(p, arena_printf(r->mem, "%s/emergency/card/%s",
	    r->settings->origin, ref_hex(c->id, hex)),
	    arena_printf(r->mem, "救急隊の方へ\n番号　%s\n"
	    "救急の照会の画面にこの番号を入れるか、隊の端末でコードを読むと、この方の今の情報に行けます。"
	    "コードにこの方の情報は入っていません。",
	    card_grouped(c->code, grouped)));
	paper_row(p, "名前", arena_printf(r->mem, "%s %s（%s）", b->family,
	    b->given, b->kana));
	paper_row(p, "生年月日", arena_printf(r->mem, "%s（%d歳）",
	    paper_day(r->mem, b->birth_date),
	    age_on(b->birth_date, date_of(r->now))));
	paper_row(p, "住所", arena_printf(r->mem, "%s%s", plain(b->address),
	    b->lives_alone ? "（ひとり暮らし）" : ""));
	paper_row(p, "電話", b->phone);
}

int
card_paper(struct req *r, struct model *m)
{
	const struct bearer *b;
	const struct card *c;
	struct item_rows rows;
	struct paper *p;

	(void)m;
	if (!prepare_may(r, RIGHT_VIEW))
		return 403;
	kit_card(r->db, &c, viewer_patient(r));
	kit_bearer(r->db, &b, viewer_patient(r));
	if (c == NULL || b == NULL)
		return 404;
	summary_all(r->db, &rows, viewer_patient(r), r->now, r->now, r->now);
	p = paper_new(r->mem, "冷蔵庫の扉か玄関の内側に。なくしたとき、内容が変わったときは、支援チームへ。");
	write_head(r, p, c, b);
	paper_row(p, "まず見る", radio_alerts(r, &rows));
	for (int i = 0; shown[i].section != NULL; i++)
		paper_row(p, shown[i].label,
		    lines_of(r, &rows, shown[i].section));
	paper_row(p, "主治医", physician_of(r, &rows));
	return paper_answer(r, p, "救急医療情報カード.pdf");
}
