#include "tomozuna.h"

#include "text.h"

#include <errno.h>

/*
 * The `args` of a command, word by word: WORD is a positional, --word an
 * option, whose value follows unless a bracket closes behind it; brackets are
 * around what may be absent.
 */
struct word {
	char text[40];
	int optional, closes;
};

/* The next word; 0 at the end. */
static int
next_word(const char **spec, struct word *w)
{
	size_t n;

	*spec += strspn(*spec, " ");
	w->optional = **spec == '[';
	*spec += w->optional;
	n = strcspn(*spec, " ");
	if (n == 0)
		return 0;
	w->closes = (*spec)[n - 1] == ']';
	(void)snprintf(w->text, sizeof w->text, "%.*s",
	    (int)n - w->closes, *spec);
	*spec += n;
	return 1;
}

static int
is_option(const char *text)
{
	return strncmp(text, "--", 2) == 0;
}

/* 1: takes a value, 0: stands alone, -1: there is no such option. */
static int
option_kind(const char *spec, const char *name)
{
	struct word w;

	while (next_word(&spec, &w)) {
		int alone = w.optional && w.closes;

		if (!is_option(w.text))
			continue;
		if (strcmp(w.text, name) == 0)
			return !alone;
		if (!alone)
			(void)next_word(&spec, &w);
	}
	return -1;
}

const char *
arg(const struct admin *a, const char *name)
{
	const char *spec = a->command->args;
	int at = 0, i = 0;
	struct word w;

	while (!is_option(name) && next_word(&spec, &w)) {
		if (is_option(w.text) && !(w.optional && w.closes))
			(void)next_word(&spec, &w);
		else if (!is_option(w.text) && strcmp(w.text, name) == 0)
			break;
		else if (!is_option(w.text))
			at++;
	}
	for (; i < a->argc; i++) {
		int option = is_option(a->argv[i]);
		int value = option &&
		    option_kind(a->command->args, a->argv[i]) == 1;

		if (option && strcmp(a->argv[i], name) == 0)
			return value ? a->argv[i + 1] : "";
		if (!option && !is_option(name) && at-- == 0)
			return a->argv[i];
		i += value;
	}
	return NULL;
}

static int
check_given(const struct admin *a, int most)
{
	int n = 0;

	for (int i = 0; i < a->argc; i++) {
		int kind = 0;

		if (!is_option(a->argv[i])) {
			if (++n > most)
				return complain("too many arguments: %s",
				    a->argv[i]), -1;
			continue;
		}
		kind = option_kind(a->command->args, a->argv[i]);
		if (kind < 0)
			return complain("there is no option %s",
			    a->argv[i]), -1;
		if (kind == 1 && ++i == a->argc)
			return complain("%s needs a value", a->argv[i - 1]), -1;
	}
	return 0;
}

int
args_check(const struct admin *a)
{
	const char *spec = a->command->args;
	struct word w;
	int positionals = 0;

	while (next_word(&spec, &w)) {
		positionals += !is_option(w.text);
		if (is_option(w.text) && !w.closes)
			(void)next_word(&spec, &(struct word){ 0 });
	}
	if (check_given(a, positionals) < 0)
		return -1;
	for (spec = a->command->args; next_word(&spec, &w); ) {
		if (!w.optional && arg(a, w.text) == NULL)
			return complain("%s is missing", w.text), -1;
		if (is_option(w.text) && !w.closes)
			(void)next_word(&spec, &(struct word){ 0 });
	}
	return 0;
}

int
arg_text(struct admin *a, const char *name, size_t most, const char **out)
{
	const char *text = arg(a, name);

	if (text == NULL)
		return 0;
	if (text_check(text, strlen(text), 0) != TEXT_OK)
		return complain("%s: not UTF-8, or a control character",
		    name), -1;
	text = text_normal(a->mem, text, strlen(text), NULL);
	if (text[0] == '\0' || text_length(text) > most)
		return complain("%s: 1 to %zu characters", name, most), -1;
	*out = text;
	return 0;
}

int
arg_number(struct admin *a, const char *name, int64_t least, int64_t most,
    int64_t *out)
{
	const char *text = arg(a, name);
	char *end;
	int64_t n;

	if (text == NULL)
		return 0;
	errno = 0;
	n = strtoll(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n < least || n > most)
		return complain("%s: a whole number from %lld to %lld", name,
		    (long long)least, (long long)most), -1;
	*out = n;
	return 0;
}
