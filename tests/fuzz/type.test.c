/* The type of a multipart body, as the header says it. */
#include "multipart.h"
#include "fuzz/replay.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static struct multipart m;
	static const struct multipart_sink sink;
	char type[512] = "multipart/form-data";
	size_t head = strlen(type);

	if (n >= sizeof type - head)
		return 0;
	memcpy(type + head, p, n);
	type[head + n] = '\0';
	if (multipart_begin(&m, type, &sink) == 0 &&
	    (m.delimiter_n < 5 || m.delimiter_n > BOUNDARY_MAX + 4))
		abort();
	return 0;
}

REPLAY("type");
