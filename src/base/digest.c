/* digest.c: see digest.h. */
#include "base/digest.h"
#include "base/memory.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
};

/* libcrypto's calls fail only where memory is out: the algorithm is always there. */
static void must(int done)
{
    if (done != 1)
        memory_exhausted();
}

struct digest *digest_new(void)
{
    struct digest *digest = memory_resize(NULL, 1, sizeof *digest);

    /* The machine's openssl.cnf is out of the sandbox's reach, and no matter here. */
    must(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL));
    digest->context = EVP_MD_CTX_new();
    must(digest->context != NULL);
    must(EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL));
    return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t count)
{
    must(EVP_DigestUpdate(digest->context, bytes, count));
}

void digest_take(struct digest *digest, char hex[DIGEST_HEX])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int count = 0;

    must(EVP_DigestFinal_ex(digest->context, bytes, &count));
    must(count == (DIGEST_HEX - 1) / 2);
    for (unsigned int i = 0; i < count; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[DIGEST_HEX - 1] = '\0';
    /* Without an algorithm it is the same one, which is not looked up again. */
    must(EVP_DigestInit_ex(digest->context, NULL, NULL));
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
