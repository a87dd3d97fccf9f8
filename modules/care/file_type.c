#include "file_type.h"

#include "file.h"

#include <magic.h>

/*
 * Left out is what looks into containers, and what only tells kinds of text
 * apart: less of a parser for whoever sends.
 */
enum { FLAGS = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
	MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_JSON |
	MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_APPTYPE };

static magic_t magic;

static const char *
ask(const void *p, size_t n)
{
	if (magic == NULL) {
		magic = magic_open(FLAGS);
		if (magic != NULL && magic_load(magic, NULL) != 0) {
			magic_close(magic);
			magic = NULL;
		}
	}
	return magic == NULL ? NULL : magic_buffer(magic, p, n);
}

void
file_type(const void *p, size_t n, char *type, size_t room)
{
	const char *found;

	found = ask(p, n);
	snprintf(type, room, "%s", found == NULL ? "" : found);
	/* Names that older tables have for the same. */
	if (strcmp(type, "video/x-m4v") == 0)
		snprintf(type, room, "video/mp4");
}

int
file_is_one_of(const char *type, const char *choices)
{
	size_t n = strlen(type);

	for (const char *p = choices; n > 0 && *p != '\0';) {
		size_t len = strcspn(p, "|");

		if (len == n && memcmp(p, type, n) == 0)
			return 1;
		p += len + (p[len] == '|');
	}
	return 0;
}

enum clean_format
file_format(const char *type)
{
	if (strcmp(type, "image/jpeg") == 0)
		return CLEAN_JPEG;
	if (strcmp(type, "image/png") == 0)
		return CLEAN_PNG;
	if (strcmp(type, "image/webp") == 0)
		return CLEAN_WEBP;
	return file_is_one_of(type, FILE_VIDEOS) ? CLEAN_MP4 : CLEAN_AS_IS;
}

const char *
file_kind(const char *type)
{
	if (file_is_one_of(type, FILE_PICTURES))
		return "picture";
	return file_is_one_of(type, FILE_VIDEOS) ? "video" : "paper";
}
