/*
 * What pages say of a value: how an instant or a day reads in Japanese or
 * English, how many rows an array has, whether a text is some word.
 */
#include "page_own.h"

static const struct {
	const char *name;
	enum property property;
} properties[] = {
	{ "time", PROPERTY_TIME },
	{ "day", PROPERTY_DAY },
	{ "date", PROPERTY_DATE },
	{ "iso", PROPERTY_ISO },
	{ "relative", PROPERTY_RELATIVE },
	{ "new_day", PROPERTY_NEW_DAY },
	{ "count", PROPERTY_COUNT },
	{ "many", PROPERTY_MANY },
	{ "t", PROPERTY_T },
};

static const char *const month[] = {
	"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec"
};

enum property
property_of(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++)
		if (strlen(properties[i].name) == n &&
		    memcmp(properties[i].name, name, n) == 0)
			return properties[i].property;
	return PROPERTY_WORD;
}

civil_date
value_day(const struct value *v, int *ok)
{
	*ok = v->kind == VALUE_UTC || v->kind == VALUE_DATE;
	if (v->kind == VALUE_UTC)
		return date_of(v->u.n);
	return *ok ? (civil_date)v->u.n : 0;
}

static void
write_day(enum lang lang, civil_date date, char *text)
{
	static const char *const ja[] = { "日", "月", "火", "水", "木", "金", "土" };
	static const char *const en[] = {
		"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"
	};
	struct civil c = civil_from_date(date);

	if (lang == LANG_EN)
		(void)snprintf(text, PROPERTY_TEXT, "%s %d %s",
		    en[weekday_of(date)], c.day, month[c.month]);
	else
		(void)snprintf(text, PROPERTY_TEXT, "%d月%d日（%s）",
		    c.month, c.day, ja[weekday_of(date)]);
}

static void
write_date(enum lang lang, civil_date date, char *text)
{
	struct civil c = civil_from_date(date);

	if (lang == LANG_EN)
		(void)snprintf(text, PROPERTY_TEXT, "%d %s %d",
		    c.day, month[c.month], c.year);
	else
		(void)snprintf(text, PROPERTY_TEXT, "%d年%d月%d日",
		    c.year, c.month, c.day);
}

static void
write_relative(const struct property_call *call, civil_date date, char *text)
{
	civil_date today = date_of(call->now);
	const char *word = NULL;

	if (date == today)
		word = call->lang == LANG_EN ? "Today" : "今日";
	else if (date == today - 1)
		word = call->lang == LANG_EN ? "Yesterday" : "昨日";
	if (word != NULL)
		(void)snprintf(text, PROPERTY_TEXT, "%s", word);
	else if (civil_from_date(date).year == civil_from_date(today).year)
		write_day(call->lang, date, text);
	else
		write_date(call->lang, date, text);
}

/* 1 if the day or instant has this property. */
static int
write_property(const struct property_call *call, const struct value *v,
    enum property property, char *text)
{
	int ok, minute;
	civil_date date = value_day(v, &ok);

	switch (property) {
	case PROPERTY_TIME:
		if (v->kind != VALUE_UTC)
			return 0;
		minute = minute_of_day(v->u.n);
		(void)snprintf(text, PROPERTY_TEXT, "%d:%02d", minute / 60,
		    minute % 60);
		return 1;
	case PROPERTY_DAY:
		write_day(call->lang, date, text);
		return ok;
	case PROPERTY_DATE:
		write_date(call->lang, date, text);
		return ok;
	case PROPERTY_RELATIVE:
		write_relative(call, date, text);
		return ok;
	case PROPERTY_ISO:
		if (v->kind == VALUE_UTC)
			(void)instant_iso(v->u.n, text);
		else
			(void)date_iso(date, text);
		return ok;
	default:
		return 0;
	}
}

static struct value
text_property(const struct property_call *call, const struct value *v,
    const struct page_part *part)
{
	const char *text = v->u.text;

	if (part->property == PROPERTY_T)
		return (struct value){ VALUE_TEXT, { .text =
		    page_word(call->pages, call->lang, text) } };
	return (struct value){ VALUE_BOOL, { .n =
	    strncmp(text, part->name, part->bytes) == 0 &&
	    text[part->bytes] == '\0' } };
}

struct value
property_value(const struct property_call *call, const struct value *v,
    const struct page_part *part, char text[PROPERTY_TEXT])
{
	struct value none = { .kind = VALUE_NONE };
	int64_t n;

	switch (v->kind) {
	case VALUE_NULL:
		return *v;
	case VALUE_TEXT:
		return text_property(call, v, part);
	case VALUE_UTC:
	case VALUE_DATE:
		if (!write_property(call, v, part->property, text))
			return none;
		return (struct value){ VALUE_TEXT, { .text = text } };
	case VALUE_ROWS:
	case VALUE_ITEMS:
		n = (int64_t)value_count(v);
		if (part->property == PROPERTY_COUNT)
			return (struct value){ VALUE_I64, { .n = n } };
		if (part->property == PROPERTY_MANY)
			return (struct value){ VALUE_BOOL, { .n = n > 1 } };
		return none;
	default:
		return none;
	}
}
