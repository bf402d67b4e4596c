/*
 * operators.h: what people do to a folder of exports, and what must hold of the answer afterwards.
 * The model of the certificates stays as it is: an operator changes what is shown, not what is
 * true.
 */
#ifndef OPERATORS_H
#define OPERATORS_H

#include "estates/estate.h"

enum {
    OPERATOR_SAME = 1,       /* the answer stays the same */
    OPERATOR_NAMED = 2,      /* if a result is lost, a problem or an UNKNOWN names the file */
    OPERATOR_WARNED = 4,     /* the file is named on standard error in any case, with the line */
    OPERATOR_FAULT = 8,      /* the file cannot be used in full: exit status 0 is wrong */
    OPERATOR_CONFLICT = 16,  /* a result that is still PASS or NOT_APPLICABLE names the conflict */
    OPERATOR_OPEN = 32,      /* no description in the file gives a PASS */
    OPERATOR_KEY = 64,       /* standard error speaks of a private key */
    OPERATOR_REFUSED = 128,  /* exit status 2 */
    OPERATOR_REFUSABLE = 256 /* the same answer, or exit status 2 */
};

struct estate_operator {
    const char *name;
    unsigned flags;
    /* Changes the estate, most often the file; false: does not apply. */
    bool (*apply)(struct estate *estate, struct estate_file *file, uint64_t *random);
};

/* operators_shape.c, operators_bytes.c, operators_folder.c */
extern const struct estate_operator operators_shape[], operators_bytes[], operators_folder[];
extern const size_t operators_shape_count, operators_bytes_count, operators_folder_count;

/* Whether JSON contains something that anybody would recognise as a certificate's record. Without
 * one, the contract allows to pass over a file. */
bool operators_has_records(const cJSON *tree);
void operators_set_bytes(struct estate_file *file, const char *bytes, size_t length);
/* Renames the file to the same name with another ending. */
void operators_rename(struct estate_file *file, const char *ending);

#endif
