/* A parcel of gateways/ca, opened for programs that want plain files. */
#ifndef UNPACK_H
#define UNPACK_H

#include "db.h"

struct unpacked {
	char *key, *certificate;	/* PEM */
};

/*
 * Opens PKCS#12 with its pass phrase; both texts are the caller's to give to
 * unpack_done. 0 or -1.
 */
int unpack(struct db_bytes parcel, const char *phrase, struct unpacked *);

/* Wipes and frees. */
void unpack_done(struct unpacked *);

/*
 * When the first certificate of a PEM file ends. 0, or -1 if there is none to
 * read.
 */
int certificate_end(const char *path, utc_ms *out);

#endif
