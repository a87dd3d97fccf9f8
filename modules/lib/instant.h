/*
 * Instants and civil dates.
 *
 * An instant is UTC in milliseconds since 1970-01-01T00:00:00Z (`utc`). A
 * civil date is a Japanese calendar day, in days since 1970-01-01 (`date`).
 * Japan is UTC+9 all year round, without daylight saving, so the two convert
 * by arithmetic alone; nothing here reads the host's time zone. Calendar
 * functions follow the proleptic Gregorian calendar from year 1 to 9999.
 */
#ifndef INSTANT_H
#define INSTANT_H

#include <stddef.h>
#include <stdint.h>

typedef int64_t utc_ms;		/* instant */
typedef int32_t civil_date;	/* day */

enum { INSTANT_TEXT = 32 };	/* bytes that any text below needs, with NUL */

#define SECOND_MS ((utc_ms)1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

struct civil { int year, month, day; };		/* month and day from 1 */

/* The present instant, from CLOCK_REALTIME. */
utc_ms instant_now(void);

/* Milliseconds on a clock that never jumps, for leases and time-outs. */
int64_t instant_monotonic_ms(void);

/*
 * Day of a civil date; -1 in *ok (when given) and 0 if there is no such day.
 * *ok is 0 if there is one.
 */
civil_date date_from_civil(struct civil, int *ok);

/* The civil date of a day. */
struct civil civil_from_date(civil_date);

/* The Japanese day and the minute of that day (0..1439) of an instant. */
civil_date date_of(utc_ms);
int minute_of_day(utc_ms);

/* The instant at which a Japanese day begins. */
utc_ms instant_of(civil_date);

/* 0 Sunday .. 6 Saturday. */
int weekday_of(civil_date);

/*
 * Reads `YYYY-MM-DD`. Returns 0, or -1 if it is not a real day (2026-02-30 is
 * none), leaving *out untouched.
 */
int date_parse(const char *text, civil_date *out);

/*
 * Reads an RFC 3339 instant with `Z` or an offset and up to nine digits of
 * fraction (cut to milliseconds; a leap second counts as the next one).
 * Returns 0, or -1 leaving *out untouched.
 */
int instant_parse(const char *text, utc_ms *out);

/* `YYYY-MM-DD`; returns buf. */
const char *date_iso(civil_date, char buf[INSTANT_TEXT]);

/* `YYYY-MM-DDThh:mm:ss.mmmZ` (RFC 3339, UTC); returns buf. */
const char *instant_iso(utc_ms, char buf[INSTANT_TEXT]);

#endif
