/*
 * read_acm_describe.c: `aws acm describe-certificate`, and the certificate or summary alone, as
 * --query leaves it.
 */
#include "aws/aws.h"
#include "aws/unread.h"
#include "json/json.h"

static size_t count_members(const cJSON *object, const char *const *names)
{
    size_t count = 0;
    for (; *names != NULL; names++)
        count += json_member(object, *names) != NULL;
    return count;
}

/* Other services have a member Certificate, too. An empty one is claimed: it is an export that
 * failed. */
static bool claims(const cJSON *root)
{
    static const char *const members[] = {
        "Status", "Type", "DomainValidationOptions", "SubjectAlternativeNames", "NotAfter", NULL};
    const cJSON *certificate = json_member(root, "Certificate");
    if (!cJSON_IsObject(certificate) || certificate->child == NULL)
        return cJSON_IsObject(certificate);
    if (aws_is_arn_of(json_member(certificate, "CertificateArn"), SERVICE_ACM))
        return true;
    return count_members(certificate, members) >= 2 &&
           !aws_is_of_other_service(certificate, SERVICE_ACM);
}

static bool read(struct reading *reading, const cJSON *root)
{
    const cJSON *certificate = json_member(root, "Certificate");
    if (aws_is_empty(reading, certificate, "Certificate"))
        return false;
    aws_add_acm_description(reading, certificate, "/Certificate");
    unread_look_beside(reading, root, "", "Certificate");
    return true;
}

const struct reader read_acm_describe = {"acm describe-certificate", claims, read};

/* A summary has none of these members. */
static bool has_description(const cJSON *root)
{
    static const char *const members[] = {"DomainValidationOptions",
                                          "SubjectAlternativeNames",
                                          "Subject",
                                          "Issuer",
                                          "RenewalSummary",
                                          NULL};
    return count_members(root, members) > 0;
}

static bool claims_description(const cJSON *root)
{
    return aws_is_arn_of(json_member(root, "CertificateArn"), SERVICE_ACM) && has_description(root);
}

static bool read_description(struct reading *reading, const cJSON *root)
{
    aws_add_acm_description(reading, root, "");
    return true;
}

const struct reader read_acm_description = {"acm describe-certificate (--query)",
                                            claims_description, read_description};

/* CertificateArn alone, or with IsDefault, only mentions a certificate. */
static bool claims_summary(const cJSON *root)
{
    static const char *const members[] = {"Status", "DomainName", "Type", NULL};
    return aws_is_arn_of(json_member(root, "CertificateArn"), SERVICE_ACM) &&
           count_members(root, members) > 0 && !has_description(root);
}

static bool read_summary(struct reading *reading, const cJSON *root)
{
    aws_add_acm_summary(reading, root, "", OBSERVATION_ALONE);
    return true;
}

const struct reader read_acm_summary = {"acm list-certificates (--query)", claims_summary,
                                        read_summary};
