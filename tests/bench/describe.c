/* describe.c: see describe.h. */
#include "bench/describe.h"
#include <string.h>

static const char amazon[] = "AMAZON_ISSUED";

/* The statuses of the certificate, of its domains (NULL: absent) and of its renewal, by state. */
static const struct {
    const char *status, *type, *validation, *renewal;
} states[] = {
    [STATE_ISSUED] = {"ISSUED", amazon, "SUCCESS", NULL},
    [STATE_RENEWED] = {"ISSUED", amazon, "SUCCESS", "SUCCESS"},
    [STATE_RENEWAL_PENDING] = {"ISSUED", amazon, "SUCCESS", "PENDING_VALIDATION"},
    [STATE_EXPIRED] = {"EXPIRED", amazon, "SUCCESS", NULL},
    [STATE_REQUESTED] = {"PENDING_VALIDATION", amazon, "PENDING_VALIDATION", NULL},
    [STATE_TIMED_OUT] = {"VALIDATION_TIMED_OUT", amazon, "FAILED", NULL},
    [STATE_FAILED] = {"FAILED", amazon, "FAILED", NULL},
    [STATE_IMPORTED] = {"ISSUED", "IMPORTED", NULL, NULL},
    [STATE_PRIVATE] = {"ISSUED", "PRIVATE", NULL, NULL},
};

static void put_hex(struct print *print, uint64_t *random, size_t count)
{
    char text[16];

    certificate_hex(random, text, count);
    print_bytes(print, text, count);
}

/* In the certificate's account and region. */
static void put_arn(struct print *print, struct certificate *certificate, const char *service,
                    const char *kind)
{
    print_text(print, "\"arn:aws:");
    print_text(print, service);
    print_text(print, ":");
    print_text(print, certificate->region);
    print_text(print, ":");
    print_text(print, certificate->account);
    print_text(print, ":");
    print_text(print, kind);
    for (size_t i = 0; i < 5; i++) {
        print_text(print, i == 0 ? "/" : "-");
        put_hex(print, &certificate->random, i == 0 ? 8 : i == 4 ? 12 : 4);
    }
    print_text(print, "\"");
}

static void put_domain(struct print *print, const struct certificate *certificate, size_t i,
                       const char *status)
{
    const char *domain = certificate->domains[i];
    const char *bare = strncmp(domain, "*.", 2) == 0 ? domain + 2 : domain;

    print_item(print);
    print_enter(print, "{");
    print_member(print, "DomainName", domain);
    if (status != NULL) {
        print_member(print, "ValidationDomain", domain);
        print_member(print, "ValidationStatus", status);
        print_name(print, "ResourceRecord");
        print_enter(print, "{");
        print_name(print, "Name");
        print_text(print, "\"_");
        print_text(print, certificate->proofs[i][0]);
        print_text(print, ".");
        print_text(print, bare);
        print_text(print, ".\"");
        print_member(print, "Type", "CNAME");
        print_name(print, "Value");
        print_text(print, "\"_");
        print_text(print, certificate->proofs[i][1]);
        print_text(print, ".jkddzztszm.acm-validations.aws.\"");
        print_leave(print, "}");
        print_member(print, "ValidationMethod", "DNS");
    }
    print_leave(print, "}");
}

static void put_domains(struct print *print, const struct certificate *certificate,
                        const char *status)
{
    print_name(print, "DomainValidationOptions");
    print_enter(print, "[");
    for (size_t i = 0; i < certificate->domain_count; i++)
        put_domain(print, certificate, i, status);
    print_leave(print, "]");
}

static void put_names(struct print *print, struct certificate *certificate)
{
    print_name(print, "CertificateArn");
    put_arn(print, certificate, "acm", "certificate");
    print_member(print, "DomainName", certificate->domains[0]);
    print_name(print, "SubjectAlternativeNames");
    print_enter(print, "[");
    for (size_t i = 0; i < certificate->domain_count; i++) {
        print_item(print);
        print_quoted(print, certificate->domains[i]);
    }
    print_leave(print, "]");
    if (certificate->state != STATE_PRIVATE)
        put_domains(print, certificate, states[certificate->state].validation);
}

static void put_serial(struct print *print, struct certificate *certificate)
{
    print_name(print, "Serial");
    print_text(print, "\"0");
    put_hex(print, &certificate->random, 1);
    for (size_t i = 1; i < 16; i++) {
        print_text(print, ":");
        put_hex(print, &certificate->random, 2);
    }
    print_text(print, "\"");
}

static void put_times(struct print *print, struct certificate *certificate)
{
    int zone = certificate->zone, milliseconds = (int)certificate_below(&certificate->random, 1000);

    print_time(print, "CreatedAt", certificate->created, milliseconds, zone);
    if (certificate->state == STATE_IMPORTED)
        print_time(print, "ImportedAt", certificate->created, milliseconds, zone);
    else if (certificate_has_been_issued(certificate->state))
        print_time(print, "IssuedAt", certificate->issued, 999 - milliseconds, zone);
    print_member(print, "Status", states[certificate->state].status);
    if (certificate_has_been_issued(certificate->state)) {
        print_time(print, "NotBefore", certificate->not_before, 0, zone);
        print_time(print, "NotAfter", certificate->not_after, 0, zone);
    }
}

/* CloudFront only uses certificates in us-east-1. */
static void put_user(struct print *print, struct certificate *certificate)
{
    bool distribution = strcmp(certificate->region, "us-east-1") == 0;

    print_item(print);
    print_text(print, "\"arn:aws:");
    print_text(print, distribution ? "cloudfront:" : "elasticloadbalancing:");
    print_text(print, distribution ? "" : certificate->region);
    print_text(print, ":");
    print_text(print, certificate->account);
    print_text(print, distribution ? ":distribution/E" : ":loadbalancer/app/web-");
    put_hex(print, &certificate->random, distribution ? 13 : 4);
    if (!distribution) {
        print_text(print, "/");
        put_hex(print, &certificate->random, 16);
    }
    print_text(print, "\"");
}

static void put_users(struct print *print, struct certificate *certificate)
{
    print_name(print, "InUseBy");
    print_enter(print, "[");
    for (size_t i = 0; i < certificate->user_count; i++)
        put_user(print, certificate);
    print_leave(print, "]");
}

static void put_renewal(struct print *print, struct certificate *certificate)
{
    int milliseconds = (int)certificate_below(&certificate->random, 1000);
    const char *renewal = states[certificate->state].renewal;

    if (renewal == NULL)
        return;
    print_name(print, "RenewalSummary");
    print_enter(print, "{");
    print_member(print, "RenewalStatus", renewal);
    put_domains(print, certificate, renewal);
    print_time(print, "UpdatedAt", certificate->updated, milliseconds, certificate->zone);
    print_leave(print, "}");
}

/* A list of objects with one or two members; empty until the certificate is issued. */
static void put_usages(struct print *print, const struct certificate *certificate, const char *name,
                       const char *const usages[][2])
{
    print_name(print, name);
    print_enter(print, "[");
    for (; certificate_has_been_issued(certificate->state) && (*usages)[0] != NULL; usages++) {
        print_item(print);
        print_enter(print, "{");
        print_member(print, "Name", (*usages)[0]);
        if ((*usages)[1] != NULL)
            print_member(print, "OID", (*usages)[1]);
        print_leave(print, "}");
    }
    print_leave(print, "]");
}

static void put_details(struct print *print, struct certificate *certificate)
{
    static const char *const usages[][2] = {
        {"DIGITAL_SIGNATURE", NULL}, {"KEY_ENCIPHERMENT", NULL}, {NULL, NULL}};
    static const char *const extended[][2] = {
        {"TLS_WEB_SERVER_AUTHENTICATION", "1.3.6.1.5.5.7.3.1"},
        {"TLS_WEB_CLIENT_AUTHENTICATION", "1.3.6.1.5.5.7.3.2"},
        {NULL, NULL}};
    bool eligible = states[certificate->state].type == amazon && certificate->user_count > 0;

    if (certificate->state == STATE_FAILED)
        print_member(print, "FailureReason", "CAA_ERROR");
    print_member(print, "Type", states[certificate->state].type);
    put_renewal(print, certificate);
    put_usages(print, certificate, "KeyUsages", usages);
    put_usages(print, certificate, "ExtendedKeyUsages", extended);
    if (certificate->state == STATE_PRIVATE) {
        print_name(print, "CertificateAuthorityArn");
        put_arn(print, certificate, "acm-pca", "certificate-authority");
    }
    print_member(print, "RenewalEligibility", eligible ? "ELIGIBLE" : "INELIGIBLE");
    print_name(print, "Options");
    print_enter(print, "{");
    print_member(print, "CertificateTransparencyLoggingPreference", "ENABLED");
    print_member(print, "Export", "DISABLED");
    print_leave(print, "}");
}

void describe(struct print *print, struct certificate *certificate)
{
    bool ours = states[certificate->state].type == amazon;

    print_enter(print, "{");
    print_name(print, "Certificate");
    print_enter(print, "{");
    put_names(print, certificate);
    if (certificate_has_been_issued(certificate->state))
        put_serial(print, certificate);
    print_name(print, "Subject");
    print_text(print, "\"CN=");
    print_text(print, certificate->domains[0]);
    print_text(print, "\"");
    print_member(print, "Issuer", ours ? "Amazon" : "Example Corp CA");
    put_times(print, certificate);
    print_member(print, "KeyAlgorithm",
                 certificate_below(&certificate->random, 8) > 0 ? "RSA-2048" : "EC-prime256v1");
    print_member(print, "SignatureAlgorithm", "SHA256WITHRSA");
    put_users(print, certificate);
    put_details(print, certificate);
    print_leave(print, "}");
    print_leave(print, "}");
    print_bytes(print, "\n", 1);
}
