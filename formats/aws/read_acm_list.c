/* read_acm_list.c: `aws acm list-certificates`. */
#include "aws/aws.h"
#include "json/json.h"

static bool claims(const cJSON *root)
{
    return json_member(root, "CertificateSummaryList") != NULL;
}

static bool read(struct reading *reading, const cJSON *root)
{
    return aws_read_list(reading, root, "CertificateSummaryList", "/CertificateSummaryList",
                         SERVICE_ACM);
}

const struct reader read_acm_list = {"acm list-certificates", claims, read};
