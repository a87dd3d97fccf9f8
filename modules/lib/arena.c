#include "arena.h"

#include <stdarg.h>
#include <stdint.h>

enum {
	BLOCK_BYTES = 64 * 1024,	/* first block, kept between requests */
	ALIGN = 16
};

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGN) unsigned char data[];
};

struct arena {
	struct block *head;		/* newest; the last one is kept */
	size_t cap, held, taken;
};

static void
give_up(const char *why)
{
	fprintf(stderr, "arena: %s\n", why);
	abort();
}

static void
add_block(struct arena *a, size_t n)
{
	size_t size = n > BLOCK_BYTES ? n : BLOCK_BYTES;
	struct block *b;

	if (a->held + size > a->cap)
		give_up("a request wants more memory than its cap");
	b = malloc(sizeof *b + size);
	if (b == NULL)
		give_up("out of memory");
	b->next = a->head;
	b->size = size;
	b->used = 0;
	a->head = b;
	a->held += size;
}

struct arena *
arena_new(size_t cap_bytes)
{
	struct arena *a = calloc(1, sizeof *a);

	if (a == NULL)
		give_up("out of memory");
	a->cap = cap_bytes;
	add_block(a, 1);
	return a;
}

static void
drop_blocks(struct arena *a, const struct block *keep)
{
	while (a->head != keep) {
		struct block *next = a->head->next;

		a->held -= a->head->size;
		free(a->head);
		a->head = next;
	}
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	drop_blocks(a, NULL);
	free(a);
}

void
arena_reset(struct arena *a)
{
	const struct block *first = a->head;

	while (first->next != NULL)
		first = first->next;
	drop_blocks(a, first);
	a->head->used = 0;
	a->taken = 0;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->head, a->head->used };
}

void
arena_rewind(struct arena *a, struct arena_mark mark)
{
	drop_blocks(a, mark.head);
	a->head->used = mark.used;
}

void *
arena_take(struct arena *a, size_t n)
{
	size_t rounded;
	void *p;

	if (n > SIZE_MAX - ALIGN)
		give_up("impossible size");
	rounded = (n + ALIGN - 1) / ALIGN * ALIGN;
	if (rounded > a->head->size - a->head->used)
		add_block(a, rounded);
	p = a->head->data + a->head->used;
	a->head->used += rounded;
	a->taken += rounded;
	return memset(p, 0, n);
}

void *
arena_take_many(struct arena *a, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		give_up("impossible size");
	return arena_take(a, count * size);
}

char *
arena_copy(struct arena *a, const void *from, size_t n)
{
	char *p = arena_take(a, n + 1);

	if (n > 0)
		memcpy(p, from, n);
	return p;
}

char *
arena_text(struct arena *a, const char *from)
{
	return from == NULL ? NULL : arena_copy(a, from, strlen(from));
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, format);
	n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	if (n < 0)
		give_up("bad format");
	p = arena_take(a, (size_t)n + 1);
	va_start(ap, format);
	(void)vsnprintf(p, (size_t)n + 1, format, ap);
	va_end(ap);
	return p;
}
