/* finding.c: see finding.h. */
#include "rules/finding.h"
#include "base/digest.h"
#include "base/text.h"
#include <string.h>

void finding_add_ref(const struct finding *finding, struct digest *digest, struct text *text)
{
    char hex[DIGEST_HEX];
    digest_add(digest, finding->rule->id, strlen(finding->rule->id));
    digest_add(digest, "\n", 1);
    digest_add(digest, finding->certificate->arn, strlen(finding->certificate->arn));
    digest_add(digest, "\n", 1);
    digest_add(digest, finding->certificate->id, strlen(finding->certificate->id));
    digest_take(digest, hex);
    text_add(text, "F-");
    text_add_bytes(text, hex, 8);
}
