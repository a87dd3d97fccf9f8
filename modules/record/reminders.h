/* What runs out: told in time, once. */
#ifndef REMINDERS_H
#define REMINDERS_H

#include "module.h"

/*
 * struct module.tidy: reminds the care managers of care levels that end within
 * LEVEL_REMINDER_DAYS, and stations of nursing orders that end within
 * ORDER_REMINDER_DAYS. Returns 1 when there may be more.
 */
int reminders_tell(const struct settings *, struct db *, struct arena *,
    utc_ms now);

#endif
