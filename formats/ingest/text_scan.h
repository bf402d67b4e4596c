/*
 * text_scan.h: looks for traces of certificates (aws/traces.h) in text that is not JSON: the bytes
 * of a file in pieces, of any size, in UTF-8 or UTF-16. An error message of the AWS CLI is a trace
 * too: an export failed.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include "evidence/diag.h"
#include <stddef.h>

struct text_scan;

struct text_scan *text_scan_new(void);
void text_scan_free(struct text_scan *scan);

/* Begins a file. */
void text_scan_start(struct text_scan *scan);
void text_scan_add(struct text_scan *scan, const unsigned char *bytes, size_t count);

/* After the last bytes: the line of the first trace, from 1; 0 if there is none. Otherwise sets the
 * problem that the text is, and its detail. */
size_t text_scan_end(struct text_scan *scan, enum diag_id *id, const char **detail);

#endif
