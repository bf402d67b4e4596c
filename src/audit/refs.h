/*
 * refs.h: how many digits the refs of a run have. Twelve distinguish any findings that there are
 * in practice; if two meet all the same, all refs of the run are longer.
 */
#ifndef REFS_H
#define REFS_H

#include "rules/finding.h"

/* The number of digits, at least so many, with which no two findings have the same ref. */
size_t refs_digits(const struct finding *findings, size_t count, size_t least);

#endif
