/* What all parts of the record share. */
#include "record.h"

#include "field.h"
#include "profession.h"
#include "record_sql.h"
#include "viewer.h"

int
record_may(const struct req *r, unsigned right)
{
	return (profession_rights(r->viewer->professions) & right) == right;
}

const char *
record_shown(struct req *r)
{
	const char *shown = ",whereabouts,care_level,care_plan,visits,";

	if (record_may(r, RIGHT_VIEW))
		return NULL;
	for (const struct field *f = fields; f->name != NULL; f++)
		if ((f->right & RIGHT_MEDICAL) == 0)
			shown = arena_printf(r->mem, "%s%s,", shown, f->name);
	return shown;
}

int
record_shows(struct req *r, const char *section)
{
	const char *shown = record_shown(r);

	return shown == NULL || strstr(shown,
	    arena_printf(r->mem, ",%s,", section)) != NULL;
}

const char *
record_writer(struct req *r)
{
	return arena_printf(r->mem, "%s %s", r->viewer->family,
	    r->viewer->given);
}

void
record_changed(struct req *r, const char *section, const char *act,
    const char *label)
{
	const struct event changed = {
		.topic = "record.changed",
		.patient = viewer_patient(r),
		.ref = r->id,
		.actor = r->viewer->user,
		.at = r->now,
		.sentence_ja = "サマリーが変わりました",
		.sentence_en = "The record was changed"
	};

	record_add_change(r->db, viewer_patient(r), r->now, r->viewer->user,
	    record_writer(r), r->viewer->profession, section, act, label);
	event_publish(r->db, &changed);
}

const char *
record_freshness(utc_ms at, utc_ms now)
{
	int64_t days = (now - at) / DAY_MS;

	return days > OLD_DAYS ? "old" : days > STALE_DAYS ? "stale" : "fresh";
}
