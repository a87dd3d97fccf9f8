/* What `&...;` stands for: numbers, XML's five names and HTML's. */
#include "xml.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>

enum { NAME_MAX_BYTES = 12 };

size_t
xml_utf8(uint32_t c, char out[8])
{
	size_t n = 0;

	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xc0 | c >> 6);
		out[n++] = (char)(0x80 | (c & 63));
	} else if (c < 0x10000) {
		out[n++] = (char)(0xe0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 63));
		out[n++] = (char)(0x80 | (c & 63));
	} else {
		out[n++] = (char)(0xf0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 63));
		out[n++] = (char)(0x80 | (c >> 6 & 63));
		out[n++] = (char)(0x80 | (c & 63));
	}
	out[n] = '\0';
	return n;
}

uint32_t
xml_meant(uint32_t c)
{
	static const uint16_t windows[32] = {
		0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0,
		0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178
	};

	return c >= 128 && c < 160 && windows[c - 128] != 0 ?
	    windows[c - 128] : c;
}

static size_t
number(const char *p, size_t n, char out[8])
{
	int hex = n > 2 && (p[2] == 'x' || p[2] == 'X');
	size_t i = hex ? 3 : 2, from = i;
	uint32_t c = 0;

	for (; i < n && (hex ? isxdigit((unsigned char)p[i]) :
	    isdigit((unsigned char)p[i])) && c < 0x110000; i++)
		c = c * (hex ? 16 : 10) + (uint32_t)(isdigit((unsigned char)p[i]) ?
		    p[i] - '0' : tolower((unsigned char)p[i]) - 'a' + 10);
	if (i == from || i == n || p[i] != ';')
		return 0;
	c = xml_meant(c);
	if (c == 0 || c >= 0x110000 || (c >= 0xd800 && c < 0xe000) ||
	    (c < 32 && strchr("\t\r\n", (int)c) == NULL))
		return 0;
	(void)xml_utf8(c, out);
	return i + 1;
}

size_t
xml_entity(const char *p, size_t n, char out[8])
{
	char name[NAME_MAX_BYTES];
	const htmlEntityDesc *known;
	size_t i;

	if (n < 3 || p[0] != '&')
		return 0;
	if (p[1] == '#')
		return number(p, n, out);
	for (i = 1; i < n && i < sizeof name && isalnum((unsigned char)p[i]); i++)
		name[i - 1] = p[i];
	if (i == n || i == sizeof name || p[i] != ';')
		return 0;
	name[i - 1] = '\0';
	known = htmlEntityLookup((const xmlChar *)name);
	if (known == NULL)
		return 0;
	(void)xml_utf8(known->value, out);
	return i + 1;
}
