#include "journal_file.h"

#include "bytes.h"

enum { PLACE_BYTES = REF_BYTES + 8 };

/* What a frame belongs to: it opens nowhere else. */
static void
place(unsigned char out[PLACE_BYTES], const struct ref *journal, uint64_t seq)
{
	memcpy(out, journal->b, REF_BYTES);
	put_le64(out + REF_BYTES, seq);
}

size_t
frame_close(const struct seal_key *key, const struct ref *journal,
    uint64_t seq, const struct audit_record *r,
    unsigned char out[FRAME_MAX_BYTES])
{
	unsigned char plain[RECORD_MAX_BYTES], also[PLACE_BYTES];
	size_t n = record_encode(r, plain);

	place(also, journal, seq);
	put_le32(out, (uint32_t)(n + SEAL_EXTRA_BYTES));
	put_le64(out + 4, seq);
	seal_close(key, also, sizeof also, plain, n, out + FRAME_HEAD_BYTES);
	return FRAME_HEAD_BYTES + n + SEAL_EXTRA_BYTES;
}

size_t
frame_length(const unsigned char *p, size_t n)
{
	size_t sealed;

	if (n < FRAME_HEAD_BYTES)
		return 0;
	sealed = get_le32(p);
	if (sealed <= SEAL_EXTRA_BYTES ||
	    sealed > SEAL_EXTRA_BYTES + RECORD_MAX_BYTES ||
	    sealed > n - FRAME_HEAD_BYTES)
		return 0;
	return FRAME_HEAD_BYTES + sealed;
}

int
frame_open(const struct seal_key *key, const struct ref *journal,
    const unsigned char *frame, uint64_t *seq, struct journal_record *out)
{
	unsigned char plain[RECORD_MAX_BYTES], also[PLACE_BYTES];
	size_t sealed = get_le32(frame);

	*seq = get_le64(frame + 4);
	place(also, journal, *seq);
	if (seal_open(key, also, sizeof also, frame + FRAME_HEAD_BYTES, sealed,
	    plain) < 0)
		return -1;
	return record_decode(plain, sealed - SEAL_EXTRA_BYTES, out);
}
