#include "sms_text.h"

#include <utf8proc.h>

enum {
	GSM_SINGLE = 160,
	GSM_PART = 153,
	UCS_SINGLE = 70,
	UCS_PART = 67
};

/* Characters packed into parts, as if there were several. */
struct packing {
	size_t units, parts, filled;
};

static void
pack(struct packing *p, size_t width, size_t part)
{
	if (p->parts == 0 || p->filled + width > part) {
		p->parts++;
		p->filled = 0;
	}
	p->filled += width;
	p->units += width;
}

/* Septets of a character, or 0 if it cannot go that way. */
static size_t
gsm_width(utf8proc_int32_t c)
{
	if (c == '\n' || c == '\r')
		return 1;
	if (c < ' ' || c > '~' || c == '`')
		return 0;
	return strchr("^{}[]~\\|", (int)c) != NULL ? 2 : 1;
}

static struct sms_size
size_of(const struct packing *p, enum sms_encoding encoding)
{
	size_t single = encoding == SMS_GSM7 ? GSM_SINGLE : UCS_SINGLE;
	size_t part = encoding == SMS_GSM7 ? GSM_PART : UCS_PART;
	struct sms_size size = { encoding, p->units, p->parts,
	    (p->units + part - 1) / part };

	if (p->units > 0 && p->units <= single)
		size.segments = size.billing_units = 1;
	return size;
}

int
sms_text_measure(const char *text, struct sms_size *out)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(text), taken;
	struct packing gsm = { 0 }, ucs = { 0 };
	bool is_gsm = true;
	utf8proc_int32_t c;

	for (; left > 0; at += taken, left -= taken) {
		taken = utf8proc_iterate(at, left, &c);
		if (taken <= 0)
			return -1;
		is_gsm = is_gsm && gsm_width(c) > 0;
		pack(&gsm, gsm_width(c), GSM_PART);
		pack(&ucs, c > 0xFFFF ? 2 : 1, UCS_PART);
	}
	*out = is_gsm ? size_of(&gsm, SMS_GSM7) : size_of(&ucs, SMS_UCS2);
	return 0;
}

bool
sms_text_fits(const struct sms_size *size)
{
	return size->units > 0 && size->units <= SMS_UNITS_MAX;
}
