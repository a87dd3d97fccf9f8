#include "source.h"

#include "address.h"
#include "arena.h"
#include "settings.h"
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>

enum {
	WEATHER_SILENT_S = 2 * 86400, OTHER_SILENT_S = 90 * 86400,
	LINE_BYTES_MAX = 4096, STALE_MIN_S = 600, STALE_INTERVALS = 3,
	MIB = 1024 * 1024
};

#define AT(member) offsetof(struct source, member)

static const struct setting fields[] = {
	{ "url", SETTING_TEXT, AT(url), 9, ADDRESS_URL_MAX, NULL,
	  "feed, https only" },
	{ "catch_up_url", SETTING_TEXT, AT(catch_up_url), 0, ADDRESS_URL_MAX,
	  "", "longer feed that is read after an outage; empty: none" },
	{ "label", SETTING_TEXT, AT(label), 1, 80, NULL,
	  "who speaks, as people read it" },
	{ "authority", SETTING_TEXT, AT(authority), 0, SOURCE_NAME_MAX, "",
	  "publisher that several sources share, a-z, 0-9 and -: only they "
	  "replace and lift what each other says; empty: this one alone" },
	{ "topic", SETTING_TEXT, AT(topic), 5, 8, "other",
	  "weather, health, outage or other" },
	{ "entries", SETTING_TEXT, AT(entries), 5, 5, "items",
	  "links: each names a telegram to fetch; items: each is one itself" },
	{ "types", SETTING_TEXT, AT(types), 0, 2000, "",
	  "of links, only files with one of these words in their name; a * at "
	  "a word's end stands for anything" },
	{ "hosts", SETTING_TEXT, AT(hosts), 0, 1000, "",
	  "hosts beside that of url that links may name" },
	{ "areas", SETTING_TEXT, AT(areas), 0, 2000, "",
	  "codes of municipalities or prefectures, or japan, where an item "
	  "holds that has no code of a place; code:name if it has that name" },
	{ "ca_file", SETTING_TEXT, AT(ca_file), 0, 1000, "",
	  "authorities to trust; empty: the system's" },
	{ "interval_s", SETTING_NUMBER, AT(interval_s), 1, 86400, "300",
	  "seconds between polls" },
	{ "holds_s", SETTING_NUMBER, AT(holds_s), 1, 31 * 86400, "600",
	  "seconds that the feed reaches back" },
	{ "bytes_max", SETTING_NUMBER, AT(bytes_max), 1024, 16 * MIB, "8388608",
	  "largest document, unpacked, in bytes" },
	{ "timeout_ms", SETTING_NUMBER, AT(timeout_ms), 100, 120000, "15000",
	  "longest transfer of one document, milliseconds" },
	{ "stale_after_s", SETTING_NUMBER, AT(stale_after_s), 0, 31 * 86400,
	  "0", "seconds without a good answer until the alarm; 0: three "
	  "intervals, at least 600" },
	{ "silent_after_s", SETTING_NUMBER, AT(silent_after_s), -1,
	  366 * 86400, "-1", "seconds without anything new until the alarm; 0: "
	  "never; -1: two days for weather, 90 for others, never for outage" },
	{ "may_be_empty", SETTING_NUMBER, AT(may_be_empty), 0, 1, "0",
	  "1: a feed without an entry is no failure" },
	{ "zone_min", SETTING_NUMBER, AT(zone_min), -720, 840, "540",
	  "minutes east of UTC, of times that do not say their zone" },
	{ "valid_hours", SETTING_NUMBER, AT(valid_hours), 1, 24 * 366, "168",
	  "how long an item holds that does not say so" },
	{ "private_address", SETTING_NUMBER, AT(private_address), 0, 1, "0",
	  "1: it may be at a loopback, link-local or private address" },
	{ 0 }
};

enum { FIELDS = sizeof fields / sizeof fields[0] - 1 };

/* A reading under way. */
struct reading {
	struct arena *mem;
	struct source *v;
	size_t n;
	const char *given[FIELDS];	/* of the section at hand */
	const char *file;
	int line, section_line;
	char *why;
	size_t why_bytes;
};

static int __attribute__((format(printf, 3, 4)))
refuse(struct reading *r, int line, const char *format, ...)
{
	char reason[300];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(reason, sizeof reason, format, ap);
	va_end(ap);
	(void)snprintf(r->why, r->why_bytes, "%s:%d: %s", r->file, line,
	    reason);
	return -1;
}

static char *
trim(char *p)
{
	char *end;

	p += strspn(p, " \t\r\n");
	end = p + strlen(p);
	while (end > p && strchr(" \t\r\n", end[-1]) != NULL)
		end--;
	*end = '\0';
	return p;
}

/* ---- a whole section ---- */

static int
take_number(struct reading *r, const struct setting *f, const char *text,
    struct source *s)
{
	char *end;
	int64_t n;

	errno = 0;
	n = strtoll(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n < f->min ||
	    n > f->max)
		return refuse(r, r->section_line, "%s: %s: not a number of %"
		    PRId64 " to %" PRId64, s->name, f->name, f->min, f->max);
	memcpy((char *)s + f->at, &n, sizeof n);
	return 0;
}

static int
take_field(struct reading *r, size_t i, struct source *s)
{
	const struct setting *f = &fields[i];
	const char *text = r->given[i] != NULL ? r->given[i] : f->fallback;
	int64_t n = text == NULL ? 0 : (int64_t)strlen(text);

	if (text == NULL)
		return refuse(r, r->section_line, "%s: %s is missing", s->name,
		    f->name);
	if (f->kind == SETTING_NUMBER)
		return take_number(r, f, text, s);
	if (n < f->min || n > f->max)
		return refuse(r, r->section_line, "%s: %s: not within %" PRId64
		    " to %" PRId64 " bytes", s->name, f->name, f->min, f->max);
	memcpy((char *)s + f->at, &text, sizeof text);
	return 0;
}

static int
is_one_of(const char *word, const char *list)
{
	size_t n = strlen(word);

	for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return 1;
	return 0;
}

/*
 * Codes of five or six digits, or of a prefecture's two, each perhaps with a
 * name behind a colon; or "japan".
 */
static int
areas_are_fit(const char *areas)
{
	if (strcmp(areas, "japan") == 0)
		return 1;
	while (*areas != '\0') {
		size_t n = strspn(areas, "0123456789");
		size_t all = strcspn(areas, " ");

		if (n != 2 && n != 5 && n != 6)
			return 0;
		if (all > n && (areas[n] != ':' || all == n + 1))
			return 0;
		areas += all + strspn(areas + all, " ");
	}
	return 1;
}

static int
is_name(const char *p)
{
	size_t n = strlen(p);

	return n > 0 && n <= SOURCE_NAME_MAX &&
	    strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static int
end_section(struct reading *r)
{
	struct source *s = &r->v[r->n - 1];

	if (r->n == 0)
		return 0;
	for (size_t i = 0; i < FIELDS; i++)
		if (take_field(r, i, s) != 0)
			return -1;
	if (s->authority[0] == '\0')
		s->authority = s->name;
	if (!is_name(s->authority))
		return refuse(r, r->section_line, "%s: authority: a-z, 0-9 and "
		    "-", s->name);
	if (!address_url_is_fit(s->url) || (s->catch_up_url[0] != '\0' &&
	    !address_url_is_fit(s->catch_up_url)))
		return refuse(r, r->section_line, "%s: not an https address",
		    s->name);
	if (!is_one_of(s->topic, "weather health outage other"))
		return refuse(r, r->section_line, "%s: no such topic", s->name);
	if (!is_one_of(s->entries, "links items"))
		return refuse(r, r->section_line, "%s: entries are `links' or "
		    "`items'", s->name);
	if (!areas_are_fit(s->areas))
		return refuse(r, r->section_line, "%s: areas: codes of 2, 5 or "
		    "6 digits, perhaps :name, or japan", s->name);
	return 0;
}

/* ---- lines ---- */

static int
begin_section(struct reading *r, char *line)
{
	char *name = line + 1, *end = strchr(line, ']');

	if (end_section(r) != 0)
		return -1;
	if (end == NULL || end[1] != '\0')
		return refuse(r, r->line, "a section is [name]");
	*end = '\0';
	if (!is_name(name))
		return refuse(r, r->line, "a name is a-z, 0-9 and -, at most %d",
		    SOURCE_NAME_MAX);
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->v[i].name, name) == 0)
			return refuse(r, r->line, "%s is there already", name);
	if (r->n == SOURCES_MAX)
		return refuse(r, r->line, "more than %d sources", SOURCES_MAX);
	r->v[r->n++].name = arena_text(r->mem, name);
	memset(r->given, 0, sizeof r->given);
	r->section_line = r->line;
	return 0;
}

static int
take_value(struct reading *r, char *line)
{
	char *equals = strchr(line, '='), *name;

	if (equals == NULL || r->n == 0)
		return refuse(r, r->line, "neither [name] nor `name = value'");
	*equals = '\0';
	name = trim(line);
	for (size_t i = 0; i < FIELDS; i++) {
		if (strcmp(fields[i].name, name) != 0)
			continue;
		r->given[i] = arena_text(r->mem, trim(equals + 1));
		return 0;
	}
	return refuse(r, r->line, "there is no `%.60s' of a source", name);
}

static int
take_line(struct reading *r, char *raw, size_t n)
{
	char *line;

	if (n > LINE_BYTES_MAX || text_check(raw, n, 1) != TEXT_OK)
		return refuse(r, r->line, "too long, not UTF-8, or a control "
		    "character");
	line = trim(raw);
	if (line[0] == '\0' || line[0] == '#')
		return 0;
	return line[0] == '[' ? begin_section(r, line) : take_value(r, line);
}

int
sources_read(const char *path, struct arena *mem, struct sources *out,
    char *why, size_t why_bytes)
{
	struct reading r = {
		.mem = mem, .file = path, .why = why, .why_bytes = why_bytes,
		.v = arena_take_many(mem, SOURCES_MAX, sizeof *r.v)
	};
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int result = 0;

	if (f == NULL)
		return refuse(&r, 0, "%s", strerror(errno));
	while (result == 0 && (n = getline(&line, &room, f)) != -1) {
		r.line++;
		result = take_line(&r, line, (size_t)n);
	}
	if (result == 0)
		result = ferror(f) ? refuse(&r, r.line, "%s", strerror(errno)) :
		    end_section(&r);
	free(line);
	(void)fclose(f);
	if (result == 0)
		*out = (struct sources){ r.n, r.v };
	return result;
}

/* ---- what is asked of them ---- */

const struct source *
source_named(const struct sources *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].name, name) == 0)
			return &all->v[i];
	return NULL;
}

int64_t
source_stale_s(const struct source *s)
{
	int64_t usual = s->interval_s * STALE_INTERVALS;

	if (s->stale_after_s > 0)
		return s->stale_after_s;
	return usual > STALE_MIN_S ? usual : STALE_MIN_S;
}

int64_t
source_silent_s(const struct source *s)
{
	if (s->silent_after_s >= 0)
		return s->silent_after_s;
	return strcmp(s->topic, "outage") == 0 ? 0 :
	    strcmp(s->topic, "weather") == 0 ? WEATHER_SILENT_S :
	    OTHER_SILENT_S;
}

/* Whether a word of the list is these n bytes, or begins them before its *. */
static int
is_wanted(const char *p, size_t n, const char *list)
{
	while (*list != '\0') {
		size_t m = strcspn(list, " ");

		if (m == n && strncmp(p, list, n) == 0)
			return 1;
		if (m > 1 && list[m - 1] == '*' && n >= m - 1 &&
		    strncmp(p, list, m - 1) == 0)
			return 1;
		list += m + strspn(list + m, " ");
	}
	return 0;
}

int
source_wants(const struct source *s, const char *url)
{
	const char *p;

	if (!address_url_is_fit(url) ||
	    !address_host_among(url, s->url, s->hosts))
		return 0;
	if (s->types[0] == '\0')
		return 1;
	p = strrchr(url, '/') + 1;
	while (*p != '\0') {
		size_t n = strcspn(p, "_.");

		if (n > 0 && is_wanted(p, n, s->types))
			return 1;
		p += n + strspn(p + n, "_.");
	}
	return 0;
}

void
sources_describe(void)
{
	for (const struct setting *f = fields; f->name != NULL; f++)
		printf("  %s (%s%s; %" PRId64 " to %" PRId64 "%s)\n      %s\n",
		    f->name, f->fallback == NULL ? "must be set" : "default: ",
		    f->fallback == NULL ? "" : f->fallback[0] == '\0' ?
		    "empty" : f->fallback, f->min, f->max,
		    f->kind == SETTING_NUMBER ? "" : " bytes", f->about);
}
