/*
 * What pages say of a value: how an instant or a day reads in Japanese or
 * English, how many rows an array has, whether a text is some word.
 */
#include "page_own.h"

enum { ISO_SECONDS = 19 };	/* bytes of YYYY-MM-DDThh:mm:ss */

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

/* Both return the end of what they wrote, where a NUL stands. */
static char *
put_word(char *to, const char *word)
{
	size_t n = strlen(word);

	memcpy(to, word, n + 1);
	return to + n;
}

static char *
put_number(char *to, int n)
{
	char digits[12], *at = digits + sizeof digits;

	*--at = '\0';
	do
		*--at = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return put_word(to, at);
}

static void
write_day(enum lang lang, civil_date date, char *text)
{
	static const char *const ja[] = { "日", "月", "火", "水", "木", "金", "土" };
	static const char *const en[] = {
		"Sun ", "Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat "
	};
	struct civil c = civil_from_date(date);

	if (lang == LANG_EN) {
		text = put_number(put_word(text, en[weekday_of(date)]), c.day);
		(void)put_word(put_word(text, " "), month[c.month]);
	} else {
		text = put_word(put_number(text, c.month), "月");
		text = put_word(put_number(text, c.day), "日（");
		(void)put_word(put_word(text, ja[weekday_of(date)]), "）");
	}
}

static void
write_date(enum lang lang, civil_date date, char *text)
{
	struct civil c = civil_from_date(date);

	if (lang == LANG_EN) {
		text = put_word(put_number(text, c.day), " ");
		text = put_word(put_word(text, month[c.month]), " ");
		(void)put_number(text, c.year);
	} else {
		text = put_word(put_number(text, c.year), "年");
		text = put_word(put_number(text, c.month), "月");
		(void)put_word(put_number(text, c.day), "日");
	}
}

static void
write_time(utc_ms at, char *text)
{
	int minute = minute_of_day(at);

	text = put_word(put_number(text, minute / 60), ":");
	text = put_number(text, minute / 10 % 6);
	(void)put_number(text, minute % 10);
}

static void
write_relative(const struct property_call *call, civil_date date, char *text)
{
	civil_date today = date_of(call->now);

	if (date == today)
		(void)put_word(text, call->lang == LANG_EN ? "Today" : "今日");
	else if (date == today - 1)
		(void)put_word(text, call->lang == LANG_EN ? "Yesterday" : "昨日");
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
	int ok;
	civil_date date = value_day(v, &ok);

	if (!ok)
		return 0;
	switch (property) {
	case PROPERTY_TIME:
		if (v->kind != VALUE_UTC)
			return 0;
		write_time(v->u.n, text);
		return 1;
	case PROPERTY_DAY:
		write_day(call->lang, date, text);
		return 1;
	case PROPERTY_DATE:
		write_date(call->lang, date, text);
		return 1;
	case PROPERTY_RELATIVE:
		write_relative(call, date, text);
		return 1;
	case PROPERTY_ISO:
		/* To the second: a page may have fifty of them. */
		if (v->kind == VALUE_UTC) {
			(void)instant_iso(v->u.n, text);
			memcpy(text + ISO_SECONDS, "Z", 2);
		} else
			(void)date_iso(date, text);
		return 1;
	default:
		return 0;
	}
}

static void
text_property(const struct property_call *call, const struct page_part *part,
    struct value *v)
{
	const char *text = v->u.text;

	if (part->property == PROPERTY_T) {
		v->u.text = page_word(call->pages, call->lang, text);
		return;
	}
	v->kind = VALUE_BOOL;
	v->u.n = strncmp(text, part->name, part->bytes) == 0 &&
	    text[part->bytes] == '\0';
}

void
property_value(const struct property_call *call, const struct page_part *part,
    struct value *v, char text[PROPERTY_TEXT])
{
	int64_t n = (int64_t)value_count(v);

	if (v->kind == VALUE_TEXT) {
		text_property(call, part, v);
	} else if (write_property(call, v, part->property, text)) {
		v->kind = VALUE_TEXT;
		v->u.text = text;
	} else if ((v->kind == VALUE_ROWS || v->kind == VALUE_ITEMS) &&
	    (part->property == PROPERTY_COUNT ||
	    part->property == PROPERTY_MANY)) {
		v->kind = part->property == PROPERTY_COUNT ? VALUE_I64 :
		    VALUE_BOOL;
		v->u.n = part->property == PROPERTY_COUNT ? n : n > 1;
	} else if (v->kind != VALUE_NULL) {
		v->kind = VALUE_NONE;
	}
}
