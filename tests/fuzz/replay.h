/*
 * A fuzz target is one function. tests/run replays its corpus, the files of
 * tests/fuzz/NAME, through this main(); tests/fuzz/run gives it to libFuzzer,
 * which has a main() of its own, with -DFUZZING.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include <glob.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

#ifndef FUZZING
/* One file through the target; a crash is the failure. */
static int
replay(const char *path)
{
	static uint8_t bytes[1 << 20];
	FILE *f = fopen(path, "r");
	uint8_t *exact;
	size_t n;

	if (f == NULL)
		return -1;
	n = fread(bytes, 1, sizeof bytes, f);
	(void)fclose(f);
	/* Of its own size, so that a sanitizer sees what reads past the end. */
	exact = malloc(n + (n == 0));
	if (exact == NULL)
		return -1;
	memcpy(exact, bytes, n);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 0;
}

static int
replay_all(const char *pattern)
{
	glob_t found;
	int bad = 0;

	if (glob(pattern, 0, NULL, &found) != 0) {
		printf("1..1\nnot ok 1 - a corpus\n");
		return 1;
	}
	printf("1..%zu\n", found.gl_pathc);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		int failed = replay(found.gl_pathv[i]) != 0;

		bad |= failed;
		printf("%sok %zu - %s\n", failed ? "not " : "", i + 1,
		    strrchr(found.gl_pathv[i], '/') + 1);
		fflush(stdout);
	}
	globfree(&found);
	return bad;
}

#define REPLAY(name) \
	int main(void) { return replay_all(TESTDATA "/fuzz/" name "/*"); }
#else
#define REPLAY(name) extern int replay_is_libfuzzers
#endif

#endif
