/*
 * The doorbell (gateways/bell): "something changed, look again", and nothing
 * else. A module rings a topic after its commit; browsers wait on a channel
 * that leads to it. A ring may be lost: whoever waits also looks by herself.
 *
 * A topic is made of a thing's ref with the master key, so that it names the
 * thing to nobody. A channel is a topic and an end, sealed afresh each time:
 * who has one may wait there for some minutes and learns from it nothing. It
 * names session and device of whoever waits, as topics too: when one of them
 * ends, its lines are shut, and its channels of until then open none.
 */
#ifndef BELL_H
#define BELL_H

#include "instant.h"
#include "ref.h"
#include "seal.h"

enum {
	BELL_TOPIC_BYTES = 16,
	BELL_SEALED_BYTES = SEAL_EXTRA_BYTES + 3 * BELL_TOPIC_BYTES + 8,
	BELL_CHANNEL = (BELL_SEALED_BYTES + 2) / 3 * 4 + 1,	/* with its NUL */
	BELL_STREAM_S = 300,	/* a waiting line ends after that and is admitted anew */
	BELL_CHANNEL_MS = BELL_STREAM_S * 1000	/* a channel may be entered so long */
};

struct bell_topic {
	unsigned char b[BELL_TOPIC_BYTES];
};

/* Where somebody waits, and who. */
struct bell_place {
	struct bell_topic topic, session, device;
};

/* Both keys, from the master key's file (settings.key). 0, or -1 and errno. */
struct bell_keys {
	struct seal_key topic, channel;
};
int bell_keys_load(struct bell_keys *, const char *key_file);

/* The topic of a thing, by its ref. */
void bell_topic_of(const struct bell_keys *, const struct ref *thing,
    struct bell_topic *);

/*
 * The topic of a session or a device, by the SHA-256 of its cookie or of its
 * certificate; of nobody with NULL.
 */
void bell_topic_of_whom(const struct bell_keys *, const unsigned char *sha256,
    struct bell_topic *);

/* A new channel to a place, base64url. */
void bell_channel(const struct bell_keys *, const struct bell_place *,
    utc_ms now, char out[BELL_CHANNEL]);

/*
 * 0 and the place of a channel of ours that has not ended, with when it was
 * made; or -1.
 */
int bell_open(const struct bell_keys *, const char *channel, utc_ms now,
    struct bell_place *, utc_ms *made);

/*
 * Rings at the socket `path`. Does not wait: with nobody there, or all busy, the
 * ring is lost.
 */
void bell_ring(const char *path, const struct bell_topic *);

/*
 * Shuts the lines of a session, of a device, or of all who look at a thing, likewise.
 * Lost, they end with their channel, after five minutes of a line that says nothing.
 */
void bell_shut(const char *path, const struct bell_topic *whom);

#endif
