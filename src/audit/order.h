/*
 * order.h: the order of findings and certificates, as documented in certaudit(5).
 */
#ifndef ORDER_H
#define ORDER_H

#include <stdbool.h>
#include <stddef.h>

struct certificate;
struct finding;

/* By result and urgency, and if due by that; by severity, rule, account, region, ARN and
 * certificate id; then by name, file, document and pointer. If open_only, PASS and NOT_APPLICABLE
 * come last, in no particular order. */
void order_findings(struct finding *findings, size_t count, bool open_only);

/* By the first columns of the Certificates table. */
void order_certificates(struct certificate **certificates, size_t count);

#endif
