#include "query.h"

#include "age.h"
#include "wareki.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES = 400, AGE_MAX = 125, HOUSE_BELOW = 40, PHONE_DIGITS = 9 };

static int
starts(const char *p, const char *with)
{
	return strncmp(p, with, strlen(with)) == 0;
}

/* Bytes of what separates words at p; 0 if nothing does. */
static size_t
gap_at(const char *p)
{
	static const char *const gaps[] = { " ", "　", "、", ",", "，", "。", "\t" };

	for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++)
		if (starts(p, gaps[i]))
			return strlen(gaps[i]);
	return 0;
}

/* Full-width digits and hyphens as ASCII; all else as it is. */
static void
narrow(const char *text, char *out, size_t n)
{
	static const char *const hyphens[] = { "－", "−", "‐", "–", "ｰ" };
	size_t used = 0;

	while (*text != '\0' && used + 4 < n) {
		size_t hyphen = 0;

		if (starts(text, "\xEF\xBC") && (unsigned char)text[2] >= 0x90 &&
		    (unsigned char)text[2] <= 0x99) {
			out[used++] = (char)('0' + (unsigned char)text[2] - 0x90);
			text += 3;
			continue;
		}
		for (size_t i = 0; i < 5 && hyphen == 0; i++)
			if (starts(text, hyphens[i]))
				hyphen = strlen(hyphens[i]);
		out[used++] = hyphen > 0 ? '-' : *text;
		text += hyphen > 0 ? hyphen : 1;
	}
	out[used] = '\0';
}

static size_t
digits_of(const char *p)
{
	size_t n = 0;

	for (; *p != '\0'; p++)
		n += *p >= '0' && *p <= '9';
	return n;
}

int
query_phone(const char *text, char out[PHONE_TEXT])
{
	char phone[PHONE_TEXT];
	size_t n = digits_of(text), used = 0;

	if (n < PHONE_DIGITS || n >= PHONE_TEXT)
		return -1;
	if (phone_normalise(text, phone) != PHONE_NONE) {
		memcpy(out, phone, sizeof phone);
		return 0;
	}
	for (; *text != '\0'; text++)
		if (*text >= '0' && *text <= '9')
			out[used++] = *text;
	out[used] = '\0';
	return 0;
}

/* A phone number or the code of a card, and nothing else. */
static int
take_number(const char *text, struct query *q)
{
	if (card_read(text, q->card) == 0)
		return 1;
	return strspn(text, "0123456789-+() ") == strlen(text) &&
	    query_phone(text, q->phone) == 0;
}

static void
born_between(struct query *q, civil_date from, civil_date to)
{
	q->has_birth = 1;
	q->born_from = from;
	q->born_to = to;
}

static void
take_age(int age, civil_date today, struct query *q)
{
	int least = age > AGE_SLACK ? age - AGE_SLACK : 0;

	born_between(q, add_months(today, -12 * (age + AGE_SLACK + 1)),
	    add_months(today, -12 * least));
}

/* A day of birth, or a year of it. */
static int
take_birth(const char *word, struct query *q)
{
	static const char *const rest[] = { ".1.1", "1月1日", "-01-01", "年1月1日" };
	char whole[TEXT_BYTES];
	size_t n = strlen(word);
	civil_date day;

	if (digits_of(word) == 0)
		return 0;
	if (wareki_parse(word, &day) == 0) {
		born_between(q, day, day);
		return 1;
	}
	if (n > 3 && strcmp(word + n - 3, "生") == 0)
		n -= 3;
	for (size_t i = 0; i < 4 && n < 40; i++) {
		memcpy(whole, word, n);
		memcpy(whole + n, rest[i], strlen(rest[i]) + 1);
		if (wareki_parse(whole, &day) < 0)
			continue;
		born_between(q, day, add_months(day, 12) - 1);
		return 1;
	}
	return 0;
}

/* Whether it can only be part of an address. */
static int
is_address(const char *word)
{
	return strstr(word, "丁目") != NULL || strstr(word, "番地") != NULL ||
	    strpbrk(word, "0123456789") != NULL;
}

static int
is_reading(const char *word)
{
	for (; *word != '\0'; word++) {
		unsigned char a = (unsigned char)word[0], b, c;

		if (a < 0x80)
			return 0;
		b = (unsigned char)word[1];
		c = b == '\0' ? 0 : (unsigned char)word[2];
		if (c == 0 || !(a == 0xE3 && (b == 0x81 || b == 0x82 || b == 0x83)) ?
		    !(a == 0xEF && (b == 0xBD || b == 0xBE)) : 0)
			return 0;
		word += 2;
	}
	return 1;
}

static void
take_word(const char *word, size_t n, struct query *q)
{
	if (q->nwords == QUERY_WORDS || n == 0 || n >= QUERY_WORD)
		return;
	memcpy(q->word[q->nwords], word, n);
	q->word[q->nwords][n] = '\0';
	q->kana &= is_reading(q->word[q->nwords]);
	q->nwords++;
}

/* `82歳`, `82`, `さくま82歳`: the age behind whatever stands before it. */
static int
take_aged(char *word, civil_date today, struct query *q)
{
	static const char *const years[] = { "歳", "才", "さい", "代", "" };
	size_t n = strlen(word), digits = 0, said = 0;
	int age;

	for (size_t i = 0; i < 5 && said == 0; i++) {
		size_t k = strlen(years[i]);

		if (n > k && strcmp(word + n - k, years[i]) == 0 &&
		    word[n - k - 1] >= '0' && word[n - k - 1] <= '9')
			said = k + 1;
	}
	if (said == 0)
		return 0;
	n -= said - 1;
	while (digits < n && word[n - digits - 1] >= '0' &&
	    word[n - digits - 1] <= '9')
		digits++;
	age = atoi(word + n - digits);
	if (digits > 3 || age > AGE_MAX || digits_of(word) != digits ||
	    (said == 1 && n > digits && age < HOUSE_BELOW))
		return 0;
	take_word(word, n - digits, q);
	take_age(age, today, q);
	return 1;
}

static void
take_piece(char *word, civil_date today, struct query *q)
{
	if (*word == '\0' || take_number(word, q) ||
	    take_aged(word, today, q) || take_birth(word, q))
		return;
	if (is_address(word) && place_parse(word, &q->place) == 0) {
		q->has_place = 1;
		return;
	}
	take_word(word, strlen(word), q);
}

int
query_parse(const char *text, civil_date today, struct query *out)
{
	char plain[TEXT_BYTES], word[TEXT_BYTES];
	size_t n = 0;

	*out = (struct query){ .kana = 1 };
	narrow(text, plain, sizeof plain);
	if (take_number(plain, out))
		return 0;
	for (const char *p = plain; ; ) {
		size_t gap = gap_at(p);

		if (gap == 0 && *p != '\0') {
			word[n++] = *p++;
			continue;
		}
		word[n] = '\0';
		take_piece(word, today, out);
		n = 0;
		if (*p == '\0')
			break;
		p += gap;
	}
	return query_keys(out) > 0 ? 0 : -1;
}

int
query_keys(const struct query *q)
{
	return (q->phone[0] != '\0') + (q->card[0] != '\0') + (q->nwords > 0) + q->has_place +
	    q->has_birth;
}

int
query_area(struct query *q)
{
	if (q->has_place || q->nwords == 0 ||
	    place_parse(q->word[q->nwords - 1], &q->place) < 0)
		return -1;
	q->nwords--;
	q->kana = 1;
	for (int i = 0; i < q->nwords; i++)
		q->kana &= is_reading(q->word[i]);
	q->has_place = 1;
	return 0;
}
