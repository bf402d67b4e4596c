/*
 * own_files.h: recognises, among files that are not JSON, those that certaudit wrote and those that
 * its user wrote for it: they name certificates, but are not evidence. JSON is always read as
 * evidence, whatever it says of itself.
 */
#ifndef OWN_FILES_H
#define OWN_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* The rows of a table, as far as they were looked at. */
struct own_rows {
    char separator; /* '\0' if the file is not a table */
    size_t above;   /* lines above the header that are still to come */
    size_t columns, fields;
    bool quoted, filled;
    bool broken; /* a row has another number of fields: something else was appended */
};

/* What the file is, by its first bytes (FILE_WINDOW, or all of them), such as `a report of
 * certaudit`; NULL if it is not one of them. */
const char *own_files_kind(const unsigned char *bytes, size_t count, struct own_rows *rows);

/* Looks at the bytes of the file in pieces, from its first on, and at its end. */
void own_rows_add(struct own_rows *rows, const unsigned char *bytes, size_t count);
void own_rows_end(struct own_rows *rows);

#endif
