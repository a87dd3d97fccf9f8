#include "charset.h"

#include "charset_bytes.h"

#include <ctype.h>
#include <iconv.h>
#include <stdint.h>

enum { LABEL_BYTES = 40, DECLARATION_BYTES = 400, LATIN_KANA = 4 };

struct charsets {
	iconv_t cp932, euc_jp, extra;
	const char *extra_name;
};

/* Labels as they are met, and what they mean. "" is decoded here, not by iconv. */
static const struct { const char *label, *name; } labels[] = {
	{ "utf-8", "UTF-8" }, { "utf8", "UTF-8" }, { "unicode-1-1-utf-8", "UTF-8" },
	{ "us-ascii", "CP1252" }, { "ascii", "CP1252" },
	{ "iso-8859-1", "CP1252" }, { "latin1", "CP1252" }, { "l1", "CP1252" },
	{ "iso_8859-1", "CP1252" }, { "windows-1252", "CP1252" },
	{ "cp1252", "CP1252" },
	{ "shift_jis", "CP932" }, { "shift-jis", "CP932" }, { "sjis", "CP932" },
	{ "x-sjis", "CP932" }, { "shiftjis", "CP932" }, { "ms_kanji", "CP932" },
	{ "windows-31j", "CP932" }, { "cp932", "CP932" }, { "ms932", "CP932" },
	{ "cswindows31j", "CP932" }, { "csshiftjis", "CP932" },
	{ "euc-jp", "EUC-JP" }, { "x-euc-jp", "EUC-JP" }, { "eucjp", "EUC-JP" },
	{ "euc_jp", "EUC-JP" }, { "eucjp-ms", "EUC-JP" }, { "ujis", "EUC-JP" },
	{ "cseucpkdfmtjapanese", "EUC-JP" },
	{ "iso-2022-jp", "ISO-2022-JP" }, { "csiso2022jp", "ISO-2022-JP" },
	{ "utf-7", "UTF-7" }, { "unicode-1-1-utf-7", "UTF-7" },
	{ "iso-8859-2", "ISO-8859-2" }, { "iso-8859-5", "ISO-8859-5" },
	{ "iso-8859-7", "ISO-8859-7" }, { "iso-8859-9", "CP1254" },
	{ "iso-8859-15", "ISO-8859-15" }, { "windows-1250", "CP1250" },
	{ "windows-1251", "CP1251" }, { "windows-1253", "CP1253" },
	{ "windows-1254", "CP1254" }, { "windows-1255", "CP1255" },
	{ "windows-1256", "CP1256" }, { "windows-1257", "CP1257" },
	{ "koi8-r", "KOI8-R" }, { "koi8-u", "KOI8-U" },
	{ "gb2312", "GB18030" }, { "gbk", "GB18030" }, { "gb18030", "GB18030" },
	{ "big5", "BIG5" }, { "euc-kr", "CP949" }, { "ks_c_5601-1987", "CP949" },
};

static const char *
name_of(const char *label, size_t n)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strlen(labels[i].label) == n &&
		    strncasecmp(labels[i].label, label, n) == 0)
			return labels[i].name;
	return NULL;
}

struct charsets *
charsets_open(const char *extra)
{
	struct charsets *c = calloc(1, sizeof *c);

	if (c == NULL)
		return NULL;
	c->cp932 = iconv_open("UTF-8", "CP932");
	c->euc_jp = iconv_open("UTF-8", "EUC-JP-MS");
	c->extra = (iconv_t)-1;
	for (size_t i = 0; extra != NULL && i < sizeof labels / sizeof *labels;
	    i++)
		if (strcmp(labels[i].name, extra) == 0)
			c->extra_name = labels[i].name;
	if (c->extra_name != NULL)
		c->extra = iconv_open("UTF-8", c->extra_name);
	return c;
}

static void
close_one(iconv_t cd)
{
	if (cd != (iconv_t)-1)
		(void)iconv_close(cd);
}

void
charsets_close(struct charsets *c)
{
	if (c == NULL)
		return;
	close_one(c->cp932);
	close_one(c->euc_jp);
	close_one(c->extra);
	free(c);
}

/* Makes room for `more` bytes. 0, or -1 when there is none. */
static int
room(char **out, size_t *size, size_t n, size_t more)
{
	size_t want = n + more;
	char *p;

	if (want <= *size)
		return 0;
	want += want / 2;
	p = realloc(*out, want);
	if (p == NULL)
		return -1;
	*out = p;
	*size = want;
	return 0;
}

/* Through iconv; each byte that stands for nothing becomes U+FFFD. */
static int
convert(iconv_t cd, const char *p, size_t n, struct decoded *d)
{
	size_t size = 0, at = 0;
	char *in = (char *)(uintptr_t)p, *out = NULL;

	if (cd == (iconv_t)-1)
		return -1;
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (n > 0) {
		size_t left;
		char *to;

		if (room(&out, &size, at, n + n / 2 + 64) == -1) {
			free(out);
			return -1;
		}
		left = size - at - 3;
		to = out + at;
		(void)iconv(cd, &in, &n, &to, &left);
		at = (size_t)(to - out);
		if (n > 0 && left >= 16) {	/* it stopped, not for room */
			memcpy(out + at, "\xef\xbf\xbd", 3);
			at += 3;
			in++, n--;
			d->errors++;
		}
	}
	if (out == NULL)
		return -1;
	out[at] = '\0';			/* room() leaves more than that */
	d->p = d->owned = out;
	d->n = at;
	return 0;
}

/* The label of an XML declaration, if the text begins with one. */
static const char *
declared(const char *p, size_t n)
{
	char head[DECLARATION_BYTES + 1];
	const char *at, *end;
	size_t bytes = n < DECLARATION_BYTES ? n : DECLARATION_BYTES;

	while (bytes > 0 && isspace((unsigned char)*p))
		p++, bytes--;
	if (bytes < 6 || memcmp(p, "<?xml", 5) != 0)
		return NULL;
	memcpy(head, p, bytes);
	head[bytes] = '\0';
	end = strstr(head, "?>");
	at = strstr(head, "encoding");
	if (at == NULL || end == NULL || at > end)
		return NULL;
	at += strlen("encoding");
	at += strspn(at, " \t\r\n");
	if (*at++ != '=')
		return NULL;
	at += strspn(at, " \t\r\n\"'");
	return name_of(at, strcspn(at, " \t\r\n\"'?"));
}

static iconv_t
converter(const struct charsets *c, const char *name)
{
	if (strcmp(name, "CP932") == 0)
		return c->cp932;
	if (strcmp(name, "EUC-JP") == 0 || strcmp(name, "ISO-2022-JP") == 0)
		return c->euc_jp;
	if (c->extra_name != NULL && strcmp(name, c->extra_name) == 0)
		return c->extra;
	return (iconv_t)-1;
}

/* Reads as `name`. 0, or -1 when that cannot be tried. */
static int
read_as(const struct charsets *c, const char *name, const char *p, size_t n,
    struct decoded *d)
{
	*d = (struct decoded){ .name = name };
	if (strcmp(name, "UTF-8") == 0)
		return bytes_utf8(p, n, d);
	if (strcmp(name, "CP1252") == 0)
		return bytes_latin(p, n, d);
	if (strcmp(name, "ISO-2022-JP") == 0) {
		char *euc = bytes_jis_to_euc(p, &n);
		int done = euc == NULL ? -1 : convert(c->euc_jp, euc, n, d);

		free(euc);
		return done;
	}
	return convert(converter(c, name), p, n, d);
}

/* How Japanese it looks; an error weighs as three kana. */
static long
score(const struct decoded *d, size_t *kana)
{
	struct bytes_count count;

	bytes_count(d->p, d->n, &count);
	*kana = count.kana;
	return 3 * (long)count.kana + (count.kana > 0 ? (long)count.kanji : 0) -
	    (long)count.half_kana - 10 * (long)(d->errors + count.odd);
}

/* The likeliest of all that one meets in Japan, with a little for what is said. */
static void
guess(const struct charsets *c, const char *p, size_t n, const char *said,
    struct decoded *best)
{
	static const char *const all[] = { "UTF-8", "CP932", "EUC-JP", "CP1252" };
	long most = 0;
	size_t kana;

	*best = (struct decoded){ 0 };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct decoded d;
		long is;

		if (read_as(c, all[i], p, n, &d) == -1)
			continue;
		is = score(&d, &kana) + (said != NULL &&
		    strcmp(said, all[i]) == 0);
		if (best->name == NULL || is > most) {
			free(best->owned);
			*best = d;
			most = is;
		} else
			free(d.owned);
	}
}

/* "Western" is what many programs declare without looking. */
static int
is_japanese_after_all(const struct charsets *c, const char *p, size_t n,
    struct decoded *d)
{
	static const char *const two[] = { "EUC-JP", "CP932" };
	size_t kana;

	for (size_t i = 0; i < 2; i++) {
		struct decoded try;
		long is;

		if (read_as(c, two[i], p, n, &try) == -1)
			continue;
		is = score(&try, &kana);
		if (try.errors == 0 && kana >= LATIN_KANA && is > 0) {
			free(d->owned);
			*d = try;
			return 1;
		}
		free(try.owned);
	}
	return 0;
}

static int
is_open(const struct charsets *c, const char *name)
{
	return strcmp(name, "UTF-8") == 0 || strcmp(name, "CP1252") == 0 ||
	    converter(c, name) != (iconv_t)-1;
}

const char *
charset_decode(struct charsets *c, const char *p, size_t n, const char *charset,
    struct decoded *out)
{
	const char *own, *http = charset == NULL ? NULL :
	    name_of(charset, strlen(charset)), *said;

	*out = (struct decoded){ 0 };
	if (bytes_marked(p, n, out))
		return NULL;
	own = declared(p, n);
	said = own != NULL ? own : http;
	if (said != NULL && strcmp(said, "UTF-7") == 0)
		return NULL;		/* in which markup hides from whoever looks */
	if (bytes_is_jis(p, n)) {
		out->declared_wrong = said != NULL &&
		    strcmp(said, "ISO-2022-JP") != 0;
		if (read_as(c, "ISO-2022-JP", p, n, out) == 0)
			return NULL;
	}
	if (bytes_is_utf8(p, n)) {
		*out = (struct decoded){ .p = p, .n = n, .name = "UTF-8" };
		return NULL;
	}
	if (said != NULL && !is_open(c, said) && c->extra_name != said)
		return said;
	if (said != NULL && read_as(c, said, p, n, out) == 0 &&
	    out->errors == 0) {
		if (strcmp(said, "CP1252") == 0)
			out->declared_wrong = is_japanese_after_all(c, p, n,
			    out);
		return NULL;
	}
	free(out->owned);
	guess(c, p, n, said, out);
	out->declared_wrong = said != NULL && out->name != NULL &&
	    strcmp(said, out->name) != 0;
	return NULL;
}
