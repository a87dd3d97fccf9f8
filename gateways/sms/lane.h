/* What the receiver's threads share: one has one lane. Internal to the gateway. */
#ifndef LANE_H
#define LANE_H

#include "fcgi.h"
#include "form.h"
#include "incoming.h"
#include "sms.h"

struct lane {
	struct sms *sms;
	struct db *db;
	struct arena *mem;
};

/* A FastCGI parameter, "" without one. */
const char *lane_param(const struct exchange *, const char *name);

/* A field's value, "" without one. */
const char *lane_value(const struct form *, const char *name);

/* The fields of the query: 0, or the status to refuse with: 405, 400. */
int lane_query(struct lane *, const struct exchange *, const char *method,
    struct form *);

#endif
