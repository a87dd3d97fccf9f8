/* Where the patient is, and the care level: rows that the strip repeats. */
#include "record.h"

#include "profession.h"
#include "record_sql.h"
#include "viewer.h"

int
whereabouts_show(struct req *r, struct model *m)
{
	struct moved_rows rows;

	record_moves(r->db, &rows, viewer_patient(r));
	for (size_t i = 0; i < rows.set.n; i++)
		moved_edit(&rows, i)->profession =
		    profession_name(moved_at(&rows, i)->profession_code);
	put_rows(m, "moves", &rows.set);
	put_bool(m, "may_write", record_may(r, RIGHT_CARE));
	return 200;
}

/* Told to other modules: a watch pauses, a visit may be in vain. */
static void
publish_move(struct req *r, const char *whereabouts)
{
	static const struct { const char *word, *ja, *en; } said[] = {
		{ "home", "自宅に戻りました", "Is at home again" },
		{ "hospital", "入院しました", "Was admitted to hospital" },
		{ "short_stay", "短期入所に入りました", "Began a short stay" },
		{ "facility", "施設に入所しました", "Moved into a facility" },
		{ "moved", "転出しました", "Moved away" },
		{ "deceased", "亡くなりました", "Has died" },
	};
	struct event e = {
		.topic = "record.whereabouts_changed",
		.patient = viewer_patient(r),
		.ref = r->id,
		.actor = r->viewer->user,
		.at = r->now
	};

	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		if (strcmp(said[i].word, whereabouts) == 0) {
			e.sentence_ja = said[i].ja;
			e.sentence_en = said[i].en;
		}
	event_publish(r->db, &e);
}

int
whereabouts_write(struct req *r, struct model *m)
{
	const char *whereabouts = in_text(r, "whereabouts");
	int set;
	civil_date since = in_date(r, "since", &set);

	if (!record_may(r, RIGHT_CARE))
		return 403;
	if (since > date_of(r->now))
		return refuse_input(r, "since", "out_of_range");
	record_move(r->db, viewer_patient(r), r->id, whereabouts, since,
	    in_text(r, "place"), in_text(r, "note"), r->viewer->user,
	    record_writer(r), r->viewer->profession, r->now);
	record_changed(r, "whereabouts", "added", whereabouts);
	publish_move(r, whereabouts);
	put_id(m, r->id);
	return 201;
}

int
care_level_show(struct req *r, struct model *m)
{
	struct leveled_rows rows;

	record_levels(r->db, &rows, viewer_patient(r));
	for (size_t i = 0; i < rows.set.n; i++)
		leveled_edit(&rows, i)->profession =
		    profession_name(leveled_at(&rows, i)->profession_code);
	put_rows(m, "levels", &rows.set);
	put_bool(m, "may_write", record_may(r, RIGHT_CARE));
	return 200;
}

int
care_level_write(struct req *r, struct model *m)
{
	const char *level = in_text(r, "care_level");
	int has_from, has_to;
	civil_date from = in_date(r, "valid_from", &has_from);
	civil_date to = in_date(r, "valid_to", &has_to);

	if (!record_may(r, RIGHT_CARE))
		return 403;
	if (strcmp(level, "none") != 0 && !has_from)
		return refuse_input(r, "valid_from", "missing");
	if (strcmp(level, "none") != 0 && !has_to)
		return refuse_input(r, "valid_to", "missing");
	if (has_from && has_to && to < from)
		return refuse_input(r, "valid_to", "out_of_range");
	record_add_level(r->db, viewer_patient(r), r->id, level,
	    (struct db_maybe){ has_from, from }, (struct db_maybe){ has_to, to },
	    r->viewer->user, record_writer(r), r->viewer->profession, r->now);
	record_changed(r, "care_level", "added", level);
	put_id(m, r->id);
	return 201;
}
