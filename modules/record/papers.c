/*
 * Papers that a person issues: 主治医意見書, 訪問看護指示書, 特別訪問看護指示書.
 * Only the attending physician issues them. An order counts for six months at
 * most, a special one for fourteen days.
 */
#include "papers.h"

#include "age.h"
#include "papers_sql.h"
#include "record.h"
#include "record_sql.h"
#include "viewer.h"

enum { ORDER_MONTHS = 6, SPECIAL_DAYS = 14 };

static const struct paper_part opinion_parts[] = {
	{ "last_seen", N_("最終診察日"), 1 },
	{ "diagnoses", N_("診断名と発症年月日"), .from = "health_conditions" },
	{ "stability", N_("症状としての安定性") },
	{ "course", N_("傷病の経過と治療内容") },
	{ "special_care", N_("特別な医療（過去14日間）"), 1 },
	{ "independence_physical", N_("障害高齢者の日常生活自立度"), .from = "independence_physical" },
	{ "independence_cognitive", N_("認知症高齢者の日常生活自立度"), .from = "independence_cognitive" },
	{ "cognition", N_("認知症の中核症状") },
	{ "behaviour", N_("認知症の行動・心理症状"), .from = "behaviour" },
	{ "body", N_("身体の状態（麻痺・拘縮・褥瘡など）") },
	{ "mobility", N_("移動"), .from = "mobility" },
	{ "nutrition", N_("栄養・食生活"), .from = "eating" },
	{ "outlook", N_("生活機能の見通しと対処") },
	{ "services", N_("医学的管理の必要性と留意事項") },
	{ "infection", N_("感染症の有無"), .from = "infection" },
	{ "remarks", N_("特記すべき事項") },
	{ 0 }
};

static const struct paper_part order_parts[] = {
	{ "diagnoses", N_("主たる傷病名"), .from = "health_conditions" },
	{ "condition", N_("病状・治療状態") },
	{ "medications", N_("投与中の薬剤の用量・用法"), .from = "medications" },
	{ "independence_physical", N_("障害高齢者の日常生活自立度"), .from = "independence_physical" },
	{ "independence_cognitive", N_("認知症高齢者の日常生活自立度"), .from = "independence_cognitive" },
	{ "care_level", N_("要介護認定の状況"), .from = "care_level" },
	{ "bedsore", N_("褥瘡の深さ") },
	{ "equipment", N_("装着・使用医療機器等"), .from = "equipment" },
	{ "instructions", N_("療養生活指導上の留意事項") },
	{ "rehabilitation", N_("リハビリテーション") },
	{ "treatment", N_("処置・機器等の操作援助・管理") },
	{ "emergency", N_("緊急時の連絡先・不在時の対応法"), .from = "emergency_contacts" },
	{ "remarks", N_("特記すべき留意事項") },
	{ 0 }
};

static const struct paper_part special_parts[] = {
	{ "condition", N_("病状・主訴"), 1 },
	{ "reason", N_("一時的に訪問看護が頻回に必要な理由"), 1 },
	{ "instructions", N_("留意事項及び指示事項") },
	{ "drip", N_("点滴注射指示内容"), 1 },
	{ "emergency", N_("緊急時の連絡先等"), .from = "emergency_contacts" },
	{ 0 }
};

static const struct paper_kind kinds[] = {
	{ "physician_opinion", N_("主治医意見書"), opinion_parts },
	{ "nursing_order", N_("訪問看護指示書"), order_parts },
	{ "special_nursing_order", N_("特別訪問看護指示書"), special_parts },
};

const struct paper_kind *
paper_kind_find(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

/* The kind that the route's path ends in. */
static const struct paper_kind *
kind_of(const struct req *r)
{
	const struct paper_kind *k =
	    paper_kind_find(strrchr(r->route->path, '/') + 1);

	if (k == NULL)
		abort();
	return k;
}

static int
is_attending(struct req *r)
{
	const struct role *role;

	papers_role(r->db, &role, viewer_patient(r), r->viewer->user,
	    r->viewer->office);
	return role != NULL && role->attending;
}

/* The last paper of the kind, or NULL; papers are newest first. */
static const struct issued *
last_of(const struct issued_rows *papers, const struct paper_kind *kind)
{
	for (size_t i = 0; i < papers->set.n; i++)
		if (strcmp(issued_at(papers, i)->kind, kind->name) == 0)
			return issued_at(papers, i);
	return NULL;
}

/* The last one for a station, of either kind, or NULL. */
static const struct issued *
last_order(const struct issued_rows *papers)
{
	for (size_t i = 0; i < papers->set.n; i++)
		if (issued_at(papers, i)->station != NULL)
			return issued_at(papers, i);
	return NULL;
}

/* What the last paper had in a part, but for what is of that day; NULL: nothing. */
static const char *
value_of(const struct part_rows *were, const struct paper_part *p)
{
	const char *value = NULL;

	for (size_t i = 0; i < were->set.n && !p->anew; i++)
		if (strcmp(part_at(were, i)->label, p->label) == 0)
			value = part_at(were, i)->value;
	return value;
}

/*
 * A form starts from the last paper of its kind and from the record: of what both say,
 * from the one that was written later.
 */
static void
put_parts(struct req *r, struct model *o, const struct paper_kind *kind,
    const struct issued *last, const struct item_rows *record)
{
	struct part_rows were = { .set = { 0 } };

	if (last != NULL)
		papers_parts(r->db, &were, last->paper_id);
	for (const struct paper_part *p = kind->parts; p->name != NULL; p++) {
		struct model *part = put_item(o, "parts");
		const char *value = value_of(&were, p);
		struct known_part known = paper_known(r, record, p->from);
		int newer = known.text != NULL && (value == NULL ||
		    known.at > last->issued_at);

		put_text(part, "name", p->name);
		put_text(part, "label", p->label);
		put_text(part, "value", newer ? known.text : value);
		put_bool(part, "from_record", newer);
	}
}

static civil_date
last_day(const struct paper_kind *kind, civil_date first)
{
	return kind == &kinds[1] ? add_months(first, ORDER_MONTHS) - 1 :
	    first + SPECIAL_DAYS - 1;
}

/* A nursing order follows the last one without a gap; a special one begins today. */
static void
put_time(struct req *r, struct model *o, const struct paper_kind *kind,
    const struct issued *last)
{
	civil_date first = date_of(r->now);

	if (kind == &kinds[1] && last != NULL && last->valid_to.set &&
	    last->valid_to.v >= first)
		first = (civil_date)last->valid_to.v + 1;
	put_date(o, "from", first);
	put_date(o, "to", last_day(kind, first));
}

/*
 * The stations of the team, chosen the one of the last order while it is of the
 * team, else the only one; of several without an order before none is, because
 * an order that reaches the wrong one is worse than a press.
 */
static void
put_stations(struct model *o, const struct station_rows *stations,
    const struct issued *last)
{
	int any = 0;

	put_items(o, "stations");
	for (size_t i = 0; i < stations->set.n; i++) {
		const struct station *s = station_at(stations, i);
		struct model *item = put_item(o, "stations");
		int chosen = stations->set.n == 1 || (last != NULL &&
		    last->station != NULL && ref_same(last->station, s->id));

		put_ref(item, "id", s->id);
		put_text(item, "name", s->name);
		put_bool(item, "chosen", chosen);
		any |= chosen;
	}
	put_bool(o, "choose", !any);
}

static void
put_forms(struct req *r, struct model *m, const struct issued_rows *papers,
    const struct station_rows *stations, int may_issue)
{
	struct item_rows record = { .set = { 0 } };

	if (may_issue)
		record_summary(r->db, &record, viewer_patient(r),
		    r->viewer->user, r->now, record_shown(r));
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct model *o = put_item(m, "kinds");
		const struct issued *last = last_of(papers, &kinds[i]);

		put_text(o, "kind", kinds[i].name);
		put_text(o, "title", kinds[i].title);
		put_bool(o, "is_order", i > 0);
		put_stations(o, stations, last == NULL ? last_order(papers) : last);
		put_row(o, "last", &papers_issued_row, last);
		put_time(r, o, &kinds[i], last);
		put_parts(r, o, &kinds[i], last, &record);
	}
}

int
papers_show(struct req *r, struct model *m)
{
	struct issued_rows papers;
	struct station_rows stations;
	int may_issue;

	if (!record_shows(r, "papers"))
		return 403;
	papers_papers(r->db, &papers, viewer_patient(r));
	papers_stations(r->db, &stations, viewer_patient(r));
	put_rows(m, "papers", &papers.set);
	put_rows(m, "stations", &stations.set);
	may_issue = is_attending(r);
	put_bool(m, "may_issue", may_issue);
	put_items(m, "kinds");
	put_forms(r, m, &papers, &stations, may_issue);
	return 200;
}

/* The time that an order counts: 0, or 400. */
static int
check_time(struct req *r, const struct paper_kind *kind, struct db_maybe *from,
    struct db_maybe *to)
{
	int set;
	civil_date first, last, longest;

	*from = *to = (struct db_maybe){ 0, 0 };
	if (kind == &kinds[0])
		return 0;
	first = in_date(r, "valid_from", &set);
	last = in_date(r, "valid_to", &set);
	longest = last_day(kind, first);
	if (last < first || last > longest)
		return refuse_input(r, "valid_to", "out_of_range");
	*from = (struct db_maybe){ 1, first };
	*to = (struct db_maybe){ 1, last };
	return 0;
}

/* The patient's lines at the head of a paper; NULL: no such line. */
struct box {
	const char *person, *address, *numbers;
};

static const char *
sex_word(const char *sex)
{
	return strcmp(sex, "female") == 0 ? "女" :
	    strcmp(sex, "male") == 0 ? "男" : "";
}

/* What is known of the path's patient now. */
static struct box
box_now(struct req *r)
{
	struct box b = { 0 };
	const struct subject *s;

	papers_subject(r->db, &s, viewer_patient(r));
	if (s == NULL)
		return b;
	b.person = arena_printf(r->mem, "%s（%s）　%s　%s生（%d歳）",
	    s->name, s->kana, sex_word(s->sex), paper_day(r->mem, s->birth_date),
	    age_on(s->birth_date, date_of(r->now)));
	b.address = arena_printf(r->mem, "%s　%s",
	    s->address == NULL ? "" : s->address,
	    s->phone == NULL ? "" : s->phone);
	if (s->insured_number != NULL)
		b.numbers = arena_printf(r->mem, "%s　%s",
		    s->insurer_number == NULL ? "" : s->insurer_number,
		    s->insured_number);
	return b;
}

static void
write_box(struct paper *p, const struct box *b)
{
	if (b->person != NULL)
		paper_row(p, "氏名", b->person);
	if (b->address != NULL)
		paper_row(p, "住所・電話", b->address);
	if (b->numbers != NULL)
		paper_row(p, "保険者番号・被保険者番号", b->numbers);
}

void
paper_subject(struct req *r, struct paper *p)
{
	struct box now = box_now(r);

	write_box(p, &now);
}

int
papers_issue(struct req *r, struct model *m)
{
	const struct paper_kind *kind = kind_of(r);
	struct db_maybe from, to;
	struct box of;
	int status = check_time(r, kind, &from, &to), n = 0;
	const struct ref *station = kind == &kinds[0] ? NULL :
	    in_ref(r, "station");

	if (!is_attending(r))
		return 403;
	if (status != 0)
		return status;
	of = box_now(r);
	if (papers_issue_one(r->db, viewer_patient(r), r->id, kind->name,
	    station, from, to, r->viewer->user, record_writer(r),
	    r->viewer->office, r->now, of.person, of.address,
	    of.numbers) == 0)
		return refuse_input(r, "station", "not_a_choice");
	for (const struct paper_part *p = kind->parts; p->name != NULL; p++)
		if (in_text(r, p->name) != NULL)
			papers_add_part(r->db, viewer_patient(r), r->id, n++,
			    p->label, in_text(r, p->name));
	papers_mark_station(r->db, viewer_patient(r), r->id, r->now);
	record_changed(r, "papers", "added", kind->title);
	put_id(m, r->id);
	return 201;
}

static void
write_head(struct req *r, struct paper *p, const struct paper_kind *kind,
    const struct issued *x)
{
	paper_title(p, kind->title);
	paper_line(p, paper_day(r->mem, date_of(x->issued_at)), 1);
	if (x->office != NULL)
		paper_line(p, arena_printf(r->mem, "%s　御中", x->office), 0);
	if (x->valid_from.set && x->valid_to.set)
		paper_line(p, arena_printf(r->mem, "指示期間　%s から %s まで",
		    paper_day(r->mem, (civil_date)x->valid_from.v),
		    paper_day(r->mem, (civil_date)x->valid_to.v)), 0);
}

/* As it was issued; one that kept nothing of her has `of`. */
int
paper_issued(struct req *r, const struct issued *x, const char *of)
{
	const struct paper_kind *kind = paper_kind_find(x->kind);
	const struct box was = { x->subject_person == NULL ? of :
	    x->subject_person, x->subject_address, x->subject_numbers };
	struct paper *p = paper_new(r->mem, kind->title);
	struct part_rows parts;

	papers_parts(r->db, &parts, x->paper_id);
	write_head(r, p, kind, x);
	if (was.person != NULL)
		write_box(p, &was);
	else
		paper_subject(r, p);
	for (size_t i = 0; i < parts.set.n; i++)
		paper_row(p, part_at(&parts, i)->label, part_at(&parts, i)->value);
	paper_line(p, "", 0);
	paper_line(p, x->issuer_office, 1);
	paper_line(p, arena_printf(r->mem, "%s　%s",
	    x->issuer_address == NULL ? "" : x->issuer_address,
	    x->issuer_phone == NULL ? "" : x->issuer_phone), 1);
	paper_line(p, arena_printf(r->mem, "医師氏名　%s　　　印",
	    x->issuer_name), 1);
	return paper_answer(r, p, arena_printf(r->mem, "%s.pdf", kind->title));
}

int
papers_one(struct req *r, struct model *m)
{
	const struct issued *x;

	(void)m;
	if (!record_shows(r, "papers"))
		return 403;
	papers_paper(r->db, &x, viewer_patient(r), in_path(r, "paper"));
	return x == NULL ? 404 : paper_issued(r, x, NULL);
}
