#include "area.h"

#include "arena.h"

struct area_list { const char *code, *name; unsigned short first, n; };
struct area_city { const char code[8], town[6]; };
struct area_was { const char *code, *town, *from; };

#include "area_table.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Which table a list of codes is. */
static const struct {
	const char *coding;
	const struct area_list *list;
	size_t n;
} codings[] = {
	{ "気象情報／府県予報区・細分区域等", area_forecast, COUNT(area_forecast) },
	{ "地震情報／細分区域", area_seismic, COUNT(area_seismic) },
	{ "津波予報区", area_sea, COUNT(area_sea) },
	{ "地震情報／都道府県等", area_pref, COUNT(area_pref) },
};

static int
by_code(const void *key, const void *entry)
{
	return strcmp(key, ((const struct area_list *)entry)->code);
}

/* Codes of municipalities: seven digits each, also what is looked for. */
enum { CITY_DIGITS = 7 };

static int
by_city(const void *key, const void *entry)
{
	return memcmp(key, ((const struct area_city *)entry)->code,
	    CITY_DIGITS);
}

static int
is_digits(const char *code, size_t n)
{
	return code != NULL && strlen(code) == n &&
	    strspn(code, "0123456789") == n;
}

static void
take_list(struct item_area *a, const struct area_list *list)
{
	if (list == NULL)
		return;
	a->n_towns = list->n;
	a->towns = &area_pool[list->first];
}

static const struct area_list *
by_name(const char *name)
{
	for (size_t i = 0; name != NULL && i < COUNT(area_forecast); i++)
		if (strcmp(area_forecast[i].name, name) == 0)
			return &area_forecast[i];
	return NULL;
}

/* What has taken the place of a code that ended before `at`, or NULL. */
static const char *
successor(const char *code, utc_ms at)
{
	for (size_t i = 0; i < COUNT(area_past); i++) {
		civil_date from = 0;

		if (memcmp(area_past[i].code, code, CITY_DIGITS) != 0)
			continue;
		(void)date_parse(area_past[i].from, &from);
		return at == ITEM_NO_TIME || at >= instant_of(from) ?
		    area_past[i].town : NULL;
	}
	return NULL;
}

/*
 * One municipality: from the table, from what came after it, or, when neither
 * knows the code (it is newer or older than the table), its first five digits.
 */
static void
take_city(struct arena *mem, struct item_area *a, utc_ms at)
{
	const struct area_city *city = bsearch(a->code, area_cities,
	    COUNT(area_cities), sizeof *area_cities, by_city);
	const char *town = successor(a->code, at);
	char (*own)[6] = arena_take(mem, sizeof *own);

	if (town == NULL)
		town = city != NULL ? city->town : a->code;
	memcpy(*own, town, 5);
	a->n_towns = 1;
	a->towns = (const char (*)[6])own;
}

void
area_towns(struct arena *mem, struct item_area *a, utc_ms at)
{
	a->n_towns = 0;
	a->towns = NULL;
	if (a->coding == NULL)
		return;
	if (strcmp(a->coding, "気象・地震・火山情報／市町村等") == 0) {
		if (is_digits(a->code, CITY_DIGITS))
			take_city(mem, a, at);
		return;
	}
	for (size_t i = 0; i < COUNT(codings); i++)
		if (strcmp(a->coding, codings[i].coding) == 0)
			take_list(a, a->code == NULL ? by_name(a->name) :
			    bsearch(a->code, codings[i].list, codings[i].n,
			    sizeof *codings[i].list, by_code));
}

/* What CAP calls a list whose codes are of Japan's municipalities. */
static int
is_municipal(const char *coding)
{
	static const char *const words[] = { "0402", "0401", "JIS", "地方公共団体",
		"市区町村", "市町村", "municipal", "lgcode", "localgov", "自治体",
		"都道府県", "JMA", "気象庁", "AreaInformationCity" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcasestr(coding, words[i]) != NULL)
			return 1;
	return 0;
}

static int
is_forecast(const char *coding)
{
	return strcasestr(coding, "予報区") != NULL ||
	    strcasestr(coding, "まとめた") != NULL ||
	    strcasestr(coding, "AreaForecast") != NULL ||
	    strcasestr(coding, "JMA") != NULL || strcmp(coding, "気象庁") == 0;
}

static const struct area_list *
listed(const struct area_list *list, size_t n, const char *code)
{
	return bsearch(code, list, n, sizeof *list, by_code);
}

/* The seven digits of a code, if it is one that can be a municipality's. */
static int
city_code(const char *code, char seven[8])
{
	char five[6], six[7];

	if (is_digits(code, 7)) {
		(void)snprintf(seven, 8, "%s", code);
		return 1;
	}
	if (!is_digits(code, 5) && !is_digits(code, 6))
		return 0;
	(void)snprintf(five, sizeof five, "%.5s", code);
	area_six_digits(five, six);
	if (strlen(code) == 6 && strcmp(code, six) != 0)
		return 0;
	(void)snprintf(seven, 8, "%s00", five);
	return 1;
}

void
area_geocode(struct arena *mem, struct item_area *a, utc_ms at)
{
	struct item_area by = *a;
	char seven[8], pref[3] = "";

	area_towns(mem, a, at);
	if (a->n_towns > 0 || a->coding == NULL || a->code == NULL)
		return;
	if (is_digits(a->code, 6) && is_forecast(a->coding))
		take_list(a, listed(area_forecast, COUNT(area_forecast),
		    a->code));
	if (a->n_towns > 0 || strstr(a->coding, "まとめた") != NULL ||
	    !is_municipal(a->coding))
		return;
	if (city_code(a->code, seven)) {
		if (strcmp(seven + 2, "00000") == 0)
			(void)snprintf(pref, sizeof pref, "%.2s", seven);
	} else if (is_digits(a->code, 2))
		(void)snprintf(pref, sizeof pref, "%s", a->code);
	else
		return;
	if (pref[0] != '\0') {
		take_list(a, listed(area_pref, COUNT(area_pref), pref));
		return;
	}
	by.code = seven;
	take_city(mem, &by, at);
	a->n_towns = by.n_towns;
	a->towns = by.towns;
}

/* Whether these n bytes at `at` are a part of a longer name that stands there. */
static int
is_part(const char *text, const char *at, const char *name, size_t n)
{
	static const char *const before[] = { "東", "西", "南", "北", "新", "大",
		"小", "上", "下" };

	for (size_t i = 0; i < COUNT(before); i++)
		if ((size_t)(at - text) >= strlen(before[i]) && strncmp(at -
		    strlen(before[i]), before[i], strlen(before[i])) == 0)
			return 1;
	for (size_t i = 0; i < COUNT(area_names); i++) {
		const char *whole = area_names[i];
		size_t all = strlen(whole);
		const char *in = all <= n ? NULL : memmem(whole, all, name, n);

		if (in != NULL && at - text >= in - whole &&
		    strncmp(at - (in - whole), whole, all) == 0)
			return 1;
	}
	return 0;
}

int
area_is_named(const char *text, const char *name, size_t n)
{
	const char *at = text;

	for (; (at = memmem(at, strlen(at), name, n)) != NULL; at += n)
		if (!is_part(text, at, name, n))
			return 1;
	return 0;
}

void
area_six_digits(const char five[6], char out[7])
{
	int sum = 0;

	out[0] = '\0';
	if (!is_digits(five, 5))
		return;
	for (int i = 0; i < 5; i++)
		sum += (6 - i) * (five[i] - '0');
	(void)snprintf(out, 7, "%s%d", five, (11 - sum % 11) % 10);
}
