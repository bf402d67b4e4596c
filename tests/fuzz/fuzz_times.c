/*
 * fuzz_times.c: the bytes as one time or, after a line feed, two: as text, as a date alone and as
 * an epoch number. What is read is held against a second reckoning, and against IAM-033.
 */
#include "base/pool.h"
#include "fuzz/fuzz.h"
#include "rules/rules.h"
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SECOND INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define END_SECOND INT64_C(253402300800)   /* 10000-01-01T00:00:00Z */

enum { PLACE_DATE = 1, PLACE_CLOCK, PLACE_SECOND, PLACE_FRACTION, PLACE_ZONE, PLACES };

static int digits(const char *at, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (at[i] - '0');
    return value;
}

/* Days since 1970-01-01, by counting; -1 as *good where there is no such day. */
static int64_t days_of(int year, int month, int day, bool *good)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t before = year - 1; /* whole years since the year 1; the year 0 is a leap year */
    int64_t days = year == 0 ? -366 : before * 365 + before / 4 - before / 100 + before / 400;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    *good = month >= 1 && month <= 12;
    for (int i = 1; *good && i < month; i++)
        days += lengths[i - 1] + (i == 2 && leap);
    *good = *good && day >= 1 && day <= lengths[month - 1] + (month == 2 && leap);
    return days + day - 1 - 719162;
}

/* The offset of the zone in seconds; false where it is none. */
static bool zone_of(const char *zone, int64_t *offset)
{
    *offset = 0;
    if (*zone == '\0' || *zone == 'Z')
        return true;
    const char *minutes = zone + 3 + (zone[3] == ':');
    int hour = digits(zone + 1, 2), minute = *minutes != '\0' ? digits(minutes, 2) : 0;
    *offset = (hour * 3600 + minute * 60) * (*zone == '-' ? -1 : 1);
    return hour <= 23 && minute <= 59;
}

/* The answer of timestamp_parse, from a regular expression. */
static bool reckon(const char *text, int64_t *seconds, bool *zone)
{
    static const char form[] =
        "^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(\\.[0-9]+)?)?"
        "(Z|[+-][0-9]{2}(:?[0-9]{2})?)?$";
    static regex_t expression;
    static bool compiled;
    regmatch_t places[PLACES];
    if (!compiled)
        compiled = regcomp(&expression, form, REG_EXTENDED) == 0;
    FUZZ_REQUIRE(compiled);
    if (regexec(&expression, text, PLACES, places, 0) != 0)
        return false;
    const char *clock = text + places[PLACE_CLOCK].rm_so;
    bool has_second = places[PLACE_SECOND].rm_so >= 0, good;
    int64_t offset,
        days = days_of(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2), &good);
    int hour = digits(clock, 2), minute = digits(clock + 3, 2);
    int second = has_second ? digits(text + places[PLACE_SECOND].rm_so + 1, 2) : 0;
    *zone = places[PLACE_ZONE].rm_so >= 0;
    if (!zone_of(*zone ? text + places[PLACE_ZONE].rm_so : "", &offset))
        return false;
    *seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset;
    return good && hour <= 23 && minute <= 59 && second <= 59 && *seconds >= FIRST_SECOND &&
           *seconds < END_SECOND;
}

/* The instant's form is one of its own: printed and read again it is the same. */
static void require_instant(const struct timestamp *when, struct pool *pool)
{
    struct text text = TEXT_EMPTY;
    struct timestamp again;
    size_t length = strlen(when->fraction);
    FUZZ_REQUIRE(when->seconds >= FIRST_SECOND && when->seconds < END_SECOND);
    FUZZ_REQUIRE(strspn(when->fraction, "0123456789") == length);
    FUZZ_REQUIRE(length == 0 || when->fraction[length - 1] != '0');
    timestamp_add_exact(when, &text);
    FUZZ_REQUIRE(timestamp_parse(text.bytes, pool, &again) && again.zone);
    FUZZ_REQUIRE(timestamp_compare(when, &again) == 0 && timestamp_compare(&again, when) == 0);
    FUZZ_REQUIRE(strcmp(when->fraction, again.fraction) == 0);
    text_clear(&text);
    timestamp_add(when, &text);
    FUZZ_REQUIRE(text.length == strlen("2014-03-31T23:59:59Z"));
    FUZZ_REQUIRE(timestamp_parse(text.bytes, pool, &again) && again.seconds == when->seconds);
    text_clear(&text);
    timestamp_add_date(when, &text);
    FUZZ_REQUIRE(timestamp_parse_date(text.bytes, &again));
    FUZZ_REQUIRE(again.seconds <= when->seconds && when->seconds - again.seconds < TIMESTAMP_DAY);
    text_free(&text);
}

/* The digit of 10^-(place + 1). */
static int digit_at(const char *fraction, size_t place)
{
    return place < strlen(fraction) ? fraction[place] - '0' : 0;
}

/* A double is taken for exactly what it is: of a negative number and its opposite the fractions
 * make 1, and a positive one reads back as the same double. */
static void require_epoch(double seconds, const struct timestamp *when, struct pool *pool)
{
    struct timestamp opposite;
    struct text text = TEXT_EMPTY;
    FUZZ_REQUIRE((double)when->seconds <= seconds && when->zone);
    FUZZ_REQUIRE((double)when->seconds == floor(seconds));
    if (seconds >= 0) {
        text_addf(&text, "%lld.%s0", (long long)when->seconds, when->fraction);
        FUZZ_REQUIRE(strtod(text.bytes, NULL) == seconds);
        text_free(&text);
        return;
    }
    FUZZ_REQUIRE(timestamp_from_epoch(-seconds, pool, &opposite));
    size_t length = strlen(when->fraction);
    FUZZ_REQUIRE(length == strlen(opposite.fraction));
    FUZZ_REQUIRE(when->seconds + opposite.seconds == (length > 0 ? -1 : 0));
    for (size_t i = length, carry = 0; i-- > 0;) {
        size_t sum =
            (size_t)digit_at(when->fraction, i) + (size_t)digit_at(opposite.fraction, i) + carry;
        FUZZ_REQUIRE(sum % 10 == 0);
        carry = sum / 10;
        FUZZ_REQUIRE(carry == 1);
    }
}

static int compare(const struct timestamp *left, const struct timestamp *right)
{
    if (left->seconds != right->seconds)
        return left->seconds < right->seconds ? -1 : 1;
    for (size_t i = 0; i < strlen(left->fraction) || i < strlen(right->fraction); i++)
        if (digit_at(left->fraction, i) != digit_at(right->fraction, i))
            return digit_at(left->fraction, i) - digit_at(right->fraction, i);
    return 0;
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void require_order(const struct timestamp *left, const struct timestamp *right)
{
    FUZZ_REQUIRE(sign(timestamp_compare(left, right)) == sign(compare(left, right)));
    FUZZ_REQUIRE(sign(timestamp_compare(right, left)) == -sign(compare(left, right)));
    const struct timestamp *from = compare(left, right) <= 0 ? left : right;
    const struct timestamp *to = from == left ? right : left;
    static const int64_t units[] = {TIMESTAMP_HOUR, TIMESTAMP_DAY};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        int64_t count = timestamp_units_between(from, to, units[i]);
        struct timestamp reached = timestamp_plus(*from, count * units[i]);
        struct timestamp passed = timestamp_plus(reached, units[i]);
        FUZZ_REQUIRE(count >= 0 && compare(&reached, to) <= 0 && compare(to, &passed) < 0);
    }
}

/* IAM-033 of a certificate uploaded then: a failure before the cut-off, and undecided within 14
 * hours of it where no zone is stated. */
static void require_verdict(const char *text, const struct timestamp *uploaded,
                            const struct timestamp *cutoff)
{
    const struct policy policy = {*cutoff, *cutoff};
    const struct observation seen = {.pointer = "",
                                     .name = "",
                                     .path = "",
                                     .arn = {MEMBER_TEXT, "arn"},
                                     .uploaded = {MOMENT_READABLE, text, *uploaded}};
    const struct timestamp early = timestamp_plus(*cutoff, -14 * TIMESTAMP_HOUR);
    const struct timestamp late = timestamp_plus(*cutoff, 14 * TIMESTAMP_HOUR);
    const struct condition *condition = rule_iam_033.evaluate(&seen, &policy);
    bool near = !uploaded->zone && compare(uploaded, &early) > 0 && compare(uploaded, &late) < 0;
    enum result expected = near                            ? RESULT_UNKNOWN
                           : compare(uploaded, cutoff) < 0 ? RESULT_FAIL
                                                           : RESULT_PASS;
    struct text reason = TEXT_EMPTY;
    FUZZ_REQUIRE(condition->result == expected);
    rule_iam_033.reason(&seen, condition, &policy, &reason);
    FUZZ_REQUIRE(reason.length > 0);
    text_free(&reason);
}

/* Reads one text in each way. True where it is a time. */
static bool read_time(const char *text, struct pool *pool, struct timestamp *when)
{
    struct timestamp date;
    int64_t seconds = 0;
    bool zone = false, good, expected = reckon(text, &seconds, &zone);
    bool read = timestamp_parse(text, pool, when);
    FUZZ_REQUIRE(read == expected);
    if (read) {
        FUZZ_REQUIRE(when->seconds == seconds && when->zone == zone);
        require_instant(when, pool);
    }
    if (timestamp_parse_date(text, &date)) {
        FUZZ_REQUIRE(!read && strlen(text) == strlen("2014-03-31"));
        FUZZ_REQUIRE(date.seconds == TIMESTAMP_DAY * days_of(digits(text, 4), digits(text + 5, 2),
                                                             digits(text + 8, 2), &good));
        FUZZ_REQUIRE(good);
        require_instant(&date, pool);
        *when = date;
        return true;
    }
    char *end;
    double number = strtod(text, &end);
    if (read || end == text || !timestamp_from_epoch(number, pool, when))
        return read;
    require_instant(when, pool);
    require_epoch(number, when, pool);
    return true;
}

void fuzz_times(const uint8_t *bytes, size_t size)
{
    struct pool *pool = pool_new();
    char *text = pool_copy(pool, (const char *)bytes, size);
    char *second = strchr(text, '\n');
    struct timestamp left, right;
    if (second != NULL)
        *second++ = '\0';
    bool has_left = read_time(text, pool, &left);
    FUZZ_REQUIRE(timestamp_parse("2014-04-01T00:00:00Z", pool, &right));
    if (second != NULL && !read_time(second, pool, &right))
        has_left = false;
    if (has_left) {
        require_order(&left, &right);
        right.zone = true; /* as options require */
        require_verdict(text, &left, &right);
    }
    pool_free(pool);
}
