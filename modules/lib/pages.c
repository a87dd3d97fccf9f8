/* The pages of a program: all its files, read once for each language. */
#include "page_own.h"

#include "arena.h"

enum { CAP_BYTES = 64 * 1024 * 1024 };

int
page_index(const struct pages *pages, const char *name)
{
	for (uint32_t i = 0; i < pages->files; i++)
		if (strcmp(pages->of[0][i].name, name) == 0)
			return (int)i;
	return -1;
}

static int
add_file(struct pages *pages, const struct page_source *source)
{
	int i = page_index(pages, source->name);

	if (i == -1 && pages->files == PAGE_TEMPLATES)
		return -1;
	if (i == -1)
		i = (int)pages->files++;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		pages->of[lang][i] = (struct template){ .name = source->name,
		    .indent = "", .text = source->text };
	pages->n = pages->files;
	return 0;
}

struct pages *
pages_new(const struct page_source *const *lists, size_t nlists,
    const struct words *words, char *why, size_t why_bytes)
{
	struct arena *mem = arena_new(CAP_BYTES);
	struct pages *pages = arena_take(mem, sizeof *pages);
	int bad = 0;

	pages->mem = mem;
	pages->words = words;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		pages->of[lang] = arena_take_many(mem, PAGE_TEMPLATES,
		    sizeof(struct template));
	for (size_t i = 0; i < nlists; i++)
		for (const struct page_source *s = lists[i]; s->name != NULL; s++)
			bad |= add_file(pages, s) == -1;
	if (bad)
		(void)snprintf(why, why_bytes, "too many pages");
	for (uint32_t i = 0; i < pages->n && !bad; i++)
		for (int lang = 0; lang < LANG_COUNT && !bad; lang++)
			bad = page_parse(pages, (enum lang)lang, i, why,
			    why_bytes) == -1;
	if (!bad)
		return pages;
	pages_free(pages);
	return NULL;
}

void
pages_free(struct pages *pages)
{
	if (pages != NULL)
		arena_free(pages->mem);
}

int
pages_has(const struct pages *pages, const char *name)
{
	return page_index(pages, name) != -1;
}

const char *
page_word(const struct pages *pages, enum lang lang, const char *ja)
{
	size_t from = 0, to = pages->words == NULL ? 0 : pages->words->n;

	while (lang == LANG_EN && from < to) {
		size_t mid = from + (to - from) / 2;
		int c = strcmp(ja, pages->words->v[mid].ja);

		if (c == 0)
			return pages->words->v[mid].en;
		if (c < 0)
			to = mid;
		else
			from = mid + 1;
	}
	return ja;
}
