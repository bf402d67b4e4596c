/*
 * options.h: what the command line asks for. Opens no files. Reads the environment and the clock
 * for the as-of time. Strings belong to the pool or to argv.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "rules/rules.h"
#include <stdbool.h>
#include <stddef.h>

struct pool;
struct text;
struct writer;

/* A report format. The writer is opaque here. */
struct options_type {
    const char *format, *ending; /* `csv`, `.csv` */
    bool to_stdout;              /* can be written to standard output */
    const struct writer *writer;
};

struct options_output {
    const char *target; /* `-`: standard output */
    const struct writer *writer;
};

enum options_action {
    OPTIONS_REPORT,
    OPTIONS_HELP,
    OPTIONS_VERSION,
    OPTIONS_LIST_RULES,
    OPTIONS_EXPLAIN
};

struct options {
    enum options_action action;
    const struct rule *explained;
    const char **paths;
    size_t path_count;
    struct options_output *outputs;
    size_t output_count;
    const char **frameworks;
    size_t framework_count;
    struct policy policy;
    const struct rule **rules; /* to apply, sorted by rules_sort */
    size_t rule_count;
    bool named;                                        /* chosen with --rule */
    const char *controls, *scope, *waivers, *baseline; /* files, or NULL */
    const char *pack;                                  /* a folder, or NULL */
    const char *format;                                /* of standard output, or NULL */
    const char *title;
    size_t jobs; /* threads, 1 to LIMIT_JOBS */
    bool quiet, verbose;
};

/* Fills options from the command line and SOURCE_DATE_EPOCH. types are the formats that can be
 * asked for. For wrong usage it returns false and error says what is wrong and what to do. */
bool options_parse(struct options *options, int argc, char **argv, const struct options_type *types,
                   size_t type_count, struct pool *pool, struct text *error);

/* Adds the text of --help. */
void options_add_help(struct text *text);

#endif
