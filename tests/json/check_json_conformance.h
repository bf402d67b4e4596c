/*
 * check_json_conformance.h: documents like those of the public JSON test suites: what RFC 8259
 * allows, what it forbids, and what it leaves to the parser, as certaudit(1) describes it.
 */
#ifndef CHECK_JSON_CONFORMANCE_H
#define CHECK_JSON_CONFORMANCE_H

#include "evidence/diag.h"
#include <check.h>
#include <stddef.h>

/* Where a document has the result of the table. */
enum conformance_place {
    ANYWHERE, /* wherever a value may be */
    AT_TOP,   /* at the top level, where a value after another is a document of its own */
    AT_END,   /* wherever a value may be, if nothing follows: it is incomplete */
    ALONE     /* as a whole file */
};

/* A document. problem is DIAG_COUNT if it is valid, else it is at line and column of the document.
 */
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
#define AFTER(name, text, column, problem) ENTRY(name, text, AT_TOP, DIAG_##problem, 1, column)
#define OPEN(name, text, column) ENTRY(name, text, AT_END, DIAG_JSON_ENDS_EARLY, 1, column)
#define WHOLE(name, text) ENTRY(name, text, ALONE, DIAG_COUNT, 0, 0)
#define NONE(name, text, column, problem) ENTRY(name, text, ALONE, DIAG_##problem, 1, column)

TCase *json_conformance_cases(void);

#endif
