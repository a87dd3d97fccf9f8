#include "bell.h"

#include "text.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

struct plain {
	struct bell_place place;
	utc_ms until;
};

_Static_assert(sizeof(struct plain) == BELL_SEALED_BYTES - SEAL_EXTRA_BYTES,
    "bell.h: a channel has another length");

int
bell_keys_load(struct bell_keys *out, const char *key_file)
{
	struct seal_key master;

	if (seal_load_key(key_file, &master) != 0)
		return -1;
	seal_derive(&master, "bell topic", &out->topic);
	seal_derive(&master, "bell channel", &out->channel);
	explicit_bzero(&master, sizeof master);
	return 0;
}

void
bell_topic_of(const struct bell_keys *keys, const struct ref *thing,
    struct bell_topic *out)
{
	unsigned char sum[SHA256_BYTES];

	seal_hmac(&keys->topic, thing->b, sizeof thing->b, sum);
	memcpy(out->b, sum, sizeof out->b);
}

void
bell_topic_of_whom(const struct bell_keys *keys, const unsigned char *sha256,
    struct bell_topic *out)
{
	struct ref whom = { { 0 } };

	if (sha256 != NULL)
		memcpy(whom.b, sha256, sizeof whom.b);
	bell_topic_of(keys, &whom, out);
}

void
bell_channel(const struct bell_keys *keys, const struct bell_place *place,
    utc_ms now, char out[BELL_CHANNEL])
{
	unsigned char sealed[BELL_SEALED_BYTES];
	struct plain p = { .place = *place, .until = now + BELL_CHANNEL_MS };

	seal_close(&keys->channel, NULL, 0, &p, sizeof p, sealed);
	base64url_encode(sealed, sizeof sealed, out);
}

int
bell_open(const struct bell_keys *keys, const char *channel, utc_ms now,
    struct bell_place *out, utc_ms *made)
{
	unsigned char sealed[BELL_SEALED_BYTES];
	struct plain p;

	if (base64url_decode(channel, sealed, sizeof sealed) !=
	    (int)sizeof sealed ||
	    seal_open(&keys->channel, NULL, 0, sealed, sizeof sealed,
	    (unsigned char *)&p) != 0 || p.until < now)
		return -1;
	*out = p.place;
	*made = p.until - BELL_CHANNEL_MS;
	return 0;
}

static void
say(const char *path, const char *verb, const struct bell_topic *topic)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char line[5 + 2 * BELL_TOPIC_BYTES + 2];
	char hex[2 * BELL_TOPIC_BYTES + 1];
	int fd, n;

	hex_encode(topic->b, sizeof topic->b, hex);
	n = snprintf(line, sizeof line, "%s %s\n", verb, hex);
	if (strlen(path) >= sizeof at.sun_path)
		return;
	memcpy(at.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)&at, sizeof at) == 0)
		(void)!send(fd, line, (size_t)n, MSG_NOSIGNAL);
	(void)close(fd);
}

void
bell_ring(const char *path, const struct bell_topic *topic)
{
	say(path, "RING", topic);
}

void
bell_shut(const char *path, const struct bell_topic *whom)
{
	say(path, "SHUT", whom);
}
