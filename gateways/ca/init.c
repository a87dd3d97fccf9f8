/*
 * The beginning of an installation: two authorities, so that neither can sign
 * for the other's purpose; the doors' certificate; and a list. What is there
 * already stays.
 */
#include "ca.h"

#include "crl.h"
#include "pem_file.h"
#include "profile.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/pem.h>

enum {
	AUTHORITY_DAYS = 3652, DOOR_DAYS = 397, RENEW_DAYS = 30,
	SECRET = 0600, PUBLIC_FILE = 0644, FOLDER = 0700
};

/* A pair in the folder: NAME.key and NAME.crt. */
struct pair {
	EVP_PKEY *key;
	X509 *certificate;
};

struct place {
	const char *folder;
	utc_ms now;
	char names[NAMES_BYTES];	/* of the doors, as a SAN */
};

static void
pair_done(struct pair *p)
{
	EVP_PKEY_free(p->key);
	X509_free(p->certificate);
}

static void
path_of(const struct place *place, const char *name, const char *end,
    char out[PATH_MAX])
{
	(void)snprintf(out, PATH_MAX, "%s/%s%s", place->folder, name, end);
}

static int
complain(const char *path)
{
	(void)fprintf(stderr, "tomozuna-ca: %s: %s\n", path, strerror(errno));
	return -1;
}

/* The pair of files, if both are there and the certificate lasts `days`. */
static int
pair_read(const struct place *place, const char *name, int days,
    struct pair *p)
{
	char path[PATH_MAX];
	utc_ms until = 0;

	path_of(place, name, ".key", path);
	p->key = pem_read_key(path, "");
	path_of(place, name, ".crt", path);
	p->certificate = pem_read_certificate(path);
	if (p->key != NULL && p->certificate != NULL &&
	    asn1_to_utc(X509_get0_notAfter(p->certificate), &until) == 0 &&
	    until - place->now > days * DAY_MS)
		return 0;
	pair_done(p);
	*p = (struct pair){ NULL, NULL };
	return -1;
}

static int
pair_write(const struct place *place, const char *name, const struct pair *p)
{
	BIO *key = BIO_new(BIO_s_mem()), *certificate = BIO_new(BIO_s_mem());
	char path[PATH_MAX];
	int result = -1;

	if (PEM_write_bio_PKCS8PrivateKey(key, p->key, NULL, NULL, 0, NULL,
	    NULL) != 1 || PEM_write_bio_X509(certificate, p->certificate) != 1)
		abort();
	path_of(place, name, ".key", path);
	if (file_replace_bio(path, SECRET, key) == 0) {
		path_of(place, name, ".crt", path);
		result = file_replace_bio(path, PUBLIC_FILE, certificate);
	}
	if (result < 0)
		(void)complain(path);
	BIO_free(key);
	BIO_free(certificate);
	return result;
}

/* Whether half of it is there: an authority is never made twice. */
static int
is_half_there(const struct place *place, const char *name)
{
	char key[PATH_MAX], certificate[PATH_MAX];

	path_of(place, name, ".key", key);
	path_of(place, name, ".crt", certificate);
	if (access(key, F_OK) < 0 && access(certificate, F_OK) < 0)
		return 0;
	(void)fprintf(stderr, "tomozuna-ca: %s.key and .crt: one is missing, "
	    "or they cannot be read; put them back\n", name);
	return 1;
}

/* Reads the pair or makes it, signed by `issuer` (NULL: by itself). */
static int
pair_get(const struct place *place, const char *name, enum profile_kind kind,
    const char *title, int days, const struct pair *issuer, struct pair *p)
{
	struct profile f = { .kind = kind, .common_name = title,
	    .names = kind == PROFILE_DOOR ? place->names : NULL,
	    .from = place->now - BACKDATE_MS,
	    .until = place->now + days * DAY_MS };

	if (pair_read(place, name, issuer == NULL ? 0 : RENEW_DAYS, p) == 0)
		return 0;
	if (issuer == NULL && is_half_there(place, name))
		return -1;
	seal_random(f.serial, sizeof f.serial);
	p->key = profile_key();
	p->certificate = profile_sign(&f, p->key,
	    issuer == NULL ? NULL : issuer->certificate,
	    issuer == NULL ? p->key : issuer->key);
	if (p->certificate == NULL) {
		(void)fprintf(stderr, "tomozuna-ca: %s: a name is none\n",
		    name);
		return -1;
	}
	(void)printf("%s.crt\n", name);
	return pair_write(place, name, p);
}

/* The first list, which names nobody. */
static int
first_list(const struct place *place, const struct pair *people)
{
	struct authority a = { people->certificate, people->key };
	struct crl_facts there, f = { .number = 1 };
	char path[PATH_MAX], why[400];
	X509_CRL *crl;
	int result;

	path_of(place, "people", ".crl", path);
	if (crl_read(path, a.certificate, &there, why, sizeof why) == 0)
		return 0;
	crl = crl_make(&a, f.number, place->now, NULL, 0);
	if (crl == NULL)
		abort();
	result = crl_install(path, a.certificate, crl, &f, why, sizeof why);
	X509_CRL_free(crl);
	if (result < 0)
		(void)fprintf(stderr, "tomozuna-ca: %s\n", why);
	return result;
}

/* The doors' authority is wanted only when their certificate is due. */
static int
make_door(const struct place *place)
{
	struct pair server = { 0 }, door = { 0 };
	int fine = pair_read(place, "door", RENEW_DAYS, &door) == 0 ||
	    (pair_get(place, "server-ca", PROFILE_AUTHORITY,
	    "Tomozuna doors", AUTHORITY_DAYS, NULL, &server) == 0 &&
	    pair_get(place, "door", PROFILE_DOOR, "door", DOOR_DAYS, &server,
	    &door) == 0);

	pair_done(&server);
	pair_done(&door);
	return fine;
}

static int
make_all(const struct place *place)
{
	struct pair people = { 0 };
	int fine = pair_get(place, "people-ca", PROFILE_AUTHORITY,
	    "Tomozuna devices", AUTHORITY_DAYS, NULL, &people) == 0 &&
	    make_door(place) && first_list(place, &people) == 0;

	pair_done(&people);
	return fine ? 0 : 1;
}

/* Adds a host's name or address, of characters that mean nothing to OpenSSL. */
static int
add_name(struct place *place, const char *name)
{
	size_t used = strlen(place->names), n = strlen(name);
	int address = name[strspn(name, "0123456789.")] == '\0' ||
	    strchr(name, ':') != NULL;

	if (n == 0 || n > 253 || strspn(name, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-*:") != n)
		return -1;
	return snprintf(place->names + used, sizeof place->names - used,
	    "%s%s:%s", used > 0 ? "," : "", address ? "IP" : "DNS", name) <
	    (int)(sizeof place->names - used) ? 0 : -1;
}

static int
usage(void)
{
	(void)fputs("usage: tomozuna-ca init FOLDER NAME ...\n"
	    "NAME: host name or address of the doors\n", stderr);
	return 2;
}

int
init_main(int argc, char **argv)
{
	struct place place = { .now = instant_now() };

	if (argc < 3 || argv[1][0] == '-')
		return usage();
	place.folder = argv[1];
	for (int i = 2; i < argc; i++)
		if (add_name(&place, argv[i]) < 0)
			return usage();
	if (mkdir(place.folder, FOLDER) < 0 && errno != EEXIST)
		return complain(place.folder), 1;
	return make_all(&place);
}
