/* The keys by which a patient is found, made of what others wrote. */
#ifndef KEYS_H
#define KEYS_H

#include "module.h"

/* struct module.tidy: makes the keys of those whose names, numbers or address changed. */
int keys_make(const struct settings *, struct db *, struct arena *, utc_ms now);

#endif
