#include "ics.h"

#include "arena.h"

#include <libical/ical.h>

static struct icaltimetype
utc_time(utc_ms at)
{
	struct civil day = civil_from_date((civil_date)((at - ((at % DAY_MS +
	    DAY_MS) % DAY_MS)) / DAY_MS));
	int64_t s = (at % DAY_MS + DAY_MS) % DAY_MS / SECOND_MS;
	struct icaltimetype t = icaltime_null_time();

	t.year = day.year;
	t.month = day.month;
	t.day = day.day;
	t.hour = (int)(s / 3600);
	t.minute = (int)(s / 60 % 60);
	t.second = (int)(s % 60);
	t.zone = icaltimezone_get_utc_timezone();
	return t;
}

static icalcomponent *
event(struct arena *mem, const struct ics_event *e)
{
	char hex[REF_HEX];
	const char *uid = arena_printf(mem, "%s@tomozuna", ref_hex(e->id, hex));

	return icalcomponent_vanew(ICAL_VEVENT_COMPONENT,
	    icalproperty_new_uid(uid),
	    icalproperty_new_dtstamp(utc_time(e->changed_at)),
	    icalproperty_new_lastmodified(utc_time(e->changed_at)),
	    icalproperty_new_dtstart(utc_time(e->starts_at)),
	    icalproperty_new_dtend(utc_time(e->ends_at)),
	    icalproperty_new_sequence(e->sequence),
	    icalproperty_new_status(e->cancelled ? ICAL_STATUS_CANCELLED :
	    ICAL_STATUS_CONFIRMED),
	    icalproperty_new_class(ICAL_CLASS_PRIVATE),
	    icalproperty_new_summary(e->summary),
	    icalproperty_new_url(e->url), (void *)0);
}

char *
ics_write(struct arena *mem, const char *name, const struct ics_event *v,
    size_t n)
{
	icalproperty *title = icalproperty_new_x(name);
	icalcomponent *calendar;
	char *made, *text;

	icalproperty_set_x_name(title, "X-WR-CALNAME");
	calendar = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT,
	    icalproperty_new_version("2.0"),
	    icalproperty_new_prodid("-//Tomozuna//record//JA"),
	    icalproperty_new_method(ICAL_METHOD_PUBLISH), title, (void *)0);
	for (size_t i = 0; i < n; i++)
		icalcomponent_add_component(calendar, event(mem, &v[i]));
	made = icalcomponent_as_ical_string_r(calendar);
	text = arena_text(mem, made);
	icalmemory_free_buffer(made);
	icalcomponent_free(calendar);
	return text;
}
