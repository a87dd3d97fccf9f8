/*
 * Hours in which somebody can be called, as people write them on a form.
 */
#ifndef HOURS_H
#define HOURS_H

#include "instant.h"

enum hours { HOURS_UNKNOWN, HOURS_NOW, HOURS_NOT_NOW };

/*
 * Whether `text` says that now is one of those hours: `24時間`, `平日18時以降・土日終日`,
 * `平日9時〜17時`, `月〜金 8:30-17:15`, `日中`, `夜間`, `9時から`. NULL, "" and what
 * cannot be read are HOURS_UNKNOWN: nobody is left out for a word. Holidays count
 * as their weekday.
 */
enum hours hours_now(const char *text, utc_ms now);

#endif
