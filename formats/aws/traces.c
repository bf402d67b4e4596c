/* traces.c: see traces.h. */
#include "aws/traces.h"
#include <string.h>

const char *const traces_names[] = {
    "certificatesummarylist",
    "servercertificatemetadatalist",
    "servercertificatemetadata",
    "servercertificateid",
    "certificatearn",
    "domainvalidationoptions",
    "validationstatus",
    "renewalsummary",
    "renewalstatus",
    "renewaleligibility",
    NULL,
};

size_t traces_find(const char *name, size_t length)
{
    if (length < strlen("renewalstatus")) /* the shortest */
        return TRACES_NONE;
    for (size_t i = 0; traces_names[i] != NULL; i++)
        if (traces_is_same(name, length, traces_names[i]))
            return i;
    return TRACES_NONE;
}

bool traces_is_name(const char *name)
{
    return traces_find(name, strlen(name)) != TRACES_NONE;
}

static bool is_field(const char *field, size_t length, const char *text)
{
    return length == strlen(text) && memcmp(field, text, length) == 0;
}

/* Whether the ARN's last field begins with the text. */
static bool is_resource(const char *arn, size_t length, const char *text)
{
    const char *resource = arn;
    for (int colons = 0; colons < 5; colons++) {
        resource = memchr(resource, ':', length - (size_t)(resource - arn));
        if (resource == NULL)
            return false;
        resource++;
    }
    size_t left = length - (size_t)(resource - arn);
    return left > strlen(text) && memcmp(resource, text, strlen(text)) == 0;
}

bool traces_is_certificate_arn(const char *text, size_t length, enum service *service)
{
    const char *end = text + length, *name = text;
    if (length < 4 || memcmp(text, "arn:", 4) != 0)
        return false;
    name = memchr(text + 4, ':', length - 4); /* past the partition */
    if (name == NULL)
        return false;
    name++;
    const char *after = memchr(name, ':', (size_t)(end - name));
    if (after == NULL)
        return false;
    size_t name_length = (size_t)(after - name);
    if (is_field(name, name_length, "acm") && is_resource(text, length, "certificate/"))
        *service = SERVICE_ACM;
    else if (is_field(name, name_length, "iam") && is_resource(text, length, "server-certificate/"))
        *service = SERVICE_IAM;
    else
        return false;
    return true;
}

size_t traces_arn_length(const char *text)
{
    size_t length = 0;
    while ((text[length] >= '0' && text[length] <= '9') ||
           ((text[length] | 0x20) >= 'a' && (text[length] | 0x20) <= 'z') ||
           (text[length] != '\0' && strchr(":/_.+=@*-", text[length]) != NULL))
        length++;
    while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ':'))
        length--; /* the end of a sentence */
    return length;
}
