#include "item.h"

const char *
item_source_word(enum item_source s)
{
	static const char *const words[] = { "rss1", "rss2", "atom", "cap", "jmx" };

	return words[s];
}

const char *
item_status_word(enum item_status s)
{
	static const char *const words[] = { "actual", "exercise", "test",
		"cancelled" };

	return words[s];
}

const char *
item_message_word(enum item_message m)
{
	static const char *const words[] = { "alert", "update", "cancel",
		"nothing" };

	return words[m];
}

const char *
item_severity_word(enum item_severity s)
{
	static const char *const words[] = { "unknown", "minor", "moderate",
		"severe", "extreme" };

	return words[s];
}

const char *
warning_kind_word(enum warning_kind k)
{
	static const char *const words[] = { "other", "none", "advisory",
		"warning", "danger", "emergency", "earthquake",
		"tsunami_forecast", "tsunami_advisory", "tsunami_warning",
		"tsunami_major", "landslide", "flood", "record_rain", "tornado",
		"volcano", "heat", "outlook" };

	return words[k];
}
