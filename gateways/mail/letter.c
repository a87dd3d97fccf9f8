#include "letter.h"

#include <openssl/evp.h>

enum {
	WORD_BYTES = 42,	/* of text in one encoded word: 56 of base64 */
	LINE_BYTES = 54,	/* of text in one line of the body: 72 */
	ADDRESS_MAX = 254
};

int
letter_address_fits(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' ||
	    strchr(at + 1, '@') != NULL || strlen(address) > ADDRESS_MAX ||
	    address[0] == '-')
		return 0;
	for (const char *p = address; *p != '\0'; p++)
		if (*p <= ' ' || *p >= 0x7f || strchr("<>()[],;:\"\\", *p))
			return 0;
	return 1;
}

static void
put_base64(struct buf *out, const char *p, size_t n)
{
	unsigned char text[LINE_BYTES / 3 * 4 + 1];

	(void)EVP_EncodeBlock(text, (const unsigned char *)p, (int)n);
	buf_puts(out, (const char *)text);
}

/* Length of the next piece of at most `most` bytes, no character cut. */
static size_t
piece(const char *text, size_t most)
{
	size_t n = strnlen(text, most);

	if (text[n] == '\0')
		return n;
	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return n > 0 ? n : most;
}

/* RFC 2047: base64 words, each whole characters, folded by CRLF and a blank. */
static void
put_words(struct buf *out, const char *text)
{
	size_t n;

	for (int first = 1; *text != '\0'; first = 0, text += n) {
		n = piece(text, WORD_BYTES);
		buf_puts(out, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
		put_base64(out, text, n);
		buf_puts(out, "?=");
	}
}

static void
put_date(struct buf *out, utc_ms at)
{
	static const char *const day[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
	    "Fri", "Sat" };
	static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	civil_date date = date_of(at);
	struct civil c = civil_from_date(date);
	int minute = minute_of_day(at);

	buf_printf(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0900\r\n",
	    day[weekday_of(date)], c.day, month[c.month - 1], c.year,
	    minute / 60, minute % 60, (int)(at / SECOND_MS % 60));
}

/* Base64 in lines; line ends inside are CRLF, as text/plain wants. */
static void
put_body(struct buf *out, const char *body)
{
	struct buf b = { 0 };
	const char *text;
	size_t left, n;

	for (; *body != '\0'; body++)
		if (*body == '\n')
			buf_puts(&b, "\r\n");
		else if (*body != '\r')
			buf_putc(&b, *body);
	buf_puts(&b, "\r\n");
	text = buf_text(&b);
	for (left = b.n; left > 0; left -= n, text += n) {
		n = left < LINE_BYTES ? left : LINE_BYTES;
		put_base64(out, text, n);
		buf_puts(out, "\r\n");
	}
	buf_free(&b);
}

static void
put_part(struct buf *out, const char *type, const char *more, const char *text)
{
	buf_printf(out, "Content-Type: %s\r\n%s"
	    "Content-Transfer-Encoding: base64\r\n\r\n", type, more);
	put_body(out, text);
}

/*
 * Text and calendar as alternatives, which calendars read, and the calendar once more as a
 * file, for programs that show only that. base64 holds no boundary of ours.
 */
static void
put_parts(struct buf *out, const struct letter *l)
{
	char type[80];

	(void)snprintf(type, sizeof type,
	    "text/calendar; method=%s; charset=UTF-8", l->method);
	buf_puts(out, "Content-Type: multipart/mixed; boundary=\"=_m\"\r\n"
	    "\r\n--=_m\r\n"
	    "Content-Type: multipart/alternative; boundary=\"=_a\"\r\n"
	    "\r\n--=_a\r\n");
	put_part(out, "text/plain; charset=UTF-8", "", l->body);
	buf_puts(out, "--=_a\r\n");
	put_part(out, type, "", l->calendar);
	buf_puts(out, "--=_a--\r\n--=_m\r\n");
	put_part(out, "application/ics; name=\"invite.ics\"",
	    "Content-Disposition: attachment; filename=\"invite.ics\"\r\n",
	    l->calendar);
	buf_puts(out, "--=_m--\r\n");
}

/* RFC 2369 and 8058; a signature of the domain (DKIM) has to cover both lines. */
static void
put_stop(struct buf *out, const struct letter *l)
{
	buf_printf(out, "List-Unsubscribe: <%s>", l->stop);
	if (l->stop_mail[0] != '\0')
		buf_printf(out, ",\r\n <mailto:%s?subject=%s>", l->stop_mail,
		    strrchr(l->stop, '/') + 1);
	buf_puts(out, "\r\nList-Unsubscribe-Post: "
	    "List-Unsubscribe=One-Click\r\n");
}

void
letter_write(struct buf *out, const struct letter *l)
{
	const char *domain = strchr(l->from, '@') + 1;
	char id[REF_HEX];

	put_date(out, l->at);
	buf_puts(out, "From: ");
	put_words(out, l->from_name);
	buf_printf(out, "\r\n <%s>\r\nTo: <%s>\r\nSubject: ", l->from, l->to);
	put_words(out, l->subject);
	buf_printf(out, "\r\nMessage-ID: <%s%s@%s>\r\n", ref_hex(l->id, id),
	    l->id_more == NULL ? "" : l->id_more, domain);
	buf_puts(out, "Auto-Submitted: auto-generated\r\n");
	if (l->stop != NULL)
		put_stop(out, l);
	buf_puts(out, "MIME-Version: 1.0\r\n");
	if (l->calendar != NULL)
		put_parts(out, l);
	else
		put_part(out, "text/plain; charset=UTF-8", "", l->body);
}
