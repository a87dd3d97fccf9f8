#include "pem_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>

/* Given to OpenSSL as a pass phrase, so that it never asks a terminal. */
static int
no_phrase(char *buf, int size, int writing, void *of)
{
	const char *phrase = of == NULL ? "" : of;
	size_t n = strlen(phrase);

	(void)writing;
	if (size < 0 || n > (size_t)size)
		return -1;
	memcpy(buf, phrase, n);
	return (int)n;
}

X509 *
pem_read_certificate(const char *path)
{
	BIO *in = BIO_new_file(path, "r");
	X509 *c = in == NULL ? NULL :
	    PEM_read_bio_X509(in, NULL, no_phrase, NULL);

	BIO_free(in);
	ERR_clear_error();
	return c;
}

X509_CRL *
pem_read_crl(const char *path)
{
	BIO *in = BIO_new_file(path, "r");
	X509_CRL *c = in == NULL ? NULL :
	    PEM_read_bio_X509_CRL(in, NULL, no_phrase, NULL);

	BIO_free(in);
	ERR_clear_error();
	return c;
}

EVP_PKEY *
pem_read_key(const char *path, const char *pass_phrase)
{
	BIO *in = BIO_new_file(path, "r");
	EVP_PKEY *key = in == NULL ? NULL : PEM_read_bio_PrivateKey(in, NULL,
	    no_phrase, (void *)(uintptr_t)pass_phrase);

	BIO_free(in);
	ERR_clear_error();
	return key;
}

static int
write_all(int fd, const unsigned char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return fsync(fd);
}

static int
write_new(const char *path, unsigned mode, const void *p, size_t n)
{
	int fd, result;

	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (fd < 0)
		return -1;
	result = write_all(fd, p, n) == 0 && fchmod(fd, mode) == 0 ? 0 : -1;
	if (close(fd) < 0)
		result = -1;
	return result;
}

static int
flush_folder(const char *path)
{
	char copy[PATH_MAX];
	int fd, result;

	(void)snprintf(copy, sizeof copy, "%s", path);
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	result = fsync(fd);
	(void)close(fd);
	return result;
}

int
file_replace(const char *path, unsigned mode, const void *p, size_t n,
    int (*look)(void *of, const char *path), void *of)
{
	char fresh[PATH_MAX];
	int error;

	if (snprintf(fresh, sizeof fresh, "%s.new", path) >=
	    (int)sizeof fresh) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (write_new(fresh, mode, p, n) == 0) {
		if (look != NULL && look(of, fresh) != 0)
			errno = ECANCELED;
		else if (rename(fresh, path) == 0)
			return flush_folder(path);
	}
	error = errno;
	(void)unlink(fresh);
	errno = error;
	return -1;
}

int
file_replace_bio(const char *path, unsigned mode, BIO *b)
{
	char *p;
	long n = BIO_get_mem_data(b, &p);

	return file_replace(path, mode, p, (size_t)n, NULL, NULL);
}
