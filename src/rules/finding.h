/*
 * finding.h: a finding is a certificate under a rule. A certificate has as many findings as rules
 * apply to its service, so counts of findings and counts of certificates are different things.
 */
#ifndef FINDING_H
#define FINDING_H

#include "base/digest.h"
#include "rules/rules.h"

struct text;
struct waiver;

/* What comes first among findings with the same result. Due: not before the as-of time. */
enum urgency {
    URGENCY_EXPIRED_IN_USE,
    URGENCY_OVERDUE,
    URGENCY_DUE,
    URGENCY_IN_USE,
    URGENCY_VALID, /* not expired */
    URGENCY_REST
};

struct finding {
    const struct rule *rule;
    size_t rule_number; /* of the rule among those that were applied */
    const struct certificate *certificate;
    const struct observation *seen; /* the record that decided */
    const struct condition *condition;
    enum result result;
    enum urgency urgency;
    bool conflict;               /* the exports differ on what the rule reads */
    const struct timestamp *due; /* NULL for most */
    /* For a WAIVED one, the waiver in force; for a FAIL, one that has expired or not begun. */
    const struct waiver *waiver;
    const struct timestamp *failing_since; /* of a FAIL: the as-of time of the first report that had
                                              it; NULL if unknown */
};

/* The fewest digits of a ref. */
enum { FINDING_REF_DIGITS = 12 };

/* Writes the SHA-256 of rule, ARN and ServerCertificateId, joined by line feeds; of certificates
 * that these do not identify, also of what keeps them apart: without an ARN the place of the
 * record, with a redacted one its name, time and serial number. digest must be empty, and is empty
 * again afterwards. */
void finding_take_digest(const struct finding *finding, struct digest *digest,
                         char hex[DIGEST_HEX]);

/* Adds `F-` and so many of its digits: the same for the same rule and certificate in every run. */
void finding_add_ref(const struct finding *finding, struct digest *digest, size_t digits,
                     struct text *text);

#endif
