#include "anonymity.h"

#include "arena.h"
#include "nfkc.h"
#include "text.h"

#include <string.h>

enum { SHORT = 1, HOUSE = 3 };	/* characters */

/* Without blanks, letters and digits of one width. */
static char *
fold(struct arena *mem, const char *text)
{
	char *s = nfkc_text(mem, text == NULL ? "" : text), *to = s;

	for (const char *p = s; *p != '\0'; p++)
		if (*p != ' ' && *p != '\t' && *p != '\n' && *p != '-')
			*to++ = *p;
	*to = '\0';
	return s;
}

/* Whether what follows a name says that it is one. */
static int
is_address(const char *p)
{
	static const char *const words[] = { "さん", "様", "氏", "ちゃん", "くん" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strncmp(p, words[i], strlen(words[i])) == 0)
			return 1;
	return 0;
}

static int
stands(const char *text, const char *word)
{
	size_t n = strlen(word);

	if (text_length(word) > SHORT)
		return strstr(text, word) != NULL;
	for (const char *p = text; (p = strstr(p, word)) != NULL; p += n)
		if (is_address(p + n))
			return 1;
	return 0;
}

int
names_in(struct arena *mem, struct model *m, const char *key, const char *text,
    const struct identity *who)
{
	const struct { const char *what, *word; } looked[] = {
		{ "name", who->family }, { "name", who->given },
		{ "kana", who->kana }, { "address", who->address },
		{ "phone", who->phone }, { "facility", who->facility },
		{ "number", who->insured_number },
		{ "number", who->recipient_number },
		{ "surveyor", who->surveyor }, { "physician", who->physician }
	};
	const char *in = fold(mem, text);
	int found = 0;

	for (size_t i = 0; i < sizeof looked / sizeof looked[0]; i++) {
		const char *word = fold(mem, looked[i].word);
		struct model *o;

		if (word[0] == '\0' || !stands(in, word))
			continue;
		o = put_item(m, key);
		put_text(o, "what", looked[i].what);
		put_text(o, "word", looked[i].word);
		found++;
	}
	return found;
}
