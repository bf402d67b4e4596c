/* certificate.c: see certificate.h. */
#include "bench/certificate.h"
#include <stdio.h>
#include <string.h>

#define AS_OF INT64_C(1795132800) /* 2026-11-20T00:00:00Z */
#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)

enum {
    ACCOUNTS = 50,
    LIFETIME = 198, /* days */
    RENEWAL = 45,   /* days before the end */
};

/* splitmix64, of Steele, Lea and Flood 2014. */
static uint64_t next(uint64_t *random)
{
    uint64_t z = (*random += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

size_t certificate_below(uint64_t *random, size_t bound)
{
    return (size_t)(next(random) % bound);
}

void certificate_hex(uint64_t *random, char *text, size_t count)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < count; i++, bits >>= 4) {
        if (i % 16 == 0)
            bits = next(random);
        text[i] = "0123456789abcdef"[bits & 15];
    }
}

static enum state pick_state(uint64_t *random)
{
    static const struct {
        enum state state;
        size_t share; /* of 1,000; the rest is issued and not renewed yet */
    } shares[] = {
        {STATE_REQUESTED, 10},       {STATE_TIMED_OUT, 5}, {STATE_FAILED, 3},
        {STATE_RENEWAL_PENDING, 10}, {STATE_EXPIRED, 4},   {STATE_IMPORTED, 60},
        {STATE_PRIVATE, 15},         {STATE_RENEWED, 320},
    };
    size_t turn = certificate_below(random, 1000), i = 0;

    for (; i < sizeof shares / sizeof shares[0]; i++) {
        if (turn < shares[i].share)
            return shares[i].state;
        turn -= shares[i].share;
    }
    return STATE_ISSUED;
}

bool certificate_has_been_issued(enum state state)
{
    return state != STATE_REQUESTED && state != STATE_TIMED_OUT && state != STATE_FAILED;
}

/* `payments-2n9c.example.com` and its subdomains; the number makes them unique. */
static void name_domains(struct certificate *certificate, uint64_t number)
{
    static const char *const words[] = {"payments", "checkout", "portal", "api",     "mobile",
                                        "intranet", "partner",  "claims", "reports", "identity"};
    static const char *const parents[] = {"example.com", "example.net", "example.org",
                                          "retail.example.com", "platform.example.net"};
    static const char *const prefixes[CERTIFICATE_DOMAINS] = {"", "*.", "www.", "internal."};
    static const size_t counts[] = {1, 1, 1, 2, 2, 2, 3, 4};
    char digits[14] = "";
    size_t at = sizeof digits - 1;
    const char *word = words[certificate_below(&certificate->random, 10)];
    const char *parent = parents[certificate_below(&certificate->random, 5)];

    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
        number /= 36;
    } while (number > 0);
    certificate->domain_count = counts[certificate_below(&certificate->random, 8)];
    for (size_t i = 0; i < certificate->domain_count; i++) {
        snprintf(certificate->domains[i], CERTIFICATE_DOMAIN_ROOM, "%s%s-%s.%s", prefixes[i], word,
                 digits + at, parent);
        certificate_hex(&certificate->random, certificate->proofs[i][0], 32);
        certificate_hex(&certificate->random, certificate->proofs[i][1], 32);
    }
}

static int64_t seconds_below(struct certificate *certificate, int64_t bound)
{
    return (int64_t)certificate_below(&certificate->random, (size_t)bound);
}

static void set_times(struct certificate *certificate)
{
    int64_t age = 4 * DAY + seconds_below(certificate, (LIFETIME - 4) * DAY);

    if (certificate->state == STATE_RENEWAL_PENDING)
        age = LIFETIME * DAY - seconds_below(certificate, RENEWAL * DAY);
    else if (certificate->state == STATE_EXPIRED)
        age += LIFETIME * DAY;
    else if (certificate->state == STATE_REQUESTED) /* a few past their 72 hours */
        age = 1 + seconds_below(certificate, 80 * HOUR);
    certificate->created = AS_OF - age;
    certificate->issued = certificate->created + 60 + seconds_below(certificate, HOUR);
    certificate->updated = certificate->issued;
    certificate->not_before = certificate->created / DAY * DAY;
    certificate->not_after = certificate->not_before + (LIFETIME + 1) * DAY - 1;
    if (certificate->state == STATE_RENEWED) {
        certificate->created -= LIFETIME * DAY;
        certificate->issued -= LIFETIME * DAY;
    } else if (certificate->state == STATE_RENEWAL_PENDING) {
        certificate->updated = AS_OF - 1 - seconds_below(certificate, 3 * DAY);
    }
}

struct certificate certificate_make(uint64_t seed, uint64_t number)
{
    static const char *const regions[] = {"us-east-1",      "us-west-2",      "eu-west-1",
                                          "ap-southeast-1", "ap-southeast-2", "eu-central-1"};
    static const int zones[] = {0, 0, 8, 10};
    static const size_t user_counts[] = {0, 1, 1, 2, 0, 1};
    struct certificate certificate = {.random = seed};
    size_t account;

    certificate.random = next(&certificate.random) + number * UINT64_C(0xd1342543de82ef95);
    certificate.random = next(&certificate.random);
    account = certificate_below(&certificate.random, ACCOUNTS);
    /* Like 111122223333. */
    for (size_t i = 0; i < 12; i++)
        certificate.account[i] = (char)('1' + (account % 9 + i / 4 * (1 + account / 9)) % 9);
    certificate.zone = zones[account % 4];
    certificate.region = regions[certificate_below(&certificate.random, 6)];
    certificate.state = pick_state(&certificate.random);
    name_domains(&certificate, number);
    set_times(&certificate);
    if (certificate_has_been_issued(certificate.state))
        certificate.user_count = user_counts[certificate_below(&certificate.random, 6)];
    return certificate;
}
