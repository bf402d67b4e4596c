/* check_readers.h: what the tests of the readers and of the inputs share. */
#ifndef CHECK_READERS_H
#define CHECK_READERS_H

#include "base/pool.h"
#include "ingest/inputs.h"
#include "support/facts.h"
#include <check.h>

/* Reads a file of that text as if named on the command line; it is evidence->files[0]. */
struct evidence *readers_take(const char *text);

/* The only observation in the text. */
const struct observation *readers_only(const char *text);

/* As inputs_read; the arrays live until the test ends. */
bool readers_run(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, const char **error);

void readers_add_facts(Suite *suite);
void readers_add_unread(Suite *suite);

#endif
