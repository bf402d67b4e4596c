/* timestamp.c: see timestamp.h. The calendar is the proleptic Gregorian one. */
#include "base/timestamp.h"
#include "base/pool.h"
#include "base/text.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { HOUR_LAST = 23, SIXTIETH_LAST = 59, YEAR_LAST = 9999 };

/* Bytes: of a date, and of `T23:59:59`. */
enum { DATE_ROOM = 16, CLOCK_ROOM = 16 };

/* 0001-01-01T00:00:00Z and the second after 9999-12-31T23:59:59Z. */
static const int64_t first_second = INT64_C(-62135596800);
static const int64_t end_second = INT64_C(253402300800);

/* Days since 1970-01-01. Years start in March, so that the leap day is the last day and one linear
 * formula gives the start of each month (H. Hinnant, chrono-compatible date algorithms). */
static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int64_t *year, int *month, int *day)
{
    days += 719468;
    int64_t era = days / 146097; /* days is not negative: no instant is before the year 0 */
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (int)((5 * day_of_year + 2) / 153);
    *day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Reads exactly count digits and moves *at past them; -1 if there are fewer. */
static int take_digits(const char **at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char digit = (*at)[i];
        if (digit < '0' || digit > '9')
            return -1;
        value = value * 10 + (digit - '0');
    }
    *at += count;
    return value;
}

static bool take(const char **at, char wanted)
{
    if (**at != wanted)
        return false;
    (*at)++;
    return true;
}

static bool take_date(const char **at, int64_t *days)
{
    int year = take_digits(at, 4);
    if (year < 0 || !take(at, '-'))
        return false;
    int month = take_digits(at, 2);
    if (month < 1 || month > 12 || !take(at, '-'))
        return false;
    int day = take_digits(at, 2);
    if (day < 1 || day > days_in_month(year, month))
        return false;
    *days = days_from_civil(year, month, day);
    return true;
}

static const char *without_trailing_zeros(struct pool *pool, const char *digits, size_t count)
{
    while (count > 0 && digits[count - 1] == '0')
        count--;
    return count == 0 ? "" : pool_copy(pool, digits, count);
}

/* hh:mm[:ss[.fraction]] */
static bool take_clock(const char **at, struct pool *pool, struct timestamp *when)
{
    int hour = take_digits(at, 2);
    if (hour < 0 || hour > HOUR_LAST || !take(at, ':'))
        return false;
    int minute = take_digits(at, 2);
    if (minute < 0 || minute > SIXTIETH_LAST)
        return false;
    int second = 0;
    when->fraction = "";
    if (take(at, ':')) {
        second = take_digits(at, 2);
        if (second < 0 || second > SIXTIETH_LAST)
            return false;
        if (take(at, '.')) {
            size_t count = strspn(*at, "0123456789");
            if (count == 0)
                return false;
            when->fraction = without_trailing_zeros(pool, *at, count);
            *at += count;
        }
    }
    when->seconds += hour * TIMESTAMP_HOUR + minute * 60 + second;
    return true;
}

/* Nothing, Z, or an offset up to 23:59: +05:45, -0330, -08. */
static bool take_zone(const char **at, struct timestamp *when)
{
    when->zone = **at != '\0';
    if (!when->zone || take(at, 'Z'))
        return true;
    int sign = **at == '-' ? -1 : 1;
    if (!take(at, '+') && !take(at, '-'))
        return false;
    int hours = take_digits(at, 2);
    if (hours < 0 || hours > HOUR_LAST)
        return false;
    int minutes = 0;
    if (**at != '\0') {
        take(at, ':');
        minutes = take_digits(at, 2);
        if (minutes < 0 || minutes > SIXTIETH_LAST)
            return false;
    }
    when->seconds -= sign * (hours * TIMESTAMP_HOUR + minutes * 60);
    return true;
}

bool timestamp_is_writable(const struct timestamp *when)
{
    return when->seconds >= first_second && when->seconds < end_second;
}

bool timestamp_parse(const char *text, struct pool *pool, struct timestamp *when)
{
    int64_t days;
    if (!take_date(&text, &days) || !(take(&text, 'T') || take(&text, ' ')))
        return false;
    when->seconds = days * TIMESTAMP_DAY;
    return take_clock(&text, pool, when) && take_zone(&text, when) && *text == '\0' &&
           timestamp_is_writable(when);
}

bool timestamp_parse_date(const char *text, struct timestamp *when)
{
    int64_t days;
    if (!take_date(&text, &days) || *text != '\0')
        return false;
    *when = (struct timestamp){days * TIMESTAMP_DAY, "", true};
    return timestamp_is_writable(when);
}

/* Replaces the digits of a fraction f by those of 1 - f. */
static void complement(char *digits, size_t count)
{
    while (count > 0 && digits[count - 1] == '0')
        count--;
    for (size_t i = 0; i < count; i++)
        digits[i] = (char)('0' + '9' - digits[i] + (i + 1 == count));
}

bool timestamp_from_epoch(double seconds, struct pool *pool, struct timestamp *when)
{
    if (!(seconds >= (double)first_second && seconds < (double)end_second))
        return false;
    double whole;
    double fraction = fabs(modf(seconds, &whole)); /* exact, unlike seconds - floor(seconds) */
    *when = (struct timestamp){(int64_t)whole, "", true};
    if (fraction > 0) {
        /* A double below 1 has a finite decimal expansion of at most 1,074 digits. */
        char digits[1080];
        int length = snprintf(digits, sizeof digits, "%.1074f", fraction);
        assert(length > 2 && (size_t)length < sizeof digits);
        if (seconds < 0) {
            when->seconds--;
            complement(digits + 2, (size_t)length - 2);
        }
        when->fraction = without_trailing_zeros(pool, digits + 2, (size_t)length - 2);
    }
    return timestamp_is_writable(when);
}

int timestamp_compare(const struct timestamp *left, const struct timestamp *right)
{
    if (left->seconds != right->seconds)
        return left->seconds < right->seconds ? -1 : 1;
    return strcmp(left->fraction, right->fraction);
}

struct timestamp timestamp_plus(struct timestamp when, int64_t seconds)
{
    when.seconds += seconds;
    return when;
}

int64_t timestamp_units_between(const struct timestamp *from, const struct timestamp *to,
                                int64_t unit)
{
    int64_t seconds = to->seconds - from->seconds;
    if (strcmp(to->fraction, from->fraction) < 0)
        seconds--;
    return seconds / unit;
}

static char *put_digits(char *at, int value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + count;
}

static char *put(char *at, char c)
{
    *at = c;
    return at + 1;
}

/* About ten times as fast as vsnprintf; a report contains hundreds of thousands of times. */
void timestamp_add_date(const struct timestamp *when, struct text *text)
{
    int64_t days = when->seconds / TIMESTAMP_DAY - (when->seconds % TIMESTAMP_DAY < 0);
    int64_t year;
    int month, day;
    civil_from_days(days, &year, &month, &day);
    char *start = text_room(text, DATE_ROOM);
    /* An instant calculated from one in the year 9999 may be in the year 10000. */
    char *at = put_digits(start, (int)year, year > YEAR_LAST ? 5 : 4);
    at = put_digits(put(at, '-'), month, 2);
    at = put_digits(put(at, '-'), day, 2);
    text_take(text, (size_t)(at - start));
}

static void add_time(const struct timestamp *when, const char *point, const char *fraction,
                     struct text *text)
{
    int second = (int)(when->seconds % TIMESTAMP_DAY);
    if (second < 0)
        second += TIMESTAMP_DAY;
    timestamp_add_date(when, text);
    char *start = text_room(text, CLOCK_ROOM);
    char *at = put_digits(put(start, 'T'), second / TIMESTAMP_HOUR, 2);
    at = put_digits(put(at, ':'), second / 60 % 60, 2);
    at = put_digits(put(at, ':'), second % 60, 2);
    text_take(text, (size_t)(at - start));
    text_add(text, point);
    text_add(text, fraction);
    text_add_bytes(text, "Z", 1);
}

void timestamp_add(const struct timestamp *when, struct text *text)
{
    add_time(when, "", "", text);
}

void timestamp_add_exact(const struct timestamp *when, struct text *text)
{
    add_time(when, *when->fraction != '\0' ? "." : "", when->fraction, text);
}
