/*
 * floor THREADS: answers /bench/floor/BYTES and does nothing else. What it
 * cannot do, no module behind this nginx and this accept loop can.
 */
#include "bench.h"

#include "program.h"

static void *
begin(void *of)
{
	return of;
}

static void
serve(void *of, struct exchange *x)
{
	static const char path[] = "DOCUMENT_URI=";
	char *const *env = exchange_params(x);
	char part[8192];
	size_t bytes = 0;

	(void)of;
	for (; *env != NULL; env++)
		if (strncmp(*env, path, sizeof path - 1) == 0)
			bytes = bench_bytes(*env);
	while (exchange_read(x, part, sizeof part) > 0)
		;
	bench_answer(x, 200, bytes);
}

static void
nothing(void *of)
{
	(void)of;
}

int
main(int argc, char **argv)
{
	struct fcgi_work work = {
		.threads = argc > 1 ? atoi(argv[1]) : 16,
		.begin = begin, .serve = serve, .after = nothing,
		.end = nothing
	};

	program_block_signals();
	return bench_serve(&work);
}
