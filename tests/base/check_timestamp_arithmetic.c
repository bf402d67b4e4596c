/* check_timestamp_arithmetic.c: days, time zones, order and spans of timestamps. */
#include "base/check_timestamp.h"
#include "support/facts.h"
#include "support/harness.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_ROOM = 64 };

/* Reads and prints a day; day counts from 1970-01-01. */
static void is_day(int year, int month, int day_of_month, int64_t day)
{
    char text[TEXT_ROOM];
    struct timestamp when;
    struct text printed = TEXT_EMPTY;
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day_of_month);
    ck_assert_msg(timestamp_parse_date(text, &when), "%s", text);
    ck_assert_msg(when.seconds == day * TIMESTAMP_DAY && *when.fraction == '\0' && when.zone, "%s",
                  text);
    timestamp_add_date(&when, &printed);
    ck_assert_str_eq(text_string(&printed), text);
    text_free(&printed);
}

/* The first and last day of every month of every year, counted one after another. */
START_TEST(test_years)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = FIRST_SECOND / TIMESTAMP_DAY;
    for (int year = 1; year <= 9999; year++) {
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            char past[TEXT_ROOM];
            struct timestamp when;
            is_day(year, month, 1, day);
            is_day(year, month, length, day + length - 1);
            (void)snprintf(past, sizeof past, "%04d-%02d-%02d", year, month, length + 1);
            ck_assert_msg(!timestamp_parse_date(past, &when), "%s", past);
            day += length;
        }
    }
    ck_assert_int_eq(day * TIMESTAMP_DAY, LAST_SECOND + 1);
}
END_TEST

/* Every second of the first, of the last and of a middle day, and of a day past the last. */
START_TEST(test_clock)
{
    static const struct {
        int64_t first;
        const char *date;
    } days[] = {{FIRST_SECOND, "0001-01-01"},
                {-TIMESTAMP_DAY, "1969-12-31"},
                {0, "1970-01-01"},
                {LAST_SECOND + 1 - TIMESTAMP_DAY, "9999-12-31"},
                {LAST_SECOND + 1, "10000-01-01"}};
    HARNESS_ROW("%s", days[_i].date);
    struct text printed = TEXT_EMPTY;
    char expected[TEXT_ROOM];
    for (int second = 0; second < TIMESTAMP_DAY; second++) {
        struct timestamp when = {days[_i].first + second, "25", true};
        text_clear(&printed);
        timestamp_add(&when, &printed);
        (void)snprintf(expected, sizeof expected, "%sT%02d:%02d:%02dZ", days[_i].date,
                       second / TIMESTAMP_HOUR, second / 60 % 60, second % 60);
        ck_assert_str_eq(text_string(&printed), expected);
        text_clear(&printed);
        timestamp_add_exact(&when, &printed);
        expected[strlen(expected) - 1] = '\0';
        ck_assert_int_eq(strncmp(text_string(&printed), expected, strlen(expected)), 0);
        ck_assert_str_eq(text_string(&printed) + strlen(expected), ".25Z");
    }
    text_free(&printed);
}
END_TEST

/* An offset in minutes, written +hh:mm, +hhmm or, for whole hours, +hh. */
static const char *zone_of(int offset, int form)
{
    static char zone[TEXT_ROOM];
    const char *between = form == 0 ? ":" : "";
    int hours = abs(offset) / 60, minutes = abs(offset) % 60;
    if (form < 2)
        (void)snprintf(zone, sizeof zone, "%c%02d%s%02d", offset < 0 ? '-' : '+', hours, between,
                       minutes);
    else
        (void)snprintf(zone, sizeof zone, "%c%02d", offset < 0 ? '-' : '+', hours);
    return zone;
}

/* Offsets a quarter of an hour apart, and the two largest. */
enum { QUARTERS = 2 * (23 * 60 + 45) / 15 + 1 };
static int offset_of(int number)
{
    if (number >= QUARTERS)
        return number == QUARTERS ? OFFSET_MOST : -OFFSET_MOST;
    return -(23 * 60 + 45) + number * 15;
}

/* The cut-off, and the last second before it with and without a fraction, in a zone. The expected
 * value comes from the local time: midnight of 1 April 2014 UTC is less than a day away. */
START_TEST(test_cutoff_zone)
{
    static const char *const fractions[] = {"", "", ".999999999999999999"};
    int offset = offset_of(_i);
    struct timestamp cutoff = {CUTOFF, "", true};
    for (int which = 0; which < 3; which++) {
        int back = which > 0, local = offset * 60 - back;
        int second = local < 0 ? local + TIMESTAMP_DAY : local;
        for (int form = 0; form < 2 + (offset % 60 == 0); form++) {
            char text[2 * TEXT_ROOM];
            struct timestamp when;
            (void)snprintf(text, sizeof text, "2014-%s%c%02d:%02d:%02d%s%s",
                           local < 0 ? "03-31" : "04-01", form ? ' ' : 'T', second / 3600,
                           second / 60 % 60, second % 60, fractions[which], zone_of(offset, form));
            ck_assert_msg(timestamp_parse(text, facts_pool(), &when), "%s", text);
            ck_assert_msg(when.seconds == CUTOFF - back, "%s", text);
            int order = timestamp_compare(&when, &cutoff);
            ck_assert_msg(back ? order < 0 : order == 0, "%s: %d", text, order);
        }
    }
}
END_TEST

/* In order; the three in a row are the same instant. */
static const char *const ordered[][3] = {
    {"0001-01-01T00:00:00Z", "0001-01-01T05:00:00+05:00", "0001-01-01T00:00:00.000Z"},
    {"1969-12-31T23:59:59Z", "1970-01-01T01:59:59+02", "1969-12-31 23:59:59"},
    {"1969-12-31T23:59:59.1Z", "1969-12-31T23:59:59.100Z", "1969-12-31T23:59:59.10"},
    {"1970-01-01T00:00:00Z", "1969-12-31T16:00:00-0800", "1970-01-01T00:00"},
    {"2014-03-31T23:59:59.0999999999999999999999Z", "2014-04-01T00:59:59.0999999999999999999999+01",
     "2014-03-31T23:59:59.09999999999999999999990"},
    {"2014-03-31T23:59:59.1Z", "2014-03-31T23:59:59.10Z", "2014-03-31T23:59:59.1000000"},
    {"2014-03-31T23:59:59.10000000000000000000000000000001Z",
     "2014-03-31T23:59:59.100000000000000000000000000000010Z",
     "2014-03-31T22:59:59.10000000000000000000000000000001-01:00"},
    {"2014-03-31T23:59:59.11Z", "2014-03-31T23:59:59.110Z", "2014-03-31T23:59:59.11"},
    {"2014-03-31T23:59:59.9Z", "2014-03-31T23:59:59.90Z", "2014-03-31T23:59:59.9"},
    {"2014-03-31T23:59:59.99Z", "2014-03-31T23:59:59.990Z", "2014-03-31T23:59:59.99"},
    {"2014-04-01T00:00:00Z", "2014-04-01T00:00:00.0Z", "2014-03-31T23:00:00-01:00"},
    {"9999-12-31T23:59:59.5Z", "9999-12-31T22:59:59.50-01:00", "9999-12-31T23:59:59.500"},
};

enum { ORDERED = sizeof ordered / sizeof *ordered };

START_TEST(test_order)
{
    HARNESS_ROW("%s, %s, %s", ordered[_i][0], ordered[_i][1], ordered[_i][2]);
    for (int other = 0; other < ORDERED; other++) {
        for (int i = 0; i < 9; i++) {
            struct timestamp left = facts_when(ordered[_i][i / 3]);
            struct timestamp right = facts_when(ordered[other][i % 3]);
            int order = timestamp_compare(&left, &right);
            ck_assert_msg((order > 0) - (order < 0) == (_i > other) - (_i < other), "%s and %s: %d",
                          ordered[_i][i / 3], ordered[other][i % 3], order);
        }
    }
}
END_TEST

static const struct {
    const char *from, *to;
    int64_t unit, count;
} spans[] = {
    {"2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z", TIMESTAMP_HOUR, 0},
    {"2026-11-20T00:00:00Z", "2026-11-20T00:59:59.999Z", TIMESTAMP_HOUR, 0},
    {"2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z", TIMESTAMP_HOUR, 1},
    {"2026-11-20T00:00:00.5Z", "2026-11-20T01:00:00.5Z", TIMESTAMP_HOUR, 1},
    {"2026-11-20T00:00:00.5Z", "2026-11-20T01:00:00.4999999999999999999Z", TIMESTAMP_HOUR, 0},
    {"2026-11-20T00:00:00.4Z", "2026-11-20T00:00:00.5Z", TIMESTAMP_HOUR, 0},
    {"2026-11-17T00:00:00Z", "2026-11-20T00:00:00Z", TIMESTAMP_HOUR, 72},
    {"2026-11-17T00:00:01Z", "2026-11-20T00:00:00Z", TIMESTAMP_HOUR, 71},
    {"2026-11-17T05:00:00+05:00", "2026-11-19T16:00:00-08:00", TIMESTAMP_HOUR, 72},
    {"2016-02-28T00:00:00Z", "2016-03-01T00:00:00Z", TIMESTAMP_DAY, 2},
    {"1969-12-31T12:00:00Z", "1970-01-01T12:00:00Z", TIMESTAMP_DAY, 1},
    {"1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00.4Z", 1, 0},
    {"1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00.5Z", 1, 1},
    {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", TIMESTAMP_DAY, 3652058},
};

START_TEST(test_span)
{
    HARNESS_ROW("%s, %s", spans[_i].from, spans[_i].to);
    struct timestamp from = facts_when(spans[_i].from), to = facts_when(spans[_i].to);
    ck_assert_int_eq(timestamp_units_between(&from, &to, spans[_i].unit), spans[_i].count);
    struct timestamp moved = timestamp_plus(from, 3 * TIMESTAMP_DAY);
    ck_assert_int_eq(timestamp_units_between(&from, &moved, TIMESTAMP_DAY), 3);
    moved = timestamp_plus(moved, -3 * TIMESTAMP_DAY);
    ck_assert_int_eq(timestamp_compare(&from, &moved), 0);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

TCase *timestamp_arithmetic_case(void)
{
    TCase *tcase = tcase_create("arithmetic");
    tcase_set_timeout(tcase, HARNESS_SECONDS);
    tcase_add_test(tcase, test_years);
    tcase_add_loop_test(tcase, test_clock, 0, 5);
    tcase_add_loop_test(tcase, test_cutoff_zone, 0, QUARTERS + 2);
    tcase_add_loop_test(tcase, test_order, 0, ORDERED);
    tcase_add_loop_test(tcase, test_span, 0, COUNT(spans));
    return tcase;
}
