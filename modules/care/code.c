#include "code.h"

enum { CHECKED_DIGITS = 5 };

static int
count_digits(const char *text)
{
	return (int)strspn(text, "0123456789");
}

static int
all_digits(const char *text, int n)
{
	return count_digits(text) == n && text[n] == '\0';
}

int
municipality_code_check(const char *code)
{
	int sum = 0;

	if (count_digits(code) < CHECKED_DIGITS)
		return -1;
	for (int i = 0; i < CHECKED_DIGITS; i++)
		sum += (6 - i) * (code[i] - '0');
	return (11 - sum % 11) % 10;
}

int
municipality_code_parse(const char *text, struct municipality_code *out)
{
	int check = municipality_code_check(text);

	if (!all_digits(text, CHECKED_DIGITS) &&
	    !all_digits(text, MUNICIPALITY_DIGITS))
		return -1;
	if (text[CHECKED_DIGITS] != '\0' &&
	    text[CHECKED_DIGITS] != '0' + check)
		return -1;
	memcpy(out->text, text, CHECKED_DIGITS);
	out->text[CHECKED_DIGITS] = (char)('0' + check);
	out->text[MUNICIPALITY_DIGITS] = '\0';
	return 0;
}

int
insurer_number_check(const char *number)
{
	int sum = 0;

	if (count_digits(number) < CHECKED_DIGITS)
		return -1;
	for (int i = 0; i < CHECKED_DIGITS; i++) {
		int product = (number[i] - '0') * (i % 2 == 0 ? 2 : 1);

		sum += product / 10 + product % 10;
	}
	return (10 - sum % 10) % 10;
}

int
insurer_number_parse(const char *text, struct insurer_number *out)
{
	if (!all_digits(text, INSURER_DIGITS) ||
	    text[CHECKED_DIGITS] != '0' + insurer_number_check(text))
		return -1;
	memcpy(out->text, text, sizeof out->text);
	return 0;
}

int
office_number_parse(const char *text, struct office_number *out)
{
	if (!all_digits(text, OFFICE_DIGITS))
		return -1;
	memcpy(out->text, text, sizeof out->text);
	return 0;
}

int
insured_number_parse(const char *text, struct insured_number *out)
{
	int head = text[0] == 'H';

	if (!all_digits(text + head, INSURED_CHARS - head))
		return -1;
	memcpy(out->text, text, sizeof out->text);
	return 0;
}
