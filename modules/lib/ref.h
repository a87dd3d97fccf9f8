/*
 * Names of things outside the database: 128 random bits, written as 32
 * lower-case hexadecimal digits. A ref tells nothing and cannot be guessed.
 */
#ifndef REF_H
#define REF_H

enum { REF_BYTES = 16, REF_HEX = 33 /* digits and NUL */ };

struct ref {
	unsigned char b[REF_BYTES];
};

/* A new ref from the kernel's random source. */
struct ref ref_new(void);

/* The 32 digits; returns buf. */
const char *ref_hex(const struct ref *, char buf[REF_HEX]);

/* Reads exactly 32 lower-case digits. 0, or -1 leaving *out untouched. */
int ref_parse(const char *text, struct ref *out);

/* 1 if equal. Not constant-time: a ref is a name, not a secret. */
int ref_same(const struct ref *, const struct ref *);

#endif
