#include "log.h"
#include "mail.h"
#include "mail_sql.h"
#include "notice.h"
#include "seal.h"

enum { PAGE = 200, LATEST_MINUTE = 12 * 60 };

/* The same for a user and a day whoever computes it: so it is sent once. */
static struct ref
cause_of(int64_t user, civil_date day)
{
	unsigned char sum[SHA256_BYTES];
	struct ref cause;
	char text[64];
	int n = snprintf(text, sizeof text, "digest %lld %d", (long long)user,
	    (int)day);

	seal_sha256(text, (size_t)n, sum);
	memcpy(cause.b, sum, sizeof cause.b);
	return cause;
}

/* One page of users. The last user, 0 when there are no more, -1 on failure. */
static int64_t
write_page(struct daemon *d, int64_t after, civil_date day,
    const struct ref *request)
{
	const struct notice_kind *kind = notice_kind_find("digest");
	struct reader_rows readers;
	int64_t last = 0;

	db_begin(d->db, d->mem, 0);
	mail_readers(d->db, &readers, after, PAGE);
	if (db_end(d->db) != DB_FINE)
		return -1;
	db_begin(d->db, d->mem, 1);
	for (size_t i = 0; i < readers.set.n; i++) {
		const struct reader *r = reader_at(&readers, i);
		struct ref cause = cause_of(r->user, day);

		mail_digest_for(d->db, kind->name, kind->priority, &cause,
		    request, r->waiting, r->user, kind->mail);
		last = r->user;
	}
	return db_end(d->db) == DB_FINE ? last : -1;
}

/* 1 when another run has written today's; -1 on failure. */
static int
is_written(struct daemon *d, utc_ms since)
{
	const struct written *w;

	db_begin(d->db, d->mem, 0);
	if (mail_digest_written(d->db, &w, since) < 0)
		return -1;
	return w->networks > 0;
}

static int
write_all(struct daemon *d, civil_date day)
{
	struct ref request = ref_new();
	int64_t last = 0;

	do
		last = write_page(d, last, day, &request);
	while (last > 0);
	return last == 0 ? 0 : -1;
}

int
mail_digest(struct daemon *d, struct mail *m)
{
	utc_ms now = instant_now();
	civil_date day = date_of(now);
	int64_t at = m->settings->digest_minute, minute = minute_of_day(now);
	int64_t latest = at < LATEST_MINUTE ? LATEST_MINUTE : at + 60;
	int state;

	if (m->digest_done == day || minute < at || minute > latest)
		return 0;
	state = is_written(d, instant_of(day) + at * MINUTE_MS);
	if (state == 0)
		state = write_all(d, day) == 0 ? 1 : -1;
	if (state < 0)
		return 0;
	m->digest_done = day;
	log_line(LOG_INFO, "digest written", NULL);
	return 0;
}
