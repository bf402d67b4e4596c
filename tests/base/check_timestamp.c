/* check_timestamp.c: timestamps are read and printed. */
#include "base/check_timestamp.h"
#include "base/pool.h"
#include "support/facts.h"
#include "support/harness.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_ROOM = 64 };

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static const struct {
    const char *text;
    int64_t seconds;
    const char *fraction;
    bool zone;
    const char *printed;
} readable[] = {
    {"2014-03-31T23:59:59Z", CUTOFF - 1, "", true, "2014-03-31T23:59:59Z"},
    {"2014-03-31 23:59:59Z", CUTOFF - 1, "", true, "2014-03-31T23:59:59Z"},
    {"2014-03-31T23:59Z", CUTOFF - 60, "", true, "2014-03-31T23:59:00Z"},
    {"2014-03-31T23:59", CUTOFF - 60, "", false, "2014-03-31T23:59:00Z"},
    {"2014-04-01 00:00:00", CUTOFF, "", false, "2014-04-01T00:00:00Z"},
    {"2014-04-01T00:00:00.0", CUTOFF, "", false, "2014-04-01T00:00:00Z"},
    {"2014-04-01T00:00:00+00:00", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-04-01T00:00:00-00:00", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-04-01T00:00:00.000000+00:00", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-04-01T05:45:00+05:45", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-03-31T20:30:00-0330", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-03-31 16:00:00-08", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-04-01T11:00+11", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-04-01T23:59:00+23:59", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-03-31T00:01:00-2359", CUTOFF, "", true, "2014-04-01T00:00:00Z"},
    {"2014-03-31T23:59:59.999Z", CUTOFF - 1, "999", true, "2014-03-31T23:59:59Z"},
    {"2014-03-31T23:59:59.123456789012345678901234567890-00:00", CUTOFF - 1,
     "12345678901234567890123456789", true, "2014-03-31T23:59:59Z"},
    {"2014-04-08T00:00:00Z", 1396915200, "", true, "2014-04-08T00:00:00Z"},
    {"2000-02-29T12:00:00Z", 951825600, "", true, "2000-02-29T12:00:00Z"},
    {"2016-02-29T00:00:00Z", 1456704000, "", true, "2016-02-29T00:00:00Z"},
    {"2015-01-02T03:04:05Z", 1420167845, "", true, "2015-01-02T03:04:05Z"},
    {"2100-03-01T00:00:00Z", INT64_C(4107542400), "", true, "2100-03-01T00:00:00Z"},
    {"2400-02-29T00:00:00Z", INT64_C(13574563200), "", true, "2400-02-29T00:00:00Z"},
    {"1970-01-01T00:00:00Z", 0, "", true, "1970-01-01T00:00:00Z"},
    {"1969-12-31T23:59:59Z", -1, "", true, "1969-12-31T23:59:59Z"},
    {"1969-12-31T23:59:59.25Z", -1, "25", true, "1969-12-31T23:59:59Z"},
    {"1900-02-28T00:00:00Z", INT64_C(-2203977600), "", true, "1900-02-28T00:00:00Z"},
    {"1600-02-29T23:59:59Z", INT64_C(-11670912001), "", true, "1600-02-29T23:59:59Z"},
    {"0001-01-01T00:00:00Z", FIRST_SECOND, "", true, "0001-01-01T00:00:00Z"},
    {"9999-12-31T23:59:59Z", LAST_SECOND, "", true, "9999-12-31T23:59:59Z"},
    {"9999-12-31T23:59:59.9999Z", LAST_SECOND, "9999", true, "9999-12-31T23:59:59Z"},
};

START_TEST(test_readable)
{
    HARNESS_ROW("%s", readable[_i].text);
    struct timestamp when = {7, "7", false};
    struct text text = TEXT_EMPTY;
    ck_assert_msg(timestamp_parse(readable[_i].text, facts_pool(), &when), "%s", readable[_i].text);
    ck_assert_msg(when.seconds == readable[_i].seconds, "%s: %" PRId64, readable[_i].text,
                  when.seconds);
    ck_assert_str_eq(when.fraction, readable[_i].fraction);
    ck_assert_msg(when.zone == readable[_i].zone, "%s", readable[_i].text);
    timestamp_add(&when, &text);
    ck_assert_str_eq(text_string(&text), readable[_i].printed);
    text_clear(&text);
    timestamp_add_date(&when, &text);
    ck_assert_uint_eq(text.length, strlen("2014-03-31"));
    ck_assert_int_eq(strncmp(text_string(&text), readable[_i].printed, text.length), 0);
    text_free(&text);
}
END_TEST

static const char *const unreadable[] = {
    "",
    " ",
    "2014-03-31",
    "2014-03-31T",
    "2014-03-31Z",
    "2014-03-31T23",
    "2014-03-31T23Z",
    "2014-03-31T23:",
    "2014-03-31T23:5",
    "2014-03-31T23:59:",
    "2014-03-31T23:59:5",
    "2014-03-31T23:59:59.",
    "2014-03-31T23:59:59.Z",
    "2014-03-31T23:59:59,5Z",
    "2014-03-31T23:59.5Z",
    "2014-03-31T23:59:59.-5Z",
    "2014-03-31T24:00:00Z",
    "2014-03-31T24:00Z",
    "2014-03-31T23:60:00Z",
    "2014-03-31T23:59:60Z",
    "2016-12-31T23:59:60Z",
    "2014-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z",
    "2014-04-31T00:00:00Z",
    "2014-01-32T00:00:00Z",
    "2014-01-00T00:00:00Z",
    "2014-00-01T00:00:00Z",
    "2014-13-01T00:00:00Z",
    "2014-3-31T00:00:00Z",
    "14-03-31T00:00:00Z",
    "02014-03-31T00:00:00Z",
    "20140331T000000Z",
    "2014-0331T00:00:00Z",
    "2014/03/31T00:00:00Z",
    "2014-03-31t00:00:00Z",
    "2014-03-31T00:00:00z",
    "2014-03-31  00:00:00Z",
    "2014-03-31\t00:00:00Z",
    "2014-03-31T0:00:00Z",
    "2014-03-31T00:00:00 Z",
    "2014-03-31T00:00:00 +00:00",
    "2014-03-31T00:00:00Z ",
    " 2014-03-31T00:00:00Z",
    "2014-03-31T00:00:00ZZ",
    "2014-03-31T00:00:00Z+00:00",
    "2014-03-31T00:00:00+",
    "2014-03-31T00:00:00+5",
    "2014-03-31T00:00:00+05:",
    "2014-03-31T00:00:00+05:4",
    "2014-03-31T00:00:00+054",
    "2014-03-31T00:00:00+05:456",
    "2014-03-31T00:00:00+05::45",
    "2014-03-31T00:00:00+24:00",
    "2014-03-31T00:00:00-24",
    "2014-03-31T00:00:00+23:60",
    "2014-03-31T00:00:00+0545:00",
    "2014-03-31T00:00:00\342\210\22205:00",
    "2014-03-31T00:00:00 UTC",
    "2014-03-31T00:00:00GMT",
    "2014-03-31T00:00:00A",
    "-2014-03-31T00:00:00Z",
    "+2014-03-31T00:00:00Z",
    "2014--3-31T00:00:00Z",
    "2014-03-31T-1:00:00Z",
    "Mon Mar 31 23:59:59 2014",
    "31/03/2014 23:59:59",
    "1396310399",
    "1396310399.5",
    "1.396310399E9",
    "0000-01-01T00:00:00Z",
    "0000-12-31T23:59:59Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "10000-01-01T00:00:00Z",
    "\xD9\xA2\xD9\xA0\xD9\xA1\xD9\xA4-03-31T00:00:00Z",
};

START_TEST(test_unreadable)
{
    HARNESS_ROW("%s", unreadable[_i]);
    struct timestamp when;
    ck_assert_msg(!timestamp_parse(unreadable[_i], facts_pool(), &when), "%s", unreadable[_i]);
}
END_TEST

/* The instant as written in a zone with that offset in minutes. Prints with the code under test,
 * which test_years checks on its own. */
static const char *written(int64_t seconds, int offset)
{
    static char text[TEXT_ROOM];
    struct text line = TEXT_EMPTY;
    struct timestamp local = {seconds + offset * 60, "", true};
    timestamp_add(&local, &line);
    line.bytes[line.length - 1] = '\0';
    (void)snprintf(text, sizeof text, "%s%c%02d:%02d", text_string(&line), offset < 0 ? '-' : '+',
                   abs(offset) / 60, abs(offset) % 60);
    text_free(&line);
    return text;
}

/* The first and the last instant, in every zone in which their year has four digits. */
START_TEST(test_border_years)
{
    struct timestamp when;
    for (int offset = -OFFSET_MOST; offset <= OFFSET_MOST; offset++) {
        const char *text = written(FIRST_SECOND, offset);
        ck_assert_msg(timestamp_parse(text, facts_pool(), &when), "%s", text);
        ck_assert_int_eq(when.seconds, FIRST_SECOND);
        text = written(FIRST_SECOND - 1, offset);
        ck_assert_msg(!timestamp_parse(text, facts_pool(), &when), "%s", text);
        if (offset > 0)
            continue; /* that year has five digits there */
        text = written(LAST_SECOND, offset);
        ck_assert_msg(timestamp_parse(text, facts_pool(), &when), "%s", text);
        ck_assert_int_eq(when.seconds, LAST_SECOND);
        text = written(LAST_SECOND + 1, offset);
        ck_assert_msg(!timestamp_parse(text, facts_pool(), &when), "%s", text);
    }
}
END_TEST

static const char *const no_dates[] = {
    "",           "2014",        "2014-04",     "2014-04-01T", "2014-04-01T00:00:00Z",
    "2014-4-1",   "2014-04-01 ", " 2014-04-01", "2014-04-01Z", "0000-12-31",
    "2014-02-29", "20140401",    "01-04-2014",
};

START_TEST(test_no_date)
{
    HARNESS_ROW("%s", no_dates[_i]);
    struct timestamp when;
    ck_assert_msg(!timestamp_parse_date(no_dates[_i], &when), "%s", no_dates[_i]);
}
END_TEST

static const struct {
    const char *number;
    int64_t seconds;
    const char *fraction; /* NULL: no instant */
} epochs[] = {
    {"0", 0, ""},
    {"-0.0", 0, ""},
    {"1396310399", CUTOFF - 1, ""},
    {"1396310400", CUTOFF, ""},
    {"1396310399.0", CUTOFF - 1, ""},
    {"1.396310399E9", CUTOFF - 1, ""},
    {"1.3963104e+09", CUTOFF, ""},
    {"13963103995e-1", CUTOFF - 1, "5"},
    {"1396310399.5", CUTOFF - 1, "5"},
    /* the exact value of the double */
    {"1396310399.999", CUTOFF - 1, "999000072479248046875"},
    {"1396310399.1", CUTOFF - 1, "099999904632568359375"},
    {"1396310399.99999999", CUTOFF, ""},
    {"0.1", 0, "1000000000000000055511151231257827021181583404541015625"},
    {"0.5", 0, "5"},
    {"-1", -1, ""},
    {"-0.5", -1, "5"},
    {"-0.75", -1, "25"},
    {"-0.1", -1, "8999999999999999944488848768742172978818416595458984375"},
    {"-1.1", -2, "899999999999999911182158029987476766109466552734375"},
    {"-62135596800", FIRST_SECOND, ""},
    {"-62135596800.5", 0, NULL},
    {"-62135596801", 0, NULL},
    {"253402300799", LAST_SECOND, ""},
    {"253402300799.5", LAST_SECOND, "5"},
    {"253402300800", 0, NULL},
    {"1396310399000", 0, NULL}, /* milliseconds */
    {"1e400", 0, NULL},
    {"-1e400", 0, NULL},
    {"1e300", 0, NULL},
    {"nan", 0, NULL},
};

START_TEST(test_epoch)
{
    HARNESS_ROW("%s", epochs[_i].number);
    struct timestamp when;
    double number = strtod(epochs[_i].number, NULL);
    bool instant = timestamp_from_epoch(number, facts_pool(), &when);
    ck_assert_msg(instant == (epochs[_i].fraction != NULL), "%s", epochs[_i].number);
    if (!instant)
        return;
    ck_assert_msg(when.seconds == epochs[_i].seconds, "%s: %" PRId64, epochs[_i].number,
                  when.seconds);
    ck_assert_str_eq(when.fraction, epochs[_i].fraction);
    ck_assert(when.zone);
}
END_TEST

/* The smallest double has 1,074 digits after its point. */
START_TEST(test_epoch_smallest)
{
    struct timestamp when, zero = {0, "", true}, after;
    ck_assert(timestamp_from_epoch(0x1p-1074, facts_pool(), &when));
    ck_assert_int_eq(when.seconds, 0);
    ck_assert_uint_eq(strlen(when.fraction), 1074);
    ck_assert_int_gt(timestamp_compare(&when, &zero), 0);
    ck_assert(timestamp_from_epoch(nextafter(CUTOFF, 0), facts_pool(), &when));
    ck_assert(timestamp_from_epoch(CUTOFF, facts_pool(), &after));
    ck_assert_int_lt(timestamp_compare(&when, &after), 0);
}
END_TEST

Suite *timestamp_suite(void);
Suite *timestamp_suite(void)
{
    Suite *suite = suite_create("timestamp");
    TCase *read = tcase_create("read");
    tcase_set_timeout(read, HARNESS_SECONDS);
    tcase_add_loop_test(read, test_readable, 0, COUNT(readable));
    tcase_add_loop_test(read, test_unreadable, 0, COUNT(unreadable));
    tcase_add_loop_test(read, test_no_date, 0, COUNT(no_dates));
    tcase_add_loop_test(read, test_epoch, 0, COUNT(epochs));
    tcase_add_test(read, test_epoch_smallest);
    tcase_add_test(read, test_border_years);
    suite_add_tcase(suite, read);
    suite_add_tcase(suite, timestamp_arithmetic_case());
    return suite;
}
