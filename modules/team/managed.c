/* The patient whom the viewer's office manages, and what others are told. */
#include "team.h"

#include "age.h"
#include "episode_sql.h"
#include "team_sql.h"
#include "viewer.h"

const struct managed_patient *
managed_find(struct req *r)
{
	const struct managed_patient *found;

	team_managed(r->db, &found, in_path(r, "patient"), r->viewer->user,
	    r->viewer->office);
	if (found != NULL)
		r->audit->subject = found->patient_id;
	return found;
}

void
managed_put(struct req *r, struct model *m, const struct managed_patient *found)
{
	struct managed_patient *row;

	if (found == NULL) {
		put_text(m, "managed", NULL);
		return;
	}
	row = (struct managed_patient *)arena_copy(r->mem, found, sizeof *found);
	row->age = age_on(row->birth_date, date_of(r->now));
	put_row(m, "managed", &team_managed_patient_row, row);
}

void
team_tell(struct req *r, const char *topic, int64_t patient,
    const struct ref *about, const char *ja, const char *en)
{
	const struct event e = {
		.topic = topic,
		.patient = patient,
		.ref = about,
		.actor = r->viewer->user,
		.at = r->now,
		.sentence_ja = ja,
		.sentence_en = en
	};

	event_publish(r->db, &e);
}

/*
 * Marks of people who are not of the team any more. Nobody sees one of a patient
 * whose page is closed to her; they only go. Apart from the withdrawal, which
 * would else lose against a team that is writing.
 */
static void
clear_marks(struct db *db, const struct event *e, const struct ref *id,
    utc_ms now)
{
	(void)id;
	(void)now;
	episode_clear_marks(db, e->patient);
}

const struct reaction team_reactions[] = {
	{ "team.consent_withdrawn", clear_marks },
	{ "team.consent_expired", clear_marks },
	{ "team.left", clear_marks },
	{ "record.whereabouts_changed", episode_follow },
	{ NULL, NULL }
};
