/*
 * FastCGI records as they come from the socket, through libfcgi and the way of
 * a request. Two faults of libfcgi's own are stepped over, because whoever can
 * write to the socket is nginx: records of no request (type 9 overruns a buffer)
 * and lengths of parameters that it cannot allocate (it aborts).
 */
#include "../../modules/lib/fcgi.c"
#include "fuzz/replay.h"

#include <signal.h>

enum { HEAD = 8, HIGHEST = 0x80 };

/*
 * Without a byte above 80 no length exceeds 16 MiB, however the parameters are
 * cut into records.
 */
static int
is_tame(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] > HIGHEST)
			return 0;
	while (n >= HEAD) {
		size_t whole = HEAD + ((size_t)p[4] << 8 | p[5]) + p[6];

		if (p[2] == 0 && p[3] == 0)
			return 0;
		if (whole > n)
			break;
		p += whole;
		n -= whole;
	}
	return 1;
}

static void
serve(void *worker, struct exchange *x)
{
	char bytes[100];
	size_t n = 0;

	(void)worker;
	for (char *const *e = exchange_params(x); *e != NULL; e++)
		n += strlen(*e);
	while (exchange_read(x, bytes, sizeof bytes) > 0)
		;
	(void)exchange_write(x, bytes, n > 0);
	(void)exchange_end(x);
}

static void
after(void *worker)
{
	(void)worker;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static int begun;
	struct fcgi f = { .work = { .serve = serve, .after = after } };
	struct lane lane = { .of = &f, .peer = -1,
		.lock = PTHREAD_MUTEX_INITIALIZER };
	int pair[2];

	if (!begun) {
		begun = 1;
		setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "1", 1);
		setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "1", 1);
		signal(SIGPIPE, SIG_IGN);
		if (FCGX_Init() != 0)
			abort();
	}
	if (n > 60000 || !is_tame(p, n) ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return 0;
	(void)!write(pair[1], p, n);
	(void)shutdown(pair[1], SHUT_WR);
	lane_exchange(&lane, NULL, pair[0]);
	close(pair[1]);
	return 0;
}

REPLAY("record");
