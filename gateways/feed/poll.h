/*
 * tomozuna-feed as a daemon: asks each source when it is due, fetches what its
 * feed names and we do not have, stores it and makes bulletins.
 */
#ifndef POLL_H
#define POLL_H

#include "daemon.h"
#include "source.h"

struct feed_settings {
	struct settings own;		/* first: see settings.h */
	const char *sources_file;
	const char *contact;		/* stands in User-Agent; "" none */
};

/* For daemon_main. */
extern const struct gateway feed_gateway;

/* The settings beyond lib's own, for programs that read them without polling. */
extern const struct setting feed_setting_table[];

#endif
