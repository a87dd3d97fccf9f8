#include "itip.h"

#include <libical/ical.h>

static struct icaltimetype
utc_time(utc_ms at)
{
	return icaltime_from_timet_with_zone((time_t)(at / SECOND_MS), 0,
	    icaltimezone_get_utc_timezone());
}

static icalproperty *
organizer(struct arena *mem, const struct itip *t)
{
	icalproperty *p = icalproperty_new_organizer(arena_printf(mem,
	    "mailto:%s", t->organizer));

	icalproperty_add_parameter(p, icalparameter_new_cn(t->organizer_name));
	return p;
}

/* RSVP is false: she answers on our page, nobody reads the sender's mailbox. */
static icalproperty *
attendee(struct arena *mem, const struct itip *t)
{
	icalproperty *p = icalproperty_new_attendee(arena_printf(mem,
	    "mailto:%s", t->attendee));

	icalproperty_add_parameter(p, icalparameter_new_cn(t->attendee_name));
	if (!t->cancel) {
		icalproperty_add_parameter(p,
		    icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
		icalproperty_add_parameter(p,
		    icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
		icalproperty_add_parameter(p,
		    icalparameter_new_rsvp(ICAL_RSVP_FALSE));
	}
	return p;
}

static icalcomponent *
event(struct arena *mem, const struct itip *t)
{
	char hex[REF_HEX];
	icalcomponent *e = icalcomponent_vanew(ICAL_VEVENT_COMPONENT,
	    icalproperty_new_uid(arena_printf(mem, "%s@tomozuna",
	    ref_hex(t->meeting, hex))),
	    icalproperty_new_dtstamp(utc_time(t->at)),
	    icalproperty_new_dtstart(utc_time(t->starts_at)),
	    icalproperty_new_dtend(utc_time(t->ends_at)),
	    icalproperty_new_sequence(t->sequence),
	    icalproperty_new_status(t->cancel ? ICAL_STATUS_CANCELLED :
	    ICAL_STATUS_CONFIRMED),
	    icalproperty_new_class(ICAL_CLASS_PRIVATE),
	    icalproperty_new_summary(t->summary),
	    icalproperty_new_description(t->description),
	    organizer(mem, t), attendee(mem, t), (void *)0);

	if (t->url != NULL)
		icalcomponent_add_property(e, icalproperty_new_url(t->url));
	return e;
}

const char *
itip_write(struct arena *mem, const struct itip *t)
{
	icalcomponent *c = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT,
	    icalproperty_new_version("2.0"),
	    icalproperty_new_prodid("-//Tomozuna//meeting//JA"),
	    icalproperty_new_method(t->cancel ? ICAL_METHOD_CANCEL :
	    ICAL_METHOD_REQUEST), event(mem, t), (void *)0);
	char *made = icalcomponent_as_ical_string_r(c);
	const char *text = arena_text(mem, made);

	icalmemory_free_buffer(made);
	icalcomponent_free(c);
	return text;
}

int
itip_sequence(int meeting, int told, int told_cancel, int cancel)
{
	int least = told < 0 ? 0 : told_cancel != cancel ? told + 1 : told;

	return meeting > least ? meeting : least;
}
