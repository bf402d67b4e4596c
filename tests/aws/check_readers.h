/* check_readers.h: what the tests of the readers and of the inputs share. */
#ifndef CHECK_READERS_H
#define CHECK_READERS_H

#include "base/pool.h"
#include "ingest/inputs.h"
#include "support/facts.h"
#include <check.h>

/* Takes in the file of that text, named on the command line; the file is evidence->files[0]. */
struct evidence *readers_take(const char *text);

/* The one observation that the text must give. */
const struct observation *readers_only(const char *text);

/* As inputs_read, with the arrays kept. */
bool readers_run(struct evidence *evidence, const char *const *paths, size_t path_count,
                 const char *const *targets, size_t target_count, const char **error);

void readers_add_facts(Suite *suite);

#endif
