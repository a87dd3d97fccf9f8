#include "strange.h"

#include "address.h"
#include "bulletin.h"
#include "type.h"

#include <stdio.h>
#include <string.h>

static void
add(struct strange *s, const char *p)
{
	char type[STRANGE_BYTES];

	(void)snprintf(type, sizeof type, "%s", p);
	if (s->n == STRANGE_MAX || follow_of(type) != NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->type[i], type) == 0)
			return;
	memcpy(s->type[s->n++], type, sizeof type);
}

static void
look(struct strange *s, const char *url)
{
	const char *p = strrchr(url, '/') + 1;

	while (*p != '\0') {
		size_t n = strcspn(p, "_.");

		if (type_is_word(p, n))
			add(s, p);
		p += n + strspn(p + n, "_.");
	}
}

void
strange_text(const struct strange *s, char text[STRANGE_TEXT])
{
	size_t at = 0;

	text[0] = '\0';
	for (size_t i = 0; i < s->n; i++)
		at += (size_t)snprintf(text + at, STRANGE_TEXT - at, "%s%s",
		    i == 0 ? "" : " ", s->type[i]);
}

void
strange_find(struct strange *s, const struct source *source,
    const struct parsed *parsed)
{
	for (size_t i = 0; i < parsed->n_items; i++) {
		const char *url = parsed->items[i].link;

		if (url != NULL && address_url_is_fit(url) &&
		    address_host_among(url, source->url, source->hosts) &&
		    !source_wants(source, url))
			look(s, url);
	}
}
