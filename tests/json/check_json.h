/* check_json.h: the tables of check_json.c. */
#ifndef CHECK_JSON_H
#define CHECK_JSON_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

struct text;

/* A file, and what comes of it: `NUMBER@LINE:COLUMN DOCUMENT; ` for each document, `empty@...; `
 * for an empty array, and `end` or the problem's name and place. */
struct json_case {
    const char *bytes;
    size_t count;
    const char *result;
};
extern const struct json_case json_cases[];
extern const int json_case_count;

/* A file, and a part of the message that it gives. */
struct json_cause {
    const char *bytes, *message;
};
extern const struct json_cause json_causes[];
extern const int json_cause_count;

/* Adds valid UTF-8 as UTF-16; false where it is not valid. */
bool json_add_utf16(struct text *text, bool big, const char *bytes, size_t count);

/* check_json_large.c */
TCase *json_large_cases(void);

/* check_json_bytes.c */
TCase *json_bytes_cases(void);

/* check_batch.c */
TCase *json_batch_cases(void);

#endif
