/*
 * timestamp.h: instants, as exact as the text that gave them. Knows the written forms of
 * certaudit(1) (AWS CLI 1 and 2, SDK dumps); knows no clock and no local time zone.
 */
#ifndef TIMESTAMP_H
#define TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

struct pool;
struct text;

enum { TIMESTAMP_HOUR = 3600, TIMESTAMP_DAY = 86400 };

/* An instant: seconds since 1970-01-01T00:00:00Z (floor), and the decimal digits of the fraction
 * of a second behind them without trailing zeros ("" for none). */
struct timestamp {
    int64_t seconds;
    const char *fraction;
    bool zone; /* false: the text had no zone, and was read as UTC */
};

/* Reads `YYYY-MM-DD`, `T` or a space, `hh:mm[:ss[.fraction]]`, then nothing, `Z` or an offset.
 * The pool keeps the fraction. False: not such a time, or outside the years 0001 to 9999 UTC. */
bool timestamp_parse(const char *text, struct pool *pool, struct timestamp *when);

/* An epoch number in seconds, taken as the double that it is, exactly. False for infinities, NaN
 * and instants outside the years 0001 to 9999. */
bool timestamp_from_epoch(double seconds, struct pool *pool, struct timestamp *when);

/* A date alone, `YYYY-MM-DD`: its first second in UTC. For options; no export writes one. */
bool timestamp_parse_date(const char *text, struct timestamp *when);

/* Negative, 0 or positive as left is before, at or after right. */
int timestamp_compare(const struct timestamp *left, const struct timestamp *right);

/* when moved by seconds, which may be negative. */
struct timestamp timestamp_plus(struct timestamp when, int64_t seconds);

/* Whether it lies in the years 0001 to 9999, which alone can be written and read again. */
bool timestamp_is_writable(const struct timestamp *when);

/* Whole units of size unit (TIMESTAMP_HOUR, TIMESTAMP_DAY) from from to to, rounded down; from <=
 * to. */
int64_t timestamp_units_between(const struct timestamp *from, const struct timestamp *to,
                                int64_t unit);

/* Adds `2014-03-31T23:59:59Z`, the fraction left out. */
void timestamp_add(const struct timestamp *when, struct text *text);

/* Adds `2014-03-31T23:59:59.5Z`, with all of the fraction: where a verdict hangs on it. */
void timestamp_add_exact(const struct timestamp *when, struct text *text);

/* Adds `2014-03-31`. */
void timestamp_add_date(const struct timestamp *when, struct text *text);

#endif
