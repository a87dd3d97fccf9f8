/*
 * Lines in, lines out, with the rules of the programs: for scripts that load
 * data in bulk (deploy/town/load).
 */
#include "tomozuna.h"

#include "kana.h"
#include "seal.h"

enum { LINE_BYTES = 2048, FOLDED_BYTES = 1024 };

static int
kana(struct admin *a)
{
	char line[LINE_BYTES], folded[FOLDED_BYTES];

	(void)a;
	while (fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (kana_fold(line, folded, sizeof folded) < 0)
			return complain("a line is not UTF-8, or too long");
		(void)puts(folded);
	}
	return 0;
}

static int
hash(struct admin *a)
{
	char line[LINE_BYTES], hashed[PASSWORD_HASH_BYTES];
	int status = 0;

	(void)a;
	setbuf(stdin, NULL);
	while (status == 0 && fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (seal_password(line, hashed) < 0)
			status = complain("a line cannot be hashed");
		else
			(void)puts(hashed);
	}
	explicit_bzero(line, sizeof line);
	return status;
}

const struct command filter_commands[] = {
	{ "kana", NULL, "", "folds the readings on standard input, as searches "
	  "do", kana, COMMAND_BARE },
	{ "hash", NULL, "", "hashes the passwords on standard input, a line "
	  "each", hash, COMMAND_BARE },
	{ 0 }
};
