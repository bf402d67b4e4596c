/* read_iam_list.c: `aws iam list-server-certificates`. */
#include "aws/aws.h"
#include "json/json.h"

static bool claims(const cJSON *root)
{
    return json_member(root, "ServerCertificateMetadataList") != NULL;
}

static bool read(struct reading *reading, const cJSON *root)
{
    return aws_read_list(reading, root, "ServerCertificateMetadataList",
                         "/ServerCertificateMetadataList", SERVICE_IAM);
}

const struct reader read_iam_list = {"iam list-server-certificates", claims, read};
