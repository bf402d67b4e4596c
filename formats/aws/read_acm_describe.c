/*
 * read_acm_describe.c: `aws acm describe-certificate`, and the certificate or summary alone, as
 * --query leaves it.
 */
#include "aws/aws.h"
#include "json/json.h"

static bool claims(const cJSON *root)
{
    return cJSON_IsObject(json_member(root, "Certificate"));
}

static bool read(struct reading *reading, const cJSON *root)
{
    const cJSON *certificate = json_member(root, "Certificate");
    if (aws_is_empty(reading, certificate, "Certificate"))
        return false;
    aws_add_acm_description(reading, certificate, "/Certificate");
    return true;
}

const struct reader read_acm_describe = {"acm describe-certificate", claims, read};

/* A summary has none of these members. */
static bool has_description(const cJSON *root)
{
    static const char *const members[] = {"DomainValidationOptions", "SubjectAlternativeNames",
                                          "Subject", "Issuer", "RenewalSummary"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (json_member(root, members[i]) != NULL)
            return true;
    return false;
}

static bool claims_description(const cJSON *root)
{
    return json_member(root, "CertificateArn") != NULL && has_description(root);
}

static bool read_description(struct reading *reading, const cJSON *root)
{
    aws_add_acm_description(reading, root, "");
    return true;
}

const struct reader read_acm_description = {"acm describe-certificate (--query)",
                                            claims_description, read_description};

static bool claims_summary(const cJSON *root)
{
    return json_member(root, "CertificateArn") != NULL && !has_description(root);
}

static bool read_summary(struct reading *reading, const cJSON *root)
{
    aws_add_acm_summary(reading, root, "", OBSERVATION_ALONE);
    return true;
}

const struct reader read_acm_summary = {"acm list-certificates (--query)", claims_summary,
                                        read_summary};
