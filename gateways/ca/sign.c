/* Requests: a key is certified or made, the certificate is written down. */
#include "ca.h"

#include "ca_sql.h"
#include "csr.h"
#include "daemon.h"
#include "log.h"
#include "pack.h"
#include "phrase.h"
#include "profile.h"

#include <openssl/crypto.h>

enum { PARCEL_MINUTES = 15, WAIT_HOURS = 24 };

/* What was made for a request, until it is written down. */
struct made {
	EVP_PKEY *key;
	X509 *certificate;
	struct profile profile;
	char names[NAMES_BYTES];	/* that the profile points into */
	unsigned char *der, *parcel;
	size_t der_n, parcel_n;
	unsigned char phrase[PHRASE_SEALED_BYTES];
	size_t phrase_n;
};

static void
made_done(struct made *m)
{
	EVP_PKEY_free(m->key);
	X509_free(m->certificate);
	OPENSSL_free(m->der);
	OPENSSL_clear_free(m->parcel, m->parcel_n);
}

/* Certifies m->key. 0 or -1. */
static int
certify(struct made *m, const struct request *r, utc_ms now)
{
	const struct ca *ca = ca_held();
	int n;

	m->profile = profile_device(r->device, now, ca->settings->days,
	    m->names);
	m->certificate = profile_sign(&m->profile, m->key,
	    ca->authority.certificate, ca->authority.key);
	if (m->certificate == NULL)
		return -1;
	n = i2d_X509(m->certificate, &m->der);
	m->der_n = n > 0 ? (size_t)n : 0;
	return n > 0 ? 0 : -1;
}

/* Packs key and certificate under a pass phrase of their own. 0 or -1. */
static int
wrap(struct made *m, const struct request *r)
{
	char phrase[PHRASE_TEXT];
	int result;

	pack_phrase(phrase);
	result = pack(strcmp(r->packing, "compatible") == 0 ?
	    PACK_COMPATIBLE : PACK_MODERN, phrase, m->profile.common_name,
	    m->key, m->certificate, &m->parcel, &m->parcel_n);
	if (result == 0)
		m->phrase_n = phrase_seal(&ca_held()->master, r->ref, phrase,
		    m->phrase);
	explicit_bzero(phrase, sizeof phrase);
	return result;
}

/* Makes all that the request asks for. 0, or -1 with a text in *reason. */
static int
make(struct made *m, const struct request *r, utc_ms now, const char **reason)
{
	int own_key = r->csr.p != NULL;

	*reason = "the device was revoked, or its office is closed";
	if (r->barred)
		return -1;
	*reason = "a request without a key has to be packed";
	if (!own_key && strcmp(r->packing, "none") == 0)
		return -1;
	m->key = own_key ? csr_key(r->csr, reason) : profile_key();
	if (m->key == NULL)
		return -1;
	*reason = "it could not be signed";
	if (certify(m, r, now) < 0)
		return -1;
	return own_key ? 0 : wrap(m, r);
}

/* Writes it all down, or nothing. */
static enum db_outcome
record(struct daemon *d, const struct request *r, const struct made *m,
    utc_ms now)
{
	unsigned char hash[SHA256_BYTES];
	struct db_bytes h = { hash, sizeof hash };
	struct db_bytes serial = { m->profile.serial, SERIAL_BYTES };
	struct db_bytes der = { m->der, m->der_n };
	struct db_bytes parcel = { m->parcel, m->parcel_n };
	struct db_bytes phrase = { m->phrase_n == 0 ? NULL : m->phrase,
	    m->phrase_n };

	seal_sha256(m->der, m->der_n, hash);
	db_begin(d->db, d->mem, 1);
	ca_ready(d->db, r->request_id, m->parcel == NULL ? der : parcel,
	    phrase, now);
	ca_supersede(d->db, r->device_id, now);
	ca_certificate(d->db, serial, r->device_id, h, der, m->profile.from,
	    m->profile.until);
	ca_device(d->db, r->device_id, h, m->profile.until);
	return db_end(d->db);
}

static enum db_outcome
refuse(struct daemon *d, const struct request *r, const char *reason,
    utc_ms now)
{
	char hex[REF_HEX];

	log_line(LOG_WARNING, "a request is refused", "request",
	    ref_hex(r->ref, hex), "reason", reason, NULL);
	db_begin(d->db, d->mem, 1);
	ca_refuse(d->db, r->request_id, reason, now);
	return db_end(d->db);
}

/* The device or the request may have changed meanwhile: then look again. */
int
sign_job(struct daemon *d)
{
	const struct request *r;
	struct made m = { 0 };
	const char *reason;
	utc_ms now = instant_now();
	enum db_outcome outcome;

	db_begin(d->db, d->mem, 0);
	ca_next_request(d->db, &r);
	if (db_end(d->db) != DB_FINE || r == NULL)
		return 0;
	if (make(&m, r, now, &reason) == 0)
		outcome = record(d, r, &m, now);
	else
		outcome = refuse(d, r, reason, now);
	made_done(&m);
	explicit_bzero(&m, sizeof m);
	if (outcome == DB_FINE)
		return 1;
	log_line(LOG_WARNING, "a request waits", "statement",
	    db_failed_statement(d->db), NULL);
	return 0;
}

int
expire_job(struct daemon *d)
{
	utc_ms now = instant_now();

	db_begin(d->db, d->mem, 1);
	ca_expire(d->db, now - PARCEL_MINUTES * MINUTE_MS,
	    now - WAIT_HOURS * HOUR_MS);
	(void)db_end(d->db);
	return 0;
}
