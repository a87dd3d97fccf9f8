#include "authority.h"

#include "pem_file.h"

#include <errno.h>
#include <sys/stat.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

static int
refuse(char *why, size_t n, const char *what, const char *file)
{
	(void)snprintf(why, n, "%s: %s", file, what);
	ERR_clear_error();
	return -1;
}

/*
 * Whether systemd handed it over (LoadCredential=). It is root's then, and open to
 * the unit's user by an access list, whose mask looks like rights of a group.
 */
static int
is_credential(const char *file)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	size_t n = folder == NULL ? 0 : strlen(folder);

	return n > 0 && strncmp(file, folder, n) == 0 && file[n] == '/';
}

/* A key that others can read is no secret any more. */
static int
check_mode(const char *file, char *why, size_t n)
{
	const mode_t others = is_credential(file) ?
	    S_IWGRP | S_IXGRP | S_IRWXO : S_IRWXG | S_IRWXO;
	struct stat s;

	if (stat(file, &s) < 0)
		return refuse(why, n, strerror(errno), file);
	if (s.st_mode & others)
		return refuse(why, n, "others than its owner may read it", file);
	return 0;
}

int
authority_load(struct authority *a, const char *key_file,
    const char *certificate_file, const char *pass_phrase, char *why,
    size_t n)
{
	struct authority got = { NULL, NULL };
	const char *wrong = NULL, *file = key_file;

	if (check_mode(key_file, why, n) < 0)
		return -1;
	got.key = pem_read_key(key_file, pass_phrase);
	got.certificate = pem_read_certificate(certificate_file);
	if (got.key == NULL)
		wrong = "holds no key that opens";
	else if (got.certificate == NULL)
		wrong = "holds no certificate", file = certificate_file;
	else if (X509_check_private_key(got.certificate, got.key) != 1)
		wrong = "is not the key of the certificate";
	else if (X509_check_ca(got.certificate) != 1 ||
	    !(X509_get_key_usage(got.certificate) & KU_CRL_SIGN))
		wrong = "may not sign", file = certificate_file;
	if (wrong != NULL) {
		authority_done(&got);
		return refuse(why, n, wrong, file);
	}
	*a = got;
	return 0;
}

void
authority_done(struct authority *a)
{
	X509_free(a->certificate);
	EVP_PKEY_free(a->key);
	*a = (struct authority){ NULL, NULL };
}
