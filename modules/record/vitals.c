/* Vital signs: writing them down, limits, and telling who has to know. */
#include "record.h"

#include "mark_sql.h"
#include "notice.h"
#include "profession.h"
#include "vital.h"
#include "vitals.h"
#include "viewer.h"

enum { ALARM_HOURS = 24 };	/* an older value rings nobody */

void
vitals_limits(struct req *r, struct vital_limits *out)
{
	struct bound_rows rows;

	*out = (struct vital_limits){ 0 };
	vitals_bounds(r->db, &rows, viewer_patient(r));
	for (size_t i = 0; i < rows.set.n; i++) {
		const struct bound *b = bound_at(&rows, i);
		int sign = vital_find(b->sign);

		if (sign < 0)
			continue;
		out->low[sign] = b->low;
		out->high[sign] = b->high;
	}
}

/* Reads every value of the form. 0, or the status of a refusal. */
static int
read_values(struct req *r, struct db_maybe out[VITALS])
{
	int any = 0;

	for (int i = 0; i < VITALS; i++) {
		const struct vital_sign *v = &vital_signs[i];
		const char *text = in_text(r, v->name);
		int n = 0;

		out[i] = (struct db_maybe){ 0, 0 };
		if (text == NULL)
			continue;
		switch (vital_parse(v, text, &n)) {
		case -1:
			return refuse_input(r, v->name, "not_a_number");
		case -2:
			return refuse_input(r, v->name, "out_of_range");
		}
		out[i] = (struct db_maybe){ 1, n };
		any = 1;
	}
	if (!any && in_text(r, "jcs") == NULL)
		return refuse_input(r, vital_signs[0].name, "missing");
	if (out[SYSTOLIC].set && out[DIASTOLIC].set &&
	    out[DIASTOLIC].v >= out[SYSTOLIC].v)
		return refuse_input(r, "diastolic", "out_of_range");
	return 0;
}

/* "9:05" or "0905" as minutes of the day; -1. */
static int
read_minute(const char *text)
{
	int n = 0, digits = 0;

	for (; *text != '\0'; text++) {
		if (*text == ':' && digits > 0)
			continue;
		if (*text < '0' || *text > '9' || ++digits > 4)
			return -1;
		n = n * 10 + (*text - '0');
	}
	return digits >= 3 && n / 100 < 24 && n % 100 < 60 ?
	    n / 100 * 60 + n % 100 : -1;
}

/* When it was measured: now, unless the form says otherwise. */
static int
read_when(struct req *r, utc_ms *out)
{
	int set, minute;
	civil_date day = in_date(r, "measured_on", &set);
	const char *clock = in_text(r, "measured_time");

	*out = r->now;
	if (!set && clock == NULL)
		return 0;
	minute = clock == NULL ? minute_of_day(r->now) : read_minute(clock);
	if (minute < 0)
		return refuse_input(r, "measured_time", "malformed");
	*out = instant_of(set ? day : date_of(r->now)) + minute * MINUTE_MS;
	if (*out > r->now + 5 * MINUTE_MS)
		return refuse_input(r, clock == NULL ? "measured_on" :
		    "measured_time", "out_of_range");
	return 0;
}

static int64_t
outside_bits(const struct vital_limits *l, const struct db_maybe v[VITALS])
{
	int64_t bits = 0;

	for (int i = 0; i < VITALS; i++)
		if (v[i].set && ((l->low[i].set && v[i].v < l->low[i].v) ||
		    (l->high[i].set && v[i].v > l->high[i].v)))
			bits |= (int64_t)1 << i;
	return bits;
}

/* Those who were chosen get a mark and a notice, which says no value. */
static int64_t
alarm_members(struct req *r)
{
	const struct event outside = {
		.topic = "record.vital_sign_outside",
		.patient = viewer_patient(r),
		.ref = r->id,
		.actor = r->viewer->user,
		.at = r->now,
		.sentence_ja = "決めた範囲の外のバイタルがありました",
		.sentence_en = "A vital sign was outside of its limits"
	};
	struct watching_rows rows;
	int64_t told = 0;

	vitals_watching(r->db, &rows, viewer_patient(r));
	for (size_t i = 0; i < rows.set.n; i++) {
		int64_t user = watching_at(&rows, i)->user_id;

		if (user == r->viewer->user)
			continue;
		vitals_mark(r->db, viewer_patient(r), r->id, user, r->now);
		notice_user(r->db, user, "vital_sign", r->id, r->request_id,
		    r->now);
		told++;
	}
	event_publish(r->db, &outside);
	return told;
}

/* Ends the row that this one corrects. 0, or 404. */
static int
end_old(struct req *r, const struct ref *replaces, struct db_maybe *old)
{
	const struct known *was;

	*old = (struct db_maybe){ 0, 0 };
	if (replaces == NULL)
		return 0;
	vitals_find(r->db, &was, viewer_patient(r), replaces);
	if (was == NULL)
		return 404;
	vitals_end(r->db, viewer_patient(r), was->measured_at, was->vital_id,
	    r->viewer->user, r->now);
	*old = (struct db_maybe){ 1, was->vital_id };
	return 0;
}

static struct db_maybe
read_jcs(struct req *r)
{
	const char *text = in_text(r, "jcs");

	return (struct db_maybe){ text != NULL,
	    text == NULL ? 0 : strtol(text, NULL, 10) };
}

int
vitals_write(struct req *r, struct model *m)
{
	struct db_maybe v[VITALS], old;
	struct vital_limits limits;
	utc_ms at;
	int64_t outside;
	int status;

	if (!record_may(r, RIGHT_CARE))
		return 403;
	if ((status = read_values(r, v)) != 0 ||
	    (status = read_when(r, &at)) != 0 ||
	    (status = end_old(r, in_ref(r, "replaces"), &old)) != 0)
		return status;
	vitals_limits(r, &limits);
	outside = outside_bits(&limits, v);
	vitals_add(r->db, viewer_patient(r), r->id, at, v[TEMPERATURE],
	    v[SYSTOLIC], v[DIASTOLIC], v[PULSE], v[SPO2], v[RESPIRATION],
	    v[WEIGHT], v[GLUCOSE], read_jcs(r), in_text(r, "note"), outside,
	    r->viewer->user, record_writer(r), r->viewer->profession,
	    r->viewer->office, r->now, old);
	put_bool(m, "outside", outside != 0);
	put_i64(m, "told", outside != 0 && at > r->now - ALARM_HOURS * HOUR_MS ?
	    alarm_members(r) : 0);
	put_id(m, r->id);
	return 201;
}

int
vitals_strike(struct req *r, struct model *m)
{
	struct db_maybe old;
	int status;

	(void)m;
	if (!record_may(r, RIGHT_CARE))
		return 403;
	status = end_old(r, in_path(r, "vital_sign"), &old);
	return status != 0 ? status : 204;
}

int
vitals_acknowledge(struct req *r, struct model *m)
{
	(void)m;
	mark_clear(r->db, r->viewer->user, viewer_patient(r),
	    in_path(r, "vital_sign"), NULL);
	return 204;
}

/* One limit of the form; an empty one is none. */
static int
read_limit(struct req *r, const struct vital_sign *v, const char *name,
    struct db_maybe *out)
{
	const char *text = in_text(r, name);
	int n;

	*out = (struct db_maybe){ 0, 0 };
	if (text == NULL)
		return 0;
	if (vital_parse(v, text, &n) != 0)
		return refuse_input(r, name, "out_of_range");
	*out = (struct db_maybe){ 1, n };
	return 0;
}

int
vitals_limit_write(struct req *r, struct model *m)
{
	int sign = vital_find(in_text(r, "sign"));
	const struct vital_sign *v = &vital_signs[sign];
	struct db_maybe low, high;
	int status;

	(void)m;
	if (!record_may(r, RIGHT_MEDICAL))
		return 403;
	if ((status = read_limit(r, v, "low", &low)) != 0 ||
	    (status = read_limit(r, v, "high", &high)) != 0)
		return status;
	if (low.set && high.set && low.v > high.v)
		return refuse_input(r, "high", "out_of_range");
	vitals_limit(r->db, viewer_patient(r), r->id, v->name, low, high,
	    r->viewer->user, record_writer(r), r->viewer->profession, r->now);
	record_changed(r, "vital_limits", "corrected", v->label);
	return 204;
}

int
vitals_watch_write(struct req *r, struct model *m)
{
	const struct ref *user = in_ref(r, "user");

	(void)m;
	if (!record_may(r, RIGHT_CARE))
		return 403;
	if (in_boolean(r, "wanted"))
		vitals_watch(r->db, viewer_patient(r), user, r->viewer->user,
		    r->now);
	else
		vitals_unwatch(r->db, viewer_patient(r), user);
	return 204;
}
