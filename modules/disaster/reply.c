#include "reply.h"

#include "kana.h"
#include "sms_reply.h"

#include <string.h>

static const struct {
	const char *word, *status;
} words_of[] = {
	{ "1", "safe" }, { "無事", "safe" }, { "無事です", "safe" },
	{ "2", "injured" }, { "けが", "injured" }, { "怪我", "injured" },
	{ "負傷", "injured" },
	{ "3", "rescue_needed" }, { "助けが必要", "rescue_needed" },
	{ "要救助", "rescue_needed" },
	{ "4", "evacuated" }, { "避難", "evacuated" },
	{ "避難した", "evacuated" }, { "避難しました", "evacuated" },
	{ "避難済み", "evacuated" }
};

static const char *
status_of(const char *folded)
{
	char word[SMS_WORD_BYTES * 2];

	for (size_t i = 0; i < sizeof words_of / sizeof words_of[0]; i++)
		if (kana_fold(words_of[i].word, word, sizeof word) == 0 &&
		    strcmp(word, folded) == 0)
			return words_of[i].status;
	return NULL;
}

const char *
reply_status(const char *text)
{
	char words[SMS_WORDS][SMS_WORD_BYTES];
	size_t n = sms_words(text, words);
	const char *found = NULL;

	for (size_t i = 0; i < n; i++) {
		const char *status = status_of(words[i]);

		if (status != NULL && found != NULL &&
		    strcmp(status, found) != 0)
			return NULL;
		found = status != NULL ? status : found;
	}
	return found;
}
