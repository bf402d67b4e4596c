/*
 * csv_decode.h: what spreadsheets make of a CSV file: its encoding, a first line `sep=`, and the
 * character between fields.
 */
#ifndef CSV_DECODE_H
#define CSV_DECODE_H

#include <stddef.h>

struct text;

/* The bytes as UTF-8, without byte order mark: UTF-16 with a mark is decoded into `decoded`, else
 * the result points into bytes. Sets *size. Returns NULL, and *why, if the bytes are a workbook or
 * damaged UTF-16. */
const char *csv_decode(const char *bytes, size_t *size, struct text *decoded, const char **why);

/* The length of a first line `sep=;`, which tells Excel the delimiter, with its end; 0 if there is
 * none. */
size_t csv_decode_sep_line(const char *bytes, size_t size);

/* The character between fields: of comma, semicolon and tab, the one that the header has most of
 * outside quotes; a comma if there is none. */
char csv_decode_delimiter(const char *bytes, size_t size);

/* The length of the first line with its end: LF, CR LF, or a lone CR, which ends a row too. */
size_t csv_decode_line(const char *bytes, size_t size);

#endif
