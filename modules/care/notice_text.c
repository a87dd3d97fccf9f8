#include "notice_text.h"

#include "notice.h"
#include "sms_text.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>

enum {
	SEGMENTS_MAX = 4,
	SUBJECT_MAX = 60,		/* characters */
	FILE_BYTES_MAX = 8192,
	NAME_BYTES = 80
};

static const char sms_head[] = "【{{sender}}】";
static const char subject_head[] = "Subject: ";

/* ---- what a template may name ---- */

/* Text from settings and tables: nothing in it may end a line. */
static void
put_plain(struct buf *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		buf_putc(out, c < 0x20 || c == 0x7f ? ' ' : *text);
	}
}

static void
put_at(struct buf *out, const struct notice_words *w, int en)
{
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil c = civil_from_date(date_of(w->at));
	int minute = minute_of_day(w->at);

	if (en)
		buf_printf(out, "%d %s %02d:%02d", c.day, month[c.month - 1],
		    minute / 60, minute % 60);
	else
		buf_printf(out, "%d月%d日 %d:%02d", c.month, c.day,
		    minute / 60, minute % 60);
}

/* Puts the value of one name. 0, or -1 if there is no such name. */
static int
put_word(struct buf *out, const char *name, size_t n,
    const struct notice_words *w, int en)
{
	const struct {
		const char *name, *value;
	} known[] = {
		{ "sender", w->sender }, { "nickname", w->nickname },
		{ "phone", w->phone }, { "office", w->office },
		{ "link", w->link }, { "code", w->code }
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strlen(known[i].name) == n &&
		    memcmp(known[i].name, name, n) == 0) {
			put_plain(out, known[i].value);
			return 0;
		}
	if (n == 2 && memcmp(name, "at", n) == 0)
		put_at(out, w, en);
	else if (n == 5 && memcmp(name, "count", n) == 0)
		buf_i64(out, w->count);
	else
		return -1;
	return 0;
}

/* Fills `text`; NULL, or where a name is unknown or a bracket has no pair. */
static const char *
fill(struct buf *out, const char *text, const struct notice_words *w, int en)
{
	while (*text != '\0') {
		const char *open = strstr(text, "{{"), *close;
		const char *stray = strstr(text, "}}");

		if (stray != NULL && (open == NULL || stray < open))
			return stray;
		if (open == NULL)
			break;
		close = strstr(open, "}}");
		if (close == NULL)
			return open;
		buf_put(out, text, (size_t)(open - text));
		if (put_word(out, open + 2, (size_t)(close - open - 2), w,
		    en) != 0)
			return open;
		text = close + 2;
	}
	buf_puts(out, text);
	return NULL;
}

/* ---- the linter ---- */

static int __attribute__((format(printf, 3, 4)))
refuse(char *why, size_t n, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(why, n, format, ap);
	va_end(ap);
	return -1;
}

/* Forty and eighty Japanese letters, as long as their columns allow. */
#define TEN "あいうえおかきくけこ"

static const struct notice_words longest = {
	.sender = TEN TEN TEN TEN,
	.nickname = TEN TEN TEN TEN,
	.phone = "00000-00000-00000-00",
	.office = TEN TEN TEN TEN TEN TEN TEN TEN,
	.link = "https://care.long-name-of-a-network.city.long-name-of-a-city."
	    "prefecture.example:12345/patients",
	.at = 1796050800000,	/* 30 November 2026, 15:00 UTC */
	.count = 99999,
	.code = "00000000"
};

static int
lint_sms(const char *text, char *why, size_t why_bytes)
{
	struct sms_size size;
	struct buf b = { 0 };
	int rc = 0;

	if (strncmp(text, sms_head, sizeof sms_head - 1) != 0)
		return refuse(why, why_bytes, "does not begin with %s",
		    sms_head);
	(void)fill(&b, text, &longest, 0);
	if (sms_text_measure(buf_text(&b), &size) != 0)
		rc = refuse(why, why_bytes, "not UTF-8");
	else if (!sms_text_fits(&size) || size.segments > SEGMENTS_MAX)
		rc = refuse(why, why_bytes, "too long: up to %zu units in %zu "
		    "segments, %d allowed", size.units, size.segments,
		    SEGMENTS_MAX);
	buf_free(&b);
	return rc;
}

static int
lint_mail(const char *text, char *why, size_t why_bytes)
{
	const char *subject = text + sizeof subject_head - 1, *end;
	char line[SUBJECT_MAX * 4 + 1];

	if (strncmp(text, subject_head, sizeof subject_head - 1) != 0)
		return refuse(why, why_bytes, "does not begin with a subject");
	end = strchr(subject, '\n');
	if (end == NULL || end == subject || end[1] != '\n' || end[2] == '\0')
		return refuse(why, why_bytes, "wants a subject, an empty line "
		    "and a text");
	(void)snprintf(line, sizeof line, "%.*s", (int)(end - subject),
	    subject);
	if ((size_t)(end - subject) >= sizeof line ||
	    text_length(line) > SUBJECT_MAX)
		return refuse(why, why_bytes, "subject longer than %d "
		    "characters", SUBJECT_MAX);
	return 0;
}

int
notice_text_lint(enum notice_channel channel, const char *text, char *why,
    size_t why_bytes)
{
	struct buf b = { 0 };
	const char *bad;

	if (text_check(text, strlen(text), 1) != TEXT_OK ||
	    strpbrk(text, "\t\r") != NULL)
		return refuse(why, why_bytes, "a control character, or not "
		    "UTF-8");
	bad = fill(&b, text, &longest, 0);
	buf_free(&b);
	if (bad != NULL)
		return refuse(why, why_bytes, "no such name, or an odd bracket:"
		    " %.*s", (int)strcspn(bad, " \n"), bad);
	return channel == NOTICE_SMS ? lint_sms(text, why, why_bytes) :
	    lint_mail(text, why, why_bytes);
}

/* ---- a folder of templates ---- */

static const char *const channels[] = { "mail", "sms" };
static const char *const langs[] = { "ja", "en" };

struct notice_texts {
	size_t n;
	char **text;		/* kind × channel × language; NULL: none */
};

static size_t
count_kinds(void)
{
	size_t n = 0;

	while (notice_kinds[n].name != NULL)
		n++;
	return n;
}

static size_t
place_of(const struct notice_kind *kind, enum notice_channel channel, int en)
{
	return ((size_t)(kind - notice_kinds) * 2 + (size_t)channel) * 2 +
	    (size_t)en;
}

/* The file's text without the line ends at its end; NULL with errno. */
static char *
read_text(const char *folder, const char *name)
{
	char path[4096], *text = calloc(1, FILE_BYTES_MAX);
	FILE *f;
	size_t n;

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "re");
	if (f == NULL || text == NULL) {
		free(text);
		if (f != NULL)
			(void)fclose(f);
		return NULL;
	}
	n = fread(text, 1, FILE_BYTES_MAX - 1, f);
	(void)fclose(f);
	while (n > 0 && text[n - 1] == '\n')
		text[--n] = '\0';
	return text;
}

/* Reads and checks one template. A kind that does not go by a channel has none for it. */
static int
read_one(struct notice_texts *t, const char *folder, size_t place, char *why,
    size_t why_bytes)
{
	const struct notice_kind *kind = &notice_kinds[place / 4];
	enum notice_channel channel = place / 2 % 2 == 0 ?
	    NOTICE_MAIL : NOTICE_SMS;
	char name[NAME_BYTES], reason[200];

	if (channel == NOTICE_SMS ? !kind->sms_allowed : kind->sms_only)
		return 0;
	(void)snprintf(name, sizeof name, "%s.%s.%s.txt", kind->name,
	    channels[channel], langs[place % 2]);
	t->text[place] = read_text(folder, name);
	if (t->text[place] == NULL)
		return refuse(why, why_bytes, "%s: %s", name, strerror(errno));
	if (notice_text_lint(channel, t->text[place], reason,
	    sizeof reason) != 0)
		return refuse(why, why_bytes, "%s: %s", name, reason);
	return 0;
}

/* 1 if the file is a template of a kind and channel that exist. */
static int
is_known(const struct notice_texts *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++) {
		char known[NAME_BYTES];

		(void)snprintf(known, sizeof known, "%s.%s.%s.txt",
		    notice_kinds[i / 4].name, channels[i / 2 % 2],
		    langs[i % 2]);
		if (t->text[i] != NULL && strcmp(known, name) == 0)
			return 1;
	}
	return 0;
}

/* A misspelt file would silently never be used. */
static int
refuse_strangers(const struct notice_texts *t, const char *folder, char *why,
    size_t why_bytes)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;
	int rc = 0;

	if (dir == NULL)
		return refuse(why, why_bytes, "%s: %s", folder,
		    strerror(errno));
	while (rc == 0 && (e = readdir(dir)) != NULL) {
		size_t n = strlen(e->d_name);

		if (n > 4 && strcmp(e->d_name + n - 4, ".txt") == 0 &&
		    !is_known(t, e->d_name))
			rc = refuse(why, why_bytes, "%s: no such kind, channel "
			    "or language", e->d_name);
	}
	(void)closedir(dir);
	return rc;
}

struct notice_texts *
notice_texts_read(const char *folder, char *why, size_t why_bytes)
{
	struct notice_texts *t = calloc(1, sizeof *t);
	int rc = 0;

	if (t == NULL)
		abort();
	t->n = count_kinds() * 4;
	t->text = calloc(t->n, sizeof *t->text);
	if (t->text == NULL)
		abort();
	for (size_t i = 0; rc == 0 && i < t->n; i++)
		rc = read_one(t, folder, i, why, why_bytes);
	if (rc == 0)
		rc = refuse_strangers(t, folder, why, why_bytes);
	if (rc == 0)
		return t;
	notice_texts_free(t);
	return NULL;
}

void
notice_texts_free(struct notice_texts *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n; i++)
		free(t->text[i]);
	free(t->text);
	free(t);
}

int
notice_text_fill(const struct notice_texts *t, const char *kind,
    enum notice_channel channel, const char *lang,
    const struct notice_words *words, struct buf *subject, struct buf *body)
{
	const struct notice_kind *k = notice_kind_find(kind);
	int en = strcmp(lang, "en") == 0;
	const char *text, *end;
	char *line;

	text = k == NULL ? NULL : t->text[place_of(k, channel, en)];
	if (text == NULL)
		return -1;
	if (channel == NOTICE_MAIL) {
		text += sizeof subject_head - 1;
		end = strchr(text, '\n');
		line = strndup(text, (size_t)(end - text));
		if (line == NULL)
			abort();
		(void)fill(subject, line, words, en);
		free(line);
		text = end + 2;
	}
	(void)fill(body, text, words, en);
	return 0;
}
