/*
 * Reads JSON documents that stand in files beside the tests: enough of RFC 8259
 * for them, without checking. Everything lives in the arena.
 */
#ifndef JSON_READ_H
#define JSON_READ_H

#include "arena.h"

#include <stdint.h>

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT,
	JSON_ARRAY, JSON_OBJECT };

struct json {
	enum json_kind kind;
	const char *key;	/* in an object */
	const char *text;	/* TEXT, and NUMBER as it is written */
	struct json *first, *next;
};

struct json_reader {
	struct arena *mem;
	const char *at;
};

static void
json_blank(struct json_reader *r)
{
	r->at += strspn(r->at, " \t\r\n,:");
}

static size_t
json_utf8(unsigned code, char *to)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xc0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	to[0] = (char)(0xe0 | code >> 12);
	to[1] = (char)(0x80 | (code >> 6 & 0x3f));
	to[2] = (char)(0x80 | (code & 0x3f));
	return 3;
}

static const char *
json_text(struct json_reader *r)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const char *end = r->at + 1;
	char *text, *w;

	while (*end != '"')
		end += *end == '\\' ? 2 : 1;
	text = w = arena_take(r->mem, (size_t)(end - r->at));
	for (r->at++; *r->at != '"'; r->at++) {
		const char *known;

		if (*r->at != '\\') {
			*w++ = *r->at;
			continue;
		}
		r->at++;
		known = strchr(from, *r->at);
		if (*r->at == 'u') {
			char hex[5] = { 0 };

			memcpy(hex, r->at + 1, 4);
			w += json_utf8((unsigned)strtoul(hex, NULL, 16), w);
			r->at += 4;
		} else {
			*w++ = known != NULL ? to[known - from] : *r->at;
		}
	}
	r->at++;
	return text;
}

static struct json *
json_read(struct json_reader *r)
{
	struct json *j = arena_take(r->mem, sizeof *j), **to = &j->first;
	size_t n;

	json_blank(r);
	if (*r->at == '"') {
		j->kind = JSON_TEXT;
		j->text = json_text(r);
	} else if (*r->at == '[' || *r->at == '{') {
		j->kind = *r->at++ == '[' ? JSON_ARRAY : JSON_OBJECT;
		for (json_blank(r); *r->at != ']' && *r->at != '}'; json_blank(r)) {
			const char *key = NULL;

			if (j->kind == JSON_OBJECT)
				key = json_text(r);
			*to = json_read(r);
			(*to)->key = key;
			to = &(*to)->next;
		}
		r->at++;
	} else {
		n = strcspn(r->at, ",]} \t\r\n");
		j->text = arena_copy(r->mem, r->at, n);
		r->at += n;
		j->kind = *j->text == 'n' ? JSON_NULL : *j->text == 't' ?
		    JSON_TRUE : *j->text == 'f' ? JSON_FALSE : JSON_NUMBER;
	}
	return j;
}

static const struct json *
json_get(const struct json *object, const char *key)
{
	for (const struct json *j = object->first; j != NULL; j = j->next)
		if (strcmp(j->key, key) == 0)
			return j;
	return NULL;
}

#endif
