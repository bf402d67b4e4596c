/*
 * check_json_conformance.h: the tables of check_json_conformance.c: documents in the manner of the
 * public JSON test suites. What RFC 8259 allows, what it forbids, and what it leaves to the reader,
 * with what certaudit(1) says of it.
 */
#ifndef CHECK_JSON_CONFORMANCE_H
#define CHECK_JSON_CONFORMANCE_H

#include "evidence/diag.h"
#include <check.h>
#include <stddef.h>

/* Where a document of the tables means the same. */
enum conformance_place {
    ANYWHERE, /* wherever a value may stand */
    AT_TOP,   /* where a document may stand: what follows a value is a document of its own there */
    AT_END,   /* wherever a value may stand, if nothing follows: it is not finished */
    ALONE     /* as a whole file */
};

/* A document; problem is DIAG_COUNT where it is valid, else at line and column of it. */
struct conformance {
    const char *name, *bytes;
    size_t count;
    enum conformance_place place;
    enum diag_id problem;
    size_t line, column;
};
extern const struct conformance conformance_values[], conformance_texts[];
extern const size_t conformance_value_count, conformance_text_count;

#define ENTRY(name, text, place, problem, line, column)                                            \
    {                                                                                              \
        name, text, sizeof text - 1, place, problem, line, column                                  \
    }
#define GOOD(name, text) ENTRY(name, text, ANYWHERE, DIAG_COUNT, 0, 0)
#define SEVERAL(name, text) ENTRY(name, text, AT_TOP, DIAG_COUNT, 0, 0)
#define BAD(name, text, column, problem) ENTRY(name, text, ANYWHERE, DIAG_##problem, 1, column)
#define BEHIND(name, text, column, problem) ENTRY(name, text, AT_TOP, DIAG_##problem, 1, column)
#define OPEN(name, text, column) ENTRY(name, text, AT_END, DIAG_JSON_ENDS_EARLY, 1, column)
#define WHOLE(name, text) ENTRY(name, text, ALONE, DIAG_COUNT, 0, 0)
#define NONE(name, text, column, problem) ENTRY(name, text, ALONE, DIAG_##problem, 1, column)

/* check_json_conformance.c */
TCase *json_conformance_cases(void);

#endif
