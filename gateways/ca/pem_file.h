/* Keys, certificates and lists as files. */
#ifndef PEM_FILE_H
#define PEM_FILE_H

#include <stddef.h>

#include <openssl/bio.h>
#include <openssl/x509.h>

/* The first of its kind in a file, or NULL. Nobody is asked on a terminal. */
X509 *pem_read_certificate(const char *path);
X509_CRL *pem_read_crl(const char *path);
EVP_PKEY *pem_read_key(const char *path, const char *pass_phrase);

/*
 * Writes a file whole: beside it, flushed, renamed over it, the folder
 * flushed; whoever reads sees the old one or the new one. `look`, if given,
 * reads the written file before the rename; other than 0 stops it. 0, or -1
 * with errno (ECANCELED: `look` did not like it); then the old one stays.
 */
int file_replace(const char *path, unsigned mode, const void *p, size_t n,
    int (*look)(void *of, const char *path), void *of);

/* The same for what OpenSSL wrote to memory. */
int file_replace_bio(const char *path, unsigned mode, BIO *);

#endif
