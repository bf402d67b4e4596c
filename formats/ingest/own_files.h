/*
 * own_files.h: recognises, among files that are not JSON, those that certaudit wrote and those that
 * its user wrote for it: they name certificates, but are not evidence. JSON is always read as
 * evidence, whatever it says of itself.
 */
#ifndef OWN_FILES_H
#define OWN_FILES_H

#include <stddef.h>

/* What the file is, by its first bytes (FILE_WINDOW, or all of them), such as `a report of
 * certaudit`; NULL if it is not one of them. */
const char *own_files_kind(const unsigned char *bytes, size_t count);

#endif
