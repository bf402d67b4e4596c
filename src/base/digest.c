/* digest.c: see digest.h. */
#include "base/digest.h"
#include "base/memory.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
};

/* libcrypto's calls fail only if memory runs out: SHA-256 is always available. */
static void check_crypto(int done)
{
    if (done != 1)
        memory_exhausted();
}

struct digest *digest_new(void)
{
    struct digest *digest = memory_resize(NULL, 1, sizeof *digest);

    /* openssl.cnf is not needed, and the sandbox would refuse it. */
    check_crypto(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL));
    digest->context = EVP_MD_CTX_new();
    check_crypto(digest->context != NULL);
    check_crypto(EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL));
    return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t count)
{
    check_crypto(EVP_DigestUpdate(digest->context, bytes, count));
}

void digest_take(struct digest *digest, char hex[DIGEST_HEX])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int count = 0;

    check_crypto(EVP_DigestFinal_ex(digest->context, bytes, &count));
    check_crypto(count == (DIGEST_HEX - 1) / 2);
    for (unsigned int i = 0; i < count; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[DIGEST_HEX - 1] = '\0';
    /* NULL reuses the algorithm without another lookup. */
    check_crypto(EVP_DigestInit_ex(digest->context, NULL, NULL));
}

void digest_finish(struct digest *digest, char hex[DIGEST_HEX])
{
    digest_take(digest, hex);
    digest_free(digest);
}

void digest_free(struct digest *digest)
{
    if (digest == NULL)
        return;
    EVP_MD_CTX_free(digest->context);
    free(digest);
}
