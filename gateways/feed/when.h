/* Instants as feeds write them. */
#ifndef WHEN_H
#define WHEN_H

#include "instant.h"

/*
 * Reads RFC 3339 and ISO 8601 with less in it (2026, 2026-05, 20260528), the same
 * with / or . for -, RFC 822 with two or four digits of year, names of months and
 * zones, what C's asctime and date(1) write, AM and PM, and 2026年11月20日（金）
 * 午後3時5分. What is missing is the earliest; without a zone it is that many
 * minutes east of UTC. ITEM_NO_TIME (item.h) when it is none of these, no real
 * day, or has a word that is not understood: rather no time than a wrong one.
 */
utc_ms when_in(const char *text, int zone_min);

/* The same, in UTC. */
utc_ms when(const char *text);

#endif
