#include "bench.h"

#include "program.h"

#include <sys/uio.h>

enum { WATCH_MS = 1000, FINISH_MS = 4000 };

int
bench_serve(const struct fcgi_work *work)
{
	char why[200];
	struct fcgi *f = fcgi_start(work, why, sizeof why);

	if (f == NULL) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	while (!program_stopped(WATCH_MS))
		fcgi_watch(f);
	return fcgi_stop(f, FINISH_MS) == 0 ? 0 : 1;
}

size_t
bench_bytes(const char *path)
{
	const char *slash = strrchr(path, '/');
	long n = slash == NULL ? 0 : strtol(slash + 1, NULL, 10);

	return n < 0 || n > BENCH_BYTES ? 0 : (size_t)n;
}

void
bench_answer(struct exchange *x, int status, size_t bytes)
{
	static const char filler[BENCH_BYTES];	/* zeros weigh as much */
	char head[256];
	int n = snprintf(head, sizeof head, "Status: %d\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Cache-Control: no-store\r\nVary: Accept, Accept-Language\r\n"
	    "Content-Length: %zu\r\n\r\n", status, bytes);

	const struct iovec part[2] = {
		{ head, (size_t)n }, { (char *)(uintptr_t)filler, bytes }
	};

	(void)exchange_send(x, part, 2, 1);
}
