/*
 * Memory that lives as long as one request.
 *
 * Everything that a request needs is taken from its arena; nobody frees a
 * piece, the whole is reset when the answer has left. Taking cannot fail:
 * when memory runs out, or a request wants more than its cap, the program
 * says so and aborts, and its supervisor starts a new one.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct arena;
struct block;

/* A new arena that refuses to grow past `cap_bytes`. Free with arena_free. */
struct arena *arena_new(size_t cap_bytes);

/* Frees the arena and all that was taken from it. NULL is allowed. */
void arena_free(struct arena *);

/* Forgets all that was taken; keeps one block for the next request. */
void arena_reset(struct arena *);

/*
 * Where the arena stands, and back to it: what was taken since is gone. For a loop that
 * reads much and keeps little; what rows since then pointed to is gone, too.
 */
struct arena_mark { struct block *head; size_t used; };
struct arena_mark arena_mark(const struct arena *);
void arena_rewind(struct arena *, struct arena_mark);

/* `n` bytes of zeroed memory, aligned for any type. */
void *arena_take(struct arena *, size_t n);

/* Room for `count` things of `size` bytes; aborts if the product overflows. */
void *arena_take_many(struct arena *, size_t count, size_t size);

/* A copy of `n` bytes with a NUL behind it. */
char *arena_copy(struct arena *, const void *from, size_t n);

/* A copy of a string; NULL stays NULL. */
char *arena_text(struct arena *, const char *from);

/* A string made as printf makes it. */
char *arena_printf(struct arena *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
