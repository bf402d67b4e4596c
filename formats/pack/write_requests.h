/* write_requests.h: writes the requests for evidence as a Markdown page, ready to send. */
#ifndef WRITE_REQUESTS_H
#define WRITE_REQUESTS_H

#include <stdbool.h>
#include <stdio.h>

struct report;

/* Writes the page and flushes the stream. False with errno set if a write fails. */
bool write_requests(const struct report *report, FILE *stream);

#endif
