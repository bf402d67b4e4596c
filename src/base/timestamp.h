/*
 * timestamp.h: instants, as exact as the text they were read from. Reads the formats that
 * certaudit(1) lists (AWS CLI 1 and 2, SDK dumps). Uses neither a clock nor the local time zone.
 */
#ifndef TIMESTAMP_H
#define TIMESTAMP_H

#include <stdbool.h>
#include <stdint.h>

struct pool;
struct text;

enum { TIMESTAMP_HOUR = 3600, TIMESTAMP_DAY = 86400 };

/* An instant: whole seconds since 1970-01-01T00:00:00Z, rounded down, and the decimal digits of the
 * fraction of a second, without trailing zeros ("" if it is 0). */
struct timestamp {
    int64_t seconds;
    const char *fraction;
    bool zone; /* false: the text had no time zone and was read as UTC */
};

/* Reads `YYYY-MM-DD`, `T` or a space, `hh:mm[:ss[.fraction]]`, then nothing, `Z` or an offset.
 * The pool keeps the fraction. False for any other text, and outside the years 0001 to 9999 UTC. */
bool timestamp_parse(const char *text, struct pool *pool, struct timestamp *when);

/* Converts seconds since 1970 exactly, to the last digit of the double. False for infinities, NaN
 * and instants outside the years 0001 to 9999. */
bool timestamp_from_epoch(double seconds, struct pool *pool, struct timestamp *when);

/* Reads a date, `YYYY-MM-DD`, as its first second in UTC. For options; exports contain none. */
bool timestamp_parse_date(const char *text, struct timestamp *when);

/* Negative, 0 or positive if left is before, at or after right. */
int timestamp_compare(const struct timestamp *left, const struct timestamp *right);

/* The instant that many seconds later; seconds may be negative. */
struct timestamp timestamp_plus(struct timestamp when, int64_t seconds);

/* Whether the instant is in the years 0001 to 9999, which can be printed and read back. */
bool timestamp_is_writable(const struct timestamp *when);

/* The number of whole units (TIMESTAMP_HOUR, TIMESTAMP_DAY) between two instants, rounded down;
 * from is not after to. */
int64_t timestamp_units_between(const struct timestamp *from, const struct timestamp *to,
                                int64_t unit);

/* Adds `2014-03-31T23:59:59Z`, without the fraction. */
void timestamp_add(const struct timestamp *when, struct text *text);

/* Adds `2014-03-31T23:59:59.5Z`, with the whole fraction, for times that a result depends on. */
void timestamp_add_exact(const struct timestamp *when, struct text *text);

/* Adds `2014-03-31`. */
void timestamp_add_date(const struct timestamp *when, struct text *text);

#endif
