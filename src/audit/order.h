/*
 * order.h: the order of findings and certificates, as certaudit(5) tells it.
 */
#ifndef ORDER_H
#define ORDER_H

#include <stdbool.h>
#include <stddef.h>

struct certificate;
struct finding;

/* By result, severity and rule; in use first; by due, account, region, ARN and certificate id;
 * then by name and the place of the record that decided. open_alone: PASS and NOT_APPLICABLE come
 * last, in no order that is told. */
void order_findings(struct finding *findings, size_t count, bool open_alone);

/* By the first columns of the Certificates table. */
void order_certificates(struct certificate **certificates, size_t count);

#endif
