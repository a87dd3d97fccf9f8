#include "kind.h"

#include <ctype.h>

/* The longest beginning that fits decides; so the special come first. */
static const struct { const char *type; enum code_list list; } lists[] = {
	{ "気象警報・注意報", LIST_WEATHER },
	{ "気象特別警報", LIST_WEATHER },
	{ "気象危険警報", LIST_WEATHER },
	{ "土砂災害", LIST_LANDSLIDE },
	{ "指定河川洪水予報", LIST_FLOOD },
	{ "水位周知河川", LIST_FLOOD },
	{ "記録的短時間大雨", LIST_RECORD_RAIN },
	{ "竜巻注意情報", LIST_TORNADO },
	{ "噴火速報", LIST_VOLCANO },
	{ "噴火", LIST_VOLCANO },
	{ "降灰予報", LIST_ASH },
	{ "火山現象に関する海上", LIST_VOLCANO },
	{ "火山", LIST_VOLCANO },
	{ "津波", LIST_TSUNAMI },
	{ "緊急地震速報", LIST_QUICK_QUAKE },
	{ "震度速報", LIST_INTENSITY },
	{ "震源・震度", LIST_INTENSITY },
	{ "長周期地震動", LIST_INTENSITY },
	{ "情報タグ", LIST_TAG },
	{ "地方海上警報", LIST_SEA },
	{ "全般海上警報", LIST_SEA },
};

enum code_list
code_list_of(const char *type)
{
	for (size_t i = 0; type != NULL && i < sizeof lists / sizeof *lists; i++)
		if (strncmp(type, lists[i].type, strlen(lists[i].type)) == 0)
			return lists[i].list;
	return LIST_OTHER;
}

static void
set(struct item_warning *w, enum warning_kind kind, int level,
    enum item_severity severity)
{
	w->kind = kind;
	w->level = level;
	w->severity = severity;
}

/* Codes that have an alert level; winds, waves and snow have none. */
static int
weather_level(int code, const char *bulletin)
{
	int surge = bulletin != NULL && strcmp(bulletin, "VPWW57") == 0;

	switch (code) {
	case 10: case 18: case 19: case 29:
		return 2;
	case 3: case 4: case 9:
		return 3;
	case 8:
		return surge ? 3 : 4;
	case 43: case 48: case 49:
		return 4;
	case 33: case 39:
		return 5;
	case 38:
		return surge ? 5 : 4;
	default:
		return 0;
	}
}

static int
is_among(int code, const int *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == code)
			return 1;
	return 0;
}

static int
weather(int code, const char *bulletin, struct item_warning *w)
{
	static const int known[] = { 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14,
		15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 29, 32, 33,
		35, 36, 37, 38, 39, 43, 48, 49 };
	int level = weather_level(code, bulletin);

	if (code == 0)
		set(w, KIND_NONE, 0, SEVERITY_UNKNOWN);
	else if (code < 10)
		set(w, KIND_WARNING, level, SEVERITY_SEVERE);
	else if (code < 30)
		set(w, KIND_ADVISORY, level, SEVERITY_MODERATE);
	else if (code < 40)
		set(w, KIND_EMERGENCY, level, SEVERITY_EXTREME);
	else if (code < 50)
		set(w, KIND_DANGER, level == 0 ? 4 : level, SEVERITY_EXTREME);
	return is_among(code, known, sizeof known / sizeof *known);
}

/* The tens are the level: 20 氾濫注意, 30 警戒, 40 危険, 50 発生. 10 is 解除. */
static int
flood(int code, struct item_warning *w)
{
	static const enum item_severity by_level[] = { SEVERITY_UNKNOWN,
		SEVERITY_UNKNOWN, SEVERITY_MODERATE, SEVERITY_SEVERE,
		SEVERITY_EXTREME, SEVERITY_EXTREME };

	if (code >= 20 && code < 60)
		set(w, KIND_FLOOD, code / 10, by_level[code / 10]);
	else if (code == 0 || (code >= 10 && code < 20))
		set(w, KIND_NONE, 0, SEVERITY_UNKNOWN);
	return w->kind != KIND_OTHER;
}

static int
tsunami(int code, struct item_warning *w)
{
	switch (code) {
	case 52: case 53:
		set(w, KIND_TSUNAMI_MAJOR, 0, SEVERITY_EXTREME);
		break;
	case 51:
		set(w, KIND_TSUNAMI_WARNING, 0, SEVERITY_SEVERE);
		break;
	case 62:
		set(w, KIND_TSUNAMI_ADVISORY, 0, SEVERITY_MODERATE);
		break;
	case 71: case 72: case 73:
		set(w, KIND_TSUNAMI_FORECAST, 0, SEVERITY_MINOR);
		break;
	case 0: case 50: case 60:
		set(w, KIND_NONE, 0, SEVERITY_UNKNOWN);
		break;
	default:
		return 0;
	}
	return 1;
}

/* Levels 11 to 15 of a volcano are its own, not the alert levels. */
static int
volcano(int code, struct item_warning *w)
{
	static const int extreme[] = { 1, 14, 15, 24, 25, 41, 42, 46, 47, 52, 62 };
	static const int severe[] = { 3, 13, 23, 31, 36, 43 };
	static const int moderate[] = { 2, 12, 22, 44, 48, 49 };
	static const int minor[] = { 5, 6, 7, 8, 11, 21, 33, 35, 45, 53, 54, 55,
		56, 63, 64, 65, 66, 91, 92, 99 };

	if (code == 4 || code == 32) {
		set(w, KIND_NONE, 0, SEVERITY_UNKNOWN);
		return 1;
	}
	set(w, KIND_VOLCANO, 0,
	    is_among(code, extreme, sizeof extreme / sizeof *extreme) ?
	    SEVERITY_EXTREME :
	    is_among(code, severe, sizeof severe / sizeof *severe) ?
	    SEVERITY_SEVERE :
	    is_among(code, moderate, sizeof moderate / sizeof *moderate) ?
	    SEVERITY_MODERATE : SEVERITY_MINOR);
	return w->severity != SEVERITY_MINOR ||
	    is_among(code, minor, sizeof minor / sizeof *minor);
}

/* 1 for a code that says that nothing is in force: なし, and 解除. */
static int
is_none(enum code_list list, int code)
{
	return code == 0 || (code == 1 && list == LIST_LANDSLIDE);
}

static int
other(enum code_list list, int code, struct item_warning *w)
{
	if (list == LIST_OTHER || list == LIST_TAG)
		return 1;
	if (list == LIST_ASH)
		set(w, KIND_VOLCANO, 0, code == 73 || code == 75 ?
		    SEVERITY_MODERATE : SEVERITY_MINOR);
	else if (is_none(list, code))
		set(w, KIND_NONE, 0, SEVERITY_UNKNOWN);
	else if (list == LIST_LANDSLIDE && code == 3)
		set(w, KIND_LANDSLIDE, 4, SEVERITY_EXTREME);
	else if (list == LIST_RECORD_RAIN && code == 1)
		set(w, KIND_RECORD_RAIN, 0, SEVERITY_SEVERE);
	else if (list == LIST_TORNADO && code == 1)
		set(w, KIND_TORNADO, 0, SEVERITY_MODERATE);
	else if (list == LIST_QUICK_QUAKE && (code == 31 || code / 10 == 1))
		set(w, KIND_EARTHQUAKE, 0, SEVERITY_EXTREME);
	else if (list == LIST_QUICK_QUAKE)
		set(w, KIND_EARTHQUAKE, 0, SEVERITY_MINOR);
	else if (list == LIST_SEA)
		set(w, KIND_WARNING, 0, SEVERITY_MODERATE);
	return w->kind != KIND_OTHER;
}

/* The digits of a code, however many zeros are before them; -1: not a number. */
static int
digits(const char *code)
{
	size_t n = code == NULL ? 0 : strspn(code, "0123456789");

	return n == 0 || n > 4 || code[n] != '\0' ? -1 : atoi(code);
}

int
kind_of(enum code_list list, const char *code, const char *bulletin,
    struct item_warning *w)
{
	int n = digits(code);

	set(w, KIND_OTHER, 0, SEVERITY_UNKNOWN);
	if (n < 0)
		return list == LIST_OTHER || list == LIST_TAG;
	if (list == LIST_WEATHER)
		return weather(n, bulletin, w);
	if (list == LIST_FLOOD)
		return flood(n, w);
	if (list == LIST_TSUNAMI)
		return tsunami(n, w);
	if (list == LIST_VOLCANO)
		return volcano(n, w);
	return other(list, n, w);
}

int
kind_name_differs(const char *code, const char *name)
{
	static const struct { int code; const char *word; } words[] = {
		{ 2, "暴風雪" }, { 3, "大雨" }, { 4, "洪水" }, { 5, "暴風" },
		{ 6, "大雪" }, { 7, "波浪" }, { 8, "高潮" }, { 9, "土砂" },
		{ 10, "大雨" }, { 12, "大雪" }, { 13, "風雪" }, { 14, "雷" },
		{ 15, "強風" }, { 16, "波浪" }, { 17, "融雪" }, { 18, "洪水" },
		{ 19, "高潮" }, { 20, "濃霧" }, { 21, "乾燥" }, { 22, "なだれ" },
		{ 23, "低温" }, { 24, "霜" }, { 25, "着氷" }, { 26, "着雪" },
		{ 29, "土砂" }, { 32, "暴風雪" }, { 33, "大雨" }, { 35, "暴風" },
		{ 36, "大雪" }, { 37, "波浪" }, { 38, "高潮" }, { 39, "土砂" },
		{ 43, "大雨" }, { 48, "高潮" }, { 49, "土砂" },
	};
	int n = digits(code);

	for (size_t i = 0; name != NULL && i < sizeof words / sizeof *words; i++)
		if (words[i].code == n)
			return strstr(name, words[i].word) == NULL;
	return 0;
}

void
kind_of_intensity(const char *intensity, struct item_warning *w)
{
	enum item_severity severity = SEVERITY_MINOR;

	if (intensity[0] == '7' || strcmp(intensity, "6+") == 0)
		severity = SEVERITY_EXTREME;
	else if (intensity[0] == '6' || intensity[0] == '5')
		severity = SEVERITY_SEVERE;
	else if (intensity[0] == '4')
		severity = SEVERITY_MODERATE;
	set(w, KIND_EARTHQUAKE, 0, severity);
}
