/*
 * read_iam_certificate.c: one IAM server certificate: `aws iam get-server-certificate`,
 * `upload-server-certificate`, and the metadata alone, as --query leaves it.
 */
#include "aws/aws.h"
#include "aws/unread.h"
#include "json/json.h"

static bool read_metadata(struct reading *reading, const cJSON *metadata, const char *pointer)
{
    if (!cJSON_IsObject(metadata)) {
        aws_add_problem(reading, DIAG_NOT_AN_OBJECT, "ServerCertificateMetadata");
        return false;
    }
    if (aws_is_empty(reading, metadata, "ServerCertificateMetadata"))
        return false;
    if (aws_is_of_other_service(metadata, SERVICE_IAM)) {
        aws_add_problem(reading, DIAG_OTHER_SERVICE, pointer);
        return false;
    }
    aws_add_iam_record(reading, metadata, pointer, OBSERVATION_ALONE);
    return true;
}

static const cJSON *metadata_of(const cJSON *root)
{
    return json_member(json_member(root, "ServerCertificate"), "ServerCertificateMetadata");
}

static bool claims_get(const cJSON *root)
{
    return metadata_of(root) != NULL;
}

static bool read_get(struct reading *reading, const cJSON *root)
{
    unread_look_beside(reading, root, "", "ServerCertificate");
    unread_look_beside(reading, json_member(root, "ServerCertificate"), "/ServerCertificate",
                       "ServerCertificateMetadata");
    return read_metadata(reading, metadata_of(root),
                         "/ServerCertificate/ServerCertificateMetadata");
}

const struct reader read_iam_get = {"iam get-server-certificate", claims_get, read_get};

static bool claims_upload(const cJSON *root)
{
    return json_member(root, "ServerCertificateMetadata") != NULL;
}

static bool read_upload(struct reading *reading, const cJSON *root)
{
    unread_look_beside(reading, root, "", "ServerCertificateMetadata");
    return read_metadata(reading, json_member(root, "ServerCertificateMetadata"),
                         "/ServerCertificateMetadata");
}

const struct reader read_iam_upload = {"iam upload-server-certificate", claims_upload, read_upload};

static bool claims_metadata(const cJSON *root)
{
    return json_member(root, "Arn") != NULL && json_member(root, "ServerCertificateId") != NULL &&
           !aws_is_of_other_service(root, SERVICE_IAM);
}

static bool read_bare_metadata(struct reading *reading, const cJSON *root)
{
    return read_metadata(reading, root, "");
}

const struct reader read_iam_metadata = {"iam list-server-certificates (--query)", claims_metadata,
                                         read_bare_metadata};
