#include "scan.h"

#include "log.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAIT_S = 20, ANSWER_BYTES = 512 };

struct scan {
	int fd, failed;
};

static int
open_socket(const char *path)
{
	const struct timeval wait = { .tv_sec = WAIT_S };
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof to.sun_path)
		return -1;
	memcpy(to.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	close(fd);
	return -1;
}

static void
send_all(struct scan *s, const void *p, size_t n)
{
	const unsigned char *from = p;

	while (n > 0 && !s->failed) {
		ssize_t sent = send(s->fd, from, n, MSG_NOSIGNAL);

		s->failed = sent <= 0;
		if (!s->failed) {
			from += sent;
			n -= (size_t)sent;
		}
	}
}

static void
send_length(struct scan *s, uint32_t n)
{
	const unsigned char be[4] = { (unsigned char)(n >> 24),
		(unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };

	send_all(s, be, sizeof be);
}

struct scan *
scan_begin(const char *socket_path)
{
	struct scan *s = calloc(1, sizeof *s);

	if (s == NULL)
		return NULL;
	s->fd = open_socket(socket_path);
	if (s->fd < 0) {
		free(s);
		return NULL;
	}
	send_all(s, "zINSTREAM", sizeof "zINSTREAM");
	return s;
}

void
scan_put(struct scan *s, const void *p, size_t n)
{
	if (n == 0)
		return;
	send_length(s, (uint32_t)n);
	send_all(s, p, n);
}

/* clamd's one line, ended by NUL: "stream: OK", "stream: NAME FOUND". */
static enum scan_result
verdict(struct scan *s)
{
	char answer[ANSWER_BYTES];
	size_t n = 0;
	ssize_t got = 1;

	while (n < sizeof answer - 1 && got > 0 &&
	    (n == 0 || answer[n - 1] != '\0')) {
		got = recv(s->fd, answer + n, sizeof answer - 1 - n, 0);
		n += got > 0 ? (size_t)got : 0;
	}
	answer[n] = '\0';
	if (strcmp(answer, "stream: OK") == 0)
		return SCAN_CLEAN;
	n = strlen(answer);
	if (n > 6 && strcmp(answer + n - 6, " FOUND") == 0)
		return SCAN_INFECTED;
	log_line(LOG_ERROR, "clamd", "answer", answer, NULL);
	return SCAN_FAILED;
}

enum scan_result
scan_end(struct scan *s)
{
	enum scan_result result;

	send_length(s, 0);
	/* When it hung up in the middle it has said why. */
	result = verdict(s);
	scan_drop(s);
	return result;
}

void
scan_drop(struct scan *s)
{
	if (s == NULL)
		return;
	close(s->fd);
	free(s);
}
