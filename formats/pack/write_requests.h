/* write_requests.h: what to ask the audited entity for, as a Markdown page to be sent as it is. */
#ifndef WRITE_REQUESTS_H
#define WRITE_REQUESTS_H

#include <stdbool.h>
#include <stdio.h>

struct report;

/* Writes the page and flushes the stream. False with errno set where a write fails. */
bool write_requests(const struct report *report, FILE *stream);

#endif
