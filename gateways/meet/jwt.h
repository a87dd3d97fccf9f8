/*
 * JSON Web Tokens (RFC 7519) in compact form, signed: HS256 with a shared secret, PS256
 * with a private key (RFC 7518).
 */
#ifndef JWT_H
#define JWT_H

struct arena;

/* Signs with a secret. `claims` is JSON. The token, in the arena. */
const char *jwt_hs256(struct arena *, const char *claims, const char *secret);

/*
 * Signs with the private key of `pem` (certificate and key, any order), names the
 * certificate by its SHA-256 in `x5t#S256`. NULL: they are unfit or no pair.
 */
const char *jwt_ps256(struct arena *, const char *claims, const char *pem);

#endif
