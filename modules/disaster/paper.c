/* Lists on paper by number, and what comes back from them: a number and a word a line. */
#include "incident.h"

#include "register.h"
#include "viewer.h"

/* What people write behind a number, and what it is. */
static const struct {
	const char *text, *status;
} words[] = {
	{ "無事", "safe" }, { "○", "safe" }, { "1", "safe" },
	{ "要救助", "rescue_needed" }, { "助け", "rescue_needed" },
	{ "2", "rescue_needed" },
	{ "負傷", "injured" }, { "けが", "injured" }, { "3", "injured" },
	{ "避難", "evacuated" }, { "避難済", "evacuated" }, { "4", "evacuated" },
	{ "入院", "hospital" }, { "5", "hospital" },
	{ "不明", "missing" }, { "6", "missing" },
	{ "死亡", "deceased" }
};

int
paper_show(struct req *r, struct model *m)
{
	struct person_rows rows;
	struct area_rows areas;
	struct reach e;
	int set;
	int64_t after = in_integer(r, "after", &set);

	if (incident_enter(r, &e, 1) != 0)
		return 404;
	incident_put(r, m, &e);
	incident_areas(r->db, &areas, e.room->incident_id, r->viewer->network);
	put_rows(m, "areas", &areas.set);
	put_ref(m, "district", in_ref(r, "district"));
	incident_paper(r->db, &rows, e.room->incident_id,
	    in_ref(r, "district"), set ? after : 0, r->now, PAPER_A_PAGE + 1,
	    REACH(r));
	put_i64(m, "more_after", 0);
	if (rows.set.n > PAPER_A_PAGE) {
		rows.set.n = PAPER_A_PAGE;
		put_i64(m, "more_after",
		    person_at(&rows, rows.set.n - 1)->number);
	}
	people_count(r, &rows);
	put_rows(m, "people", &rows.set);
	put_i64(m, "rows", (int64_t)rows.set.n);
	return 200;
}

static const char *
status_of(const char *text)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].text, text) == 0)
			return words[i].status;
	return NULL;
}

/* "12 無事", "12,無事", "12、無事": the number, and what stands behind it. */
static const char *
behind_number(const char *line, int64_t *number)
{
	char *end;

	*number = strtoll(line, &end, 10);
	if (end == line || *number < 1 || *number > INT32_MAX)
		return NULL;
	while (*end == ' ' || *end == ',' || strncmp(end, "、", 3) == 0 ||
	    strncmp(end, "　", 3) == 0)
		end += *end == ' ' || *end == ',' ? 1 : 3;
	return end;
}

/* NULL, or why a line was not taken. */
static const char *
take_line(struct req *r, const struct reach *e, const char *line, int n)
{
	const struct numbered *numbered = NULL;
	const struct person *p = NULL;
	int64_t number;
	const char *text = behind_number(line, &number);
	const char *status = text == NULL ? NULL : status_of(text);

	if (text == NULL)
		return N_("番号がありません");
	if (status == NULL)
		return N_("状況のことばが読めません");
	incident_by_number(r->db, &numbered, e->room->incident_id, number);
	if (numbered != NULL)
		incident_one_person(r->db, &p, e->room->incident_id,
		    numbered->id, r->now, REACH(r));
	if (p == NULL)
		return N_("その番号の方はいません");
	status_say(r, e, p->patient_id, &(struct word_of){
		.status = status, .needs = "", .method = "paper", .at = r->now
	}, n);
	req_audit_subject(r, p->patient_id);
	return NULL;
}

/* Good lines are taken, the others come back with the reason. */
int
paper_type(struct req *r, struct model *m)
{
	char *text = arena_text(r->mem, in_text(r, "rows")), *rest = NULL;
	int n = 0, taken = 0;
	struct reach e;

	if (incident_enter(r, &e, 1) != 0)
		return 404;
	incident_put(r, m, &e);
	put_items(m, "refused");
	for (text = strtok_r(text, "\n", &rest); text != NULL &&
	    n < PAPER_A_PAGE; text = strtok_r(NULL, "\n", &rest)) {
		const char *why = take_line(r, &e, text, ++n);
		struct model *o;

		taken += why == NULL;
		if (why == NULL)
			continue;
		o = put_item(m, "refused");
		put_i64(o, "line", n);
		put_text(o, "text", text);
		put_text(o, "why", why);
	}
	put_i64(m, "taken", taken);
	req_ring(r, e.room->id);
	return 200;
}
