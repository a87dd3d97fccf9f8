/* What file_*.c share, and `tomozuna export`, which opens files for no viewer. */
#ifndef FILE_OWN_H
#define FILE_OWN_H

#include "file.h"
#include "seal.h"

enum {
	FILE_SEALED_BYTES = FILE_CHUNK_BYTES + SEAL_EXTRA_BYTES,
	FILE_WRAPPED_BYTES = SEAL_KEY_BYTES + SEAL_EXTRA_BYTES,
	FILE_PLACE_BYTES = REF_BYTES + 4 + 1
};

/* What a chunk is bound to. */
void file_place(const struct ref *, uint32_t number, int last,
    unsigned char out[FILE_PLACE_BYTES]);

/* What a key is bound to: whose it is, and what its file is. */
struct file_what {
	struct ref ref;
	int64_t network, bytes;
	const char *type;
};

/* The key that new files are sealed under; its number, or -1. */
int file_newest(const char *keys);

/* Seals and opens a file's key under a generation. 0 or -1. */
int file_wrap(const char *keys, int generation, const struct file_what *,
    const struct seal_key *, unsigned char out[FILE_WRAPPED_BYTES]);
int file_unwrap(const char *keys, int generation, const struct file_what *,
    const unsigned char *wrapped, size_t n, struct seal_key *out);

/*
 * Opens one sealed chunk of the file `ref` of `bytes` clear bytes into the arena:
 * its length and *out, or -1 when it is not what was stored there.
 */
long file_open_chunk(const struct seal_key *, const struct ref *ref,
    int64_t bytes, struct arena *, int64_t number,
    const struct db_bytes *sealed, const unsigned char **out);

/* Chunks of a file of so many bytes; one, empty, of none. */
static inline int64_t
file_chunks(int64_t bytes)
{
	return bytes == 0 ? 1 : (bytes + FILE_CHUNK_BYTES - 1) /
	    FILE_CHUNK_BYTES;
}

#endif
