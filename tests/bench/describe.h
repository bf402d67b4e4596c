/* describe.h: a certificate as `aws acm describe-certificate` prints it. */
#ifndef DESCRIBE_H
#define DESCRIBE_H

#include "bench/certificate.h"
#include "bench/print.h"

/* Prints the document and a line feed. Further values come from the certificate's sequence. */
void describe(struct print *print, struct certificate *certificate);

#endif
