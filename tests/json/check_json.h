/* check_json.h: what the tests of json.h share: tables, and test cases of other files. */
#ifndef CHECK_JSON_H
#define CHECK_JSON_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

struct text;

/* A file and its result: `NUMBER@LINE:COLUMN DOCUMENT; ` for each document, `empty@LINE:COLUMN; `
 * for an empty array, then `end` or `PROBLEM@LINE:COLUMN`. */
struct json_case {
    const char *bytes;
    size_t count;
    const char *result;
};
extern const struct json_case json_cases[];
extern const int json_case_count;

/* A file and a part of its message. */
struct json_cause {
    const char *bytes, *message;
};
extern const struct json_cause json_causes[];
extern const int json_cause_count;

/* Adds UTF-8 as UTF-16; false if it is not valid. */
bool json_add_utf16(struct text *text, bool big, const char *bytes, size_t count);

TCase *json_large_cases(void);

TCase *json_token_cases(void);
TCase *json_names_cases(void);
TCase *json_tree_cases(void);

/* tests/ingest/check_batch.c */
TCase *json_batch_cases(void);

#endif
