/* Requests of devices that made their own key (PKCS#10). */
#ifndef CSR_H
#define CSR_H

#include "db.h"

#include <openssl/evp.h>

enum { CSR_BYTES_MAX = 8192 };

/*
 * The public key of a request in DER, if the request is signed with it and it
 * is one that we take: EC on P-256 or P-384, or RSA of 2048 to 4096 bits. Its
 * subject and extensions are not looked at. Free with EVP_PKEY_free. NULL with
 * a fixed text in *reason.
 */
EVP_PKEY *csr_key(struct db_bytes der, const char **reason);

#endif
