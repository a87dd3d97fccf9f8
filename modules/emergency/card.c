#include "card.h"

#include "bytes.h"

#include <stdio.h>
#include <string.h>

enum { DIGITS = CARD_TEXT - 1, FIRST_LEAST = 2, FIRST_KINDS = 6 };

/* The digit that makes the sum of all a multiple of ten. */
static char
check_of(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < DIGITS - 1; i++) {
		int d = digits[i] - '0';

		if (i % 2 == 0)		/* beside the check, and every other */
			d = d < 5 ? 2 * d : 2 * d - 9;
		sum += d;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

void
card_make(const unsigned char random[8], char out[CARD_TEXT])
{
	uint64_t n = get_le64(random);

	out[0] = (char)('0' + FIRST_LEAST + n % FIRST_KINDS);
	n /= FIRST_KINDS;
	for (int i = 1; i < DIGITS - 1; i++, n /= 10)
		out[i] = (char)('0' + n % 10);
	out[DIGITS - 1] = check_of(out);
	out[DIGITS] = '\0';
}

int
card_read(const char *text, char out[CARD_TEXT])
{
	char digits[CARD_TEXT];
	int n = 0;

	for (; *text != '\0'; text++) {
		if (*text == '-' || *text == ' ')
			continue;
		if (*text < '0' || *text > '9' || n == DIGITS)
			return -1;
		digits[n++] = *text;
	}
	if (n != DIGITS || digits[0] < '0' + FIRST_LEAST ||
	    digits[0] >= '0' + FIRST_LEAST + FIRST_KINDS ||
	    digits[DIGITS - 1] != check_of(digits))
		return -1;
	digits[DIGITS] = '\0';
	memcpy(out, digits, sizeof digits);
	return 0;
}

const char *
card_grouped(const char code[CARD_TEXT], char out[CARD_GROUPED])
{
	(void)snprintf(out, CARD_GROUPED, "%.4s-%.4s-%.4s", code, code + 4,
	    code + 8);
	return out;
}
