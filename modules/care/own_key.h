/*
 * Keys of the viewer's own, derived from the master key: of nobody else and for nothing
 * else. What is sealed with one neither a colleague nor whoever finds the device reads.
 */
#ifndef OWN_KEY_H
#define OWN_KEY_H

#include "module.h"
#include "seal.h"

/* The key for `what`, such as "draft". 0, or -1 without a master key. The caller wipes it. */
int own_key(const struct req *, const char *what, struct seal_key *out);

/*
 * Puts "key", in hexadecimal, for what her device keeps of `what`: to be had only while
 * she is signed in; the server's own it never learns. 0, or -1.
 */
int put_own_key(struct req *, struct model *, const char *what);

#endif
