/* The parts of tomozuna-ca that its jobs share. */
#ifndef CA_H
#define CA_H

#include "authority.h"
#include "probe.h"
#include "seal.h"
#include "settings.h"

#include <stdint.h>

struct daemon;

struct ca_settings {
	struct settings own;
	const char *key_file, *pass_phrase, *certificate_file;
	const char *crl_file, *check_command, *reload_command;
	struct probe probe;
	int64_t days;		/* that a device's certificate lasts */
};

/* What the program holds once it runs. Lives until it ends. */
struct ca {
	const struct ca_settings *settings;
	struct authority authority;
	struct seal_key master;
};
const struct ca *ca_held(void);

/*
 * One request: signs, packs, and records all in one transaction. Returns 1
 * while there may be more.
 */
int sign_job(struct daemon *);

/* Erases parcels after 15 minutes. */
int expire_job(struct daemon *);

/*
 * A new list every hour, at a revocation, and when the file is missing, broken
 * or older than it should be.
 */
int crl_job(struct daemon *);

/*
 * Makes the newest list count: checks nginx's settings, reloads, asks the
 * door, and notes what it said; again every minute until it says no.
 */
int reload_job(struct daemon *);

/* Forgets the probe's key. */
void revoke_done(void);

/* `tomozuna-ca init DIR [NAME …]`; exit status. */
int init_main(int argc, char **argv);

#endif
