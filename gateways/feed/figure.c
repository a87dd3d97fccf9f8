#include "figure.h"

#include "arena.h"
#include "disease.h"
#include "text.h"

#include <ctype.h>

enum {
	AHEAD_DAYS = 7,			/* a week may end after its report */
	BACK_DAYS = 400,
	HUNDREDTHS_MAX = 99999,		/* 999.99 patients a clinic: an error */
	PER_BYTES = 30			/* from 定点 to its 当たり */
};

/* A reader that walks along the words. What is below `counted` is a sentence's. */
struct scan {
	utc_ms at;
	struct figure *v;
	size_t n;
	const char *titled;		/* disease of the title, for what follows */
	int heading;			/* 定点当たり stood above, and no number */
	civil_date week, first_week;	/* 0: none said so far */
	int year;			/* said right before; or 0 */
	int counted;			/* 定点当たり was said */
	int skip;			/* the next number is another's */
	int of_japan;
	const char *disease;
	int several;			/* diseases named in one breath */
	size_t taken;
};

static int
begins(const char *p, const char *word)
{
	return strncmp(p, word, strlen(word)) == 0;
}

/* The word of the list that p begins with, or NULL. */
static const char *
one_of(const char *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if (begins(p, *words))
			return *words;
	return NULL;
}

/* Full-width signs of ASCII as ASCII, U+3000 as a blank. */
static const char *
narrow(struct arena *mem, const char *text)
{
	char *out = arena_text(mem, text), *to = out;
	const unsigned char *p = (const unsigned char *)out;

	while (*p != '\0') {
		unsigned code = p[0] != 0xef || p[1] == '\0' ? 0 :
		    (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);

		if (p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x80) {
			*to++ = ' ';
			p += 3;
		} else if (code >= 0xf01 && code <= 0xf5e) {
			*to++ = (char)(code - 0xf01 + '!');
			p += 3;
		} else {
			*to++ = (char)*p++;
		}
	}
	*to = '\0';
	return out;
}

/* ---- weeks ---- */

static civil_date
monday_of(int year, int week)
{
	civil_date fourth = date_from_civil((struct civil){ year, 1, 4 }, NULL);

	return fourth - (weekday_of(fourth) + 6) % 7 + 7 * (week - 1);
}

/* Its Monday, or 0 when no such week lies near the item's time. */
static civil_date
week_near(const struct scan *s, int year, int week)
{
	civil_date now = date_of(s->at);
	int from = year != 0 ? year : civil_from_date(now).year + 1;

	if (week < 1 || week > 53)
		return 0;
	for (int y = from; y >= (year != 0 ? year : from - 2); y--) {
		civil_date day = monday_of(y, week);

		if (day >= monday_of(y + 1, 1) || day > now + AHEAD_DAYS)
			continue;
		return day < now - BACK_DAYS ? 0 : day;
	}
	return 0;
}

/* ---- words ---- */

/* What number follows, and where it ends. */
struct digits {
	int whole, decimals, hundredths;
	const char *end;
};

static struct digits
digits_at(const char *p)
{
	struct digits d = { .end = p };
	size_t n = strspn(p, "0123456789");

	if (n == 0 || n > 6)
		return (struct digits){ .decimals = -1, .end = p + n };
	d.whole = atoi(p);
	d.end = p + n;
	d.hundredths = d.whole * 100;
	if (*d.end != '.' || !isdigit((unsigned char)d.end[1]))
		return d;
	d.decimals = (int)strspn(d.end + 1, "0123456789");
	d.hundredths += (d.end[1] - '0') * 10;
	if (d.decimals == 2)
		d.hundredths += d.end[2] - '0';
	d.end += 1 + d.decimals;
	return d;
}

/* The disease that p begins with; *n its bytes. */
static const char *
disease_here(const char *p, size_t *n)
{
	const struct disease *d;
	const char *found = NULL;

	*n = 0;
	for (size_t i = 0; (d = disease_at(i)) != NULL; i++) {
		for (const char *w = d->names; w != NULL;
		    w = strchr(w, '|') == NULL ? NULL : strchr(w, '|') + 1) {
			size_t bytes = strcspn(w, "|");

			if (bytes > *n && strncmp(p, w, bytes) == 0) {
				found = d->code;
				*n = bytes;
			}
		}
	}
	/* A germ of that name, and the illness that only looks like it. */
	return found != NULL && (begins(p + *n, "菌") ||
	    begins(p + *n, "様")) ? NULL : found;
}

/* 定点当たり, 定点医療機関あたり; its bytes, or 0. */
static size_t
sentinel_here(const char *p)
{
	size_t room;

	if (!begins(p, "定点"))
		return 0;
	room = strlen(p) < PER_BYTES ? strlen(p) : PER_BYTES;
	for (size_t i = strlen("定点"); i < room && p[i] != '\n'; i++)
		if (begins(p + i, "当") || begins(p + i, "あたり"))
			return i + strlen("当");
	return 0;
}

/* Between two diseases of one breath: "・", "と", "及び" … */
static int
is_joined(const char *p)
{
	static const char *const joints[] = { "・", "、", ",", "/", "と",
	    "及び", "および", "並びに", "(", ")", " ", NULL };
	const char *joint;
	size_t n;

	while ((joint = one_of(p, joints)) != NULL)
		p += strlen(joint);
	return disease_here(p, &n) != NULL;
}

/* ---- numbers ---- */

/* Bytes of the word of the list that ends before p, or 0. */
static size_t
ends_with(const char *text, const char *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if ((size_t)(p - text) >= strlen(*words) &&
		    begins(p - strlen(*words), *words))
			return strlen(*words);
	return 0;
}

/* Another place, whose own number follows: 沖縄県（12.34）. */
static int
is_elsewhere(const char *text, const char *p)
{
	static const char *const places[] = { "都", "道", "府", "県", "市",
	    "町", "村", "区", "保健所", "管内", NULL };

	static const char *const glue[] = { "は", "で", "が", "の", NULL };
	size_t n;

	do {
		while (p > text && strchr(" (:", p[-1]) != NULL)
			p--;
		n = ends_with(text, p, glue);
		p -= n;
	} while (n > 0);
	return ends_with(text, p, places) > 0;
}

/* Behind a number: not a share, a threshold, a factor. */
static int
is_measure(const char *p)
{
	static const char *const units[] = { "人", "件", "名", "例", NULL };
	static const char *const others[] = { "%", "倍", "週", "年", "月",
	    "日", "歳", "時", "分", "万", "億", "か所", "カ所", "ヶ所",
	    "箇所", "機関", "定点", "位", "回", "以上", "以下", "未満", "を超",
	    "を上回", "を下回", "より", "から", "ポイント", "増", "減", "g",
	    "m", "℃", "度", NULL };
	const char *unit = one_of(p, units);

	p += unit == NULL ? 0 : strlen(unit);
	p += strspn(p, " ");
	return one_of(p, others) == NULL;
}

static int
is_known(const struct scan *s, civil_date week)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].disease == s->disease &&
		    s->v[i].week_on == week &&
		    s->v[i].of_japan == s->of_japan)
			return 1;
	return 0;
}

static void
take(struct scan *s, const struct digits *d)
{
	civil_date week = s->week != 0 ? s->week : s->first_week;

	s->taken++;
	if (s->disease == NULL || s->several || week == 0 ||
	    s->n == FIGURES_MAX || d->hundredths > HUNDREDTHS_MAX ||
	    is_known(s, week))
		return;
	s->v[s->n++] = (struct figure){ s->disease, week, d->hundredths,
	    s->of_japan };
}

/* A number, a year or a week; returns what is behind it. */
static const char *
number_word(struct scan *s, const char *text, const char *p)
{
	struct digits d = digits_at(p);
	int per = begins(d.end, "/定点") || begins(d.end, "人/定点");
	int was_skipped = s->skip;

	if (d.decimals == 0 && begins(d.end, "年")) {
		int is_reiwa = (size_t)(p - text) >= strlen("令和") &&
		    begins(p - strlen("令和"), "令和");

		s->year = d.whole + (is_reiwa ? 2018 : 0);
		return d.end + strlen("年");
	}
	if (d.decimals == 0 && begins(d.end, "週")) {
		s->week = week_near(s, s->year, d.whole);
		if (s->first_week == 0)
			s->first_week = s->week;
		s->year = 0;
		return d.end + strlen("週");
	}
	if (d.decimals < 1 || d.decimals > 2 || *d.end == '.' ||
	    (p > text && p[-1] == '.'))
		return d.end;
	s->skip = 0;
	if ((s->counted || per) && !was_skipped &&
	    (per || is_measure(d.end)) && !is_elsewhere(text, p))
		take(s, &d);
	return d.end;
}

/* ---- sentences ---- */

static void
begin_sentence(struct scan *s)
{
	s->counted = s->heading;
	s->skip = s->of_japan = s->several = 0;
	s->disease = s->titled;
	s->taken = 0;
}

static void
disease_word(struct scan *s, const char *disease, const char *behind)
{
	int joined = is_joined(behind);

	s->several = joined || (s->several && s->disease == NULL);
	s->disease = joined ? NULL : disease;
}

/* A word that is no number; returns what is behind it. */
static const char *
other_word(struct scan *s, const char *p)
{
	static const char *const aside[] = { "前週", "前年", "前回", "先週",
	    "昨年", "前月", "過去", "基準", "注意報", "警報", "目安",
	    "平年", "累計", "平均", "最大", NULL };
	static const char *const here[] = { "県内", "都内", "府内", "道内",
	    "市内", "区内", "管内", "本県", "当所", NULL };
	/* What sentinels count besides, and is in no list of ours. */
	static const char *const others[] = { "突発性発", "流行性耳下腺炎",
	    "おたふく", "急性出血性結膜炎", "流行性角結膜炎", "細菌性髄膜炎",
	    "無菌性髄膜炎", "クラミジア", "性器ヘルペス", "尖圭コンジローマ",
	    "淋菌", "ロタウイルス", "鳥インフルエンザ", NULL };
	const char *word = one_of(p, aside);
	size_t n = sentinel_here(p);
	const char *disease;

	if (n > 0) {
		s->counted = 1;
		s->skip = 0;
		return p + n;
	}
	if (word != NULL) {
		s->skip = 1;
		return p + strlen(word);
	}
	if (begins(p, "全国")) {
		s->of_japan = 1;
		return p + strlen("全国");
	}
	if ((word = one_of(p, here)) != NULL) {
		s->of_japan = 0;
		return p + strlen(word);
	}
	if (begins(p, "、"))
		s->skip = 0;
	if ((word = one_of(p, others)) != NULL) {
		s->disease = NULL;
		return p + strlen(word);
	}
	disease = disease_here(p, &n);
	if (n == 0)
		return p + 1;
	if (disease != NULL)
		disease_word(s, disease, p + n);
	return p + n;
}

static void
scan_text(struct scan *s, const char *text)
{
	const char *p = text;

	begin_sentence(s);
	while (*p != '\0') {
		int ends = begins(p, "。"), breaks = *p == '\n';

		if (ends || breaks) {
			s->heading = breaks && s->counted &&
			    (s->taken == 0 || s->heading);
			begin_sentence(s);
			p += ends ? strlen("。") : 1;
		} else {
			p = isdigit((unsigned char)*p) ?
			    number_word(s, text, p) : other_word(s, p);
		}
	}
	s->heading = s->counted && s->taken == 0;
}

static void
scan_item(struct scan *s, const char *title, const char *summary)
{
	if (title != NULL)
		scan_text(s, title);
	s->titled = s->several ? NULL : s->disease;
	if (summary != NULL)
		scan_text(s, summary);
}

size_t
figures_read(const struct item *item, utc_ms at, struct arena *mem,
    struct figure v[FIGURES_MAX])
{
	const char *title = item->title, *summary = item->summary;
	struct scan first = { .at = at, .v = v }, s = first;

	title = title == NULL ? NULL : narrow(mem, title);
	summary = summary == NULL ? NULL : narrow(mem, summary);
	/* A week may be said behind its figure: once only to find it. */
	scan_item(&first, title, summary);
	s.first_week = first.first_week;
	scan_item(&s, title, summary);
	return s.n;
}

const char *
figures_json(const struct figure *v, size_t n, struct arena *mem)
{
	struct buf b = { 0 };
	char day[INSTANT_TEXT];
	char *json;

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s{\"d\":\"%s\",\"w\":\"%s\",\"v\":%d,\"j\":%d}",
		    i == 0 ? "" : ",", v[i].disease,
		    date_iso(v[i].week_on, day), v[i].hundredths,
		    v[i].of_japan);
	json = arena_printf(mem, "[%s]", buf_text(&b));
	buf_free(&b);
	return json;
}
