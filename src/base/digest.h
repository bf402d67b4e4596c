/* digest.h: SHA-256 (FIPS 180-4), by OpenSSL's libcrypto. */
#ifndef DIGEST_H
#define DIGEST_H

#include <stddef.h>

enum { DIGEST_HEX = 65 }; /* 64 lower-case hexadecimal digits and a NUL */

struct digest;

struct digest *digest_new(void);
void digest_add(struct digest *digest, const void *bytes, size_t count);
/* Writes the digest of everything that was added, and starts a new one. */
void digest_take(struct digest *digest, char hex[DIGEST_HEX]);
/* Writes the digest and frees it. */
void digest_finish(struct digest *digest, char hex[DIGEST_HEX]);
void digest_free(struct digest *digest);

#endif
