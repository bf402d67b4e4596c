/* describe.h: a certificate as `aws acm describe-certificate` prints it. */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "bench/certificate.h"
#include "bench/print.h"

/* Prints the document and its line's end. What it holds is drawn from the certificate, too. */
void describe(struct print *print, struct certificate *certificate);

#endif
