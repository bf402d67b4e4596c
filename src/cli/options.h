/*
 * options.h: the command line. Says what was asked for; opens nothing but reads the clock for the
 * as-of time where nothing else gives it.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "rules/rules.h"
#include <stdbool.h>
#include <stddef.h>

struct pool;
struct text;
struct writer;

/* A kind of report: main knows the writers, the command line only what they are called. */
struct options_type {
    const char *format, *ending; /* `csv`, `.csv` */
    bool to_stdout;
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
    const struct rule **rules; /* to apply, as rules_sort sorts them */
    size_t rule_count;
    bool named;                                        /* by --rule */
    const char *controls, *scope, *waivers, *baseline; /* files, or NULL */
    const char *pack;                                  /* a folder, or NULL */
    const char *title;
    size_t jobs; /* threads to work with, 1 to LIMIT_JOBS */
    bool quiet, verbose;
};

/* Fills options from the command line and SOURCE_DATE_EPOCH. types, of which there are type_count,
 * are the reports that can be asked for. Strings are the pool's or argv's. False for wrong usage:
 * error says what, and what to do. */
bool options_parse(struct options *options, int argc, char **argv, const struct options_type *types,
                   size_t type_count, struct pool *pool, struct text *error);

/* The text of --help. */
extern const char options_help[];

#endif
