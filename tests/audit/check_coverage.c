/* check_coverage.c: how much of each account and region the evidence shows. */
#include "audit/check_assess.h"
#include "audit/coverage.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

#define TYPES "--includes keyTypes="
#define CLOUDFRONT "CloudFront uses ACM certificates of us-east-1 only"
#define NO_LIST "population not shown"

static const struct coverage *cover(struct evidence *evidence)
{
    return &facts_assess(evidence)->coverage;
}

/* `account region service lists listed described not_described not_listed assessed truncated`,
 * rows joined by a line feed. */
static const char *shown(const struct coverage *coverage)
{
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < coverage->count; i++) {
        const struct coverage_row *row = &coverage->rows[i];
        text_addf(&text, "%s %s %s %zu %zu %zu %zu %zu %zu %zu\n", row->account, row->region,
                  evidence_service_name(row->service), row->lists, row->listed, row->described,
                  row->not_described, row->not_listed, row->assessed, row->truncated);
    }
    return facts_kept(&text);
}

static const struct coverage_row *row_of(const struct coverage *coverage, const char *account,
                                         const char *region)
{
    for (size_t i = 0; i < coverage->count; i++)
        if (strcmp(coverage->rows[i].account, account) == 0 &&
            strcmp(coverage->rows[i].region, region) == 0)
            return &coverage->rows[i];
    ck_abort_msg("no row for %s %s in:\n%s", account, region, shown(coverage));
}

static const char *note_of(const struct coverage *coverage, const char *account, const char *region)
{
    struct text text = TEXT_EMPTY;
    coverage_add_note(row_of(coverage, account, region), &text);
    return facts_kept(&text);
}

/* A list of count records in the file, its place known by its first ARN. */
static struct listing *add_list(struct evidence *evidence, const char *path, enum service service,
                                size_t count, const char *account, const char *region)
{
    struct listing *list = pool_alloc(evidence->pool, sizeof *list);
    *list = (struct listing){.next = evidence->listings,
                             .file = facts_file(evidence, path),
                             .service = service,
                             .count = count,
                             .account = account,
                             .region = region};
    evidence->listings = list;
    return list;
}

#define EU(n) "Arn=arn:aws:acm:eu-west-1:111122223333:certificate/" n
#define US(n) "Arn=arn:aws:acm:us-east-1:111122223333:certificate/" n

START_TEST(test_rows)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "l", SERVICE_ACM, 3, "111122223333", "eu-west-1");
    facts_summary(evidence, "l", EU("1"));
    facts_summary(evidence, "l", EU("2"));
    facts_summary(evidence, "l", EU("3") "|Type=IMPORTED");
    facts_description(evidence, "d", EU("1"));
    facts_description(evidence, "d", EU("4"));
    facts_description(evidence, "e", EU("4"));
    facts_description(evidence, "d", EU("5") "|Status");
    add_list(evidence, "u", SERVICE_ACM, 1, "111122223333", "us-east-1")->truncated = true;
    facts_summary(evidence, "u", US("1"));
    add_list(evidence, "i", SERVICE_IAM, 2, "222222222222", "");
    facts_iam(evidence, "i", "Arn=arn:aws:iam::222222222222:server-certificate/a");
    facts_iam(evidence, "i", "Arn=arn:aws:iam::222222222222:server-certificate/a|Id=2");
    facts_description(evidence, "d", "Arn");
    ck_assert_str_eq(shown(cover(evidence)), "  acm 0 0 1 0 1 0 0\n"
                                             "111122223333 eu-west-1 acm 1 3 3 2 2 3 0\n"
                                             "111122223333 global iam 0 0 0 0 0 0 0\n"
                                             "111122223333 us-east-1 acm 1 1 0 1 0 0 1\n"
                                             "222222222222 eu-west-1 acm 0 0 0 0 0 0 0\n"
                                             "222222222222 global iam 1 2 0 0 0 2 0\n"
                                             "222222222222 us-east-1 acm 0 0 0 0 0 0 0\n");
}
END_TEST

START_TEST(test_notes)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "u", SERVICE_ACM, 1, "111122223333", "us-east-1")->truncated = true;
    facts_summary(evidence, "u", US("1"));
    facts_description(evidence, "d", EU("1"));
    add_list(evidence, "i", SERVICE_IAM, 1, "222222222222", "");
    facts_iam(evidence, "i", "Arn=arn:aws:iam::222222222222:server-certificate/a");
    const struct coverage *coverage = cover(evidence);
    const char *eu = note_of(coverage, "111122223333", "eu-west-1");
    const char *us = note_of(coverage, "111122223333", "us-east-1");
    facts_holds(eu, NO_LIST);
    facts_lacks(eu, TYPES);
    facts_holds(us, TYPES);
    facts_holds(us, "more pages follow");
    facts_lacks(us, NO_LIST);
    ck_assert_str_eq(note_of(coverage, "111122223333", "global"), "no evidence");
    ck_assert_str_eq(note_of(coverage, "222222222222", "eu-west-1"), "no evidence");
    ck_assert_str_eq(note_of(coverage, "222222222222", "us-east-1"), "no evidence");
    facts_holds(note_of(coverage, "222222222222", "global"), CLOUDFRONT);
    ck_assert(row_of(coverage, "222222222222", "global")->evidence);
    facts_lacks(note_of(coverage, "222222222222", "global"), TYPES);
}
END_TEST

/* A list that shows another key than RSA_1024 and RSA_2048 was asked for all of them, and one that
 * shows an ACME certificate for those. */
START_TEST(test_key_types)
{
    struct evidence *evidence = facts_evidence();
    struct listing *list = add_list(evidence, "a", SERVICE_ACM, 1, "111122223333", "us-east-1");
    facts_summary(evidence, "a", US("1"));
    list->shows_other_keys = _i % 2 == 1;
    list->shows_acme = _i / 2 == 1;
    const char *note = note_of(cover(evidence), "111122223333", "us-east-1");
    ck_assert((strstr(note, TYPES) != NULL) == (_i % 2 == 0));
    ck_assert((strstr(note, "--certificate-key-pair-origins ACME") != NULL) == (_i / 2 == 0));
    if (_i == 3)
        ck_assert_str_eq(note, "");
}
END_TEST

/* An empty list says its place by its path alone: one component of each. */
static const struct {
    const char *path;
    enum service service;
    const char *account, *region; /* of its row */
    bool from_path;
} empty[] = {
    {"exports/111122223333/us-east-1/list.json", SERVICE_ACM, "111122223333", "us-east-1", true},
    {"/us-gov-west-1/111122223333/l", SERVICE_ACM, "111122223333", "us-gov-west-1", true},
    {"111122223333/x/ap-southeast-2/l", SERVICE_ACM, "111122223333", "ap-southeast-2", true},
    {"111122223333/eu-west-1/l", SERVICE_IAM, "111122223333", "global", true},
    {"111122223333/list.json", SERVICE_ACM, "", "", false},
    {"us-east-1/list.json", SERVICE_ACM, "", "", false},
    {"111122223333-x/us-east-1/l", SERVICE_ACM, "", "", false},
    {"1111222233334/us-east-1/l", SERVICE_ACM, "", "", false},
    {"11112222333/us-east-1/l", SERVICE_ACM, "", "", false},
    {"111122223333/444455556666/us-east-1/l", SERVICE_ACM, "", "", false},
    {"111122223333/us-east-1/eu-west-1/l", SERVICE_ACM, "", "", false},
    {"111122223333/us-east-1.json", SERVICE_ACM, "", "", false},
    {"111122223333/US-EAST-1/l", SERVICE_ACM, "", "", false},
    {"list.json", SERVICE_IAM, "", "global", false},
    {"-", SERVICE_ACM, "", "", false},
};

START_TEST(test_empty)
{
    HARNESS_ROW("%s", empty[_i].path);
    struct evidence *evidence = facts_evidence();
    add_list(evidence, empty[_i].path, empty[_i].service, 0, "", "");
    const struct coverage *coverage = cover(evidence);
    const struct coverage_row *row = row_of(coverage, empty[_i].account, empty[_i].region);
    ck_assert_uint_eq(row->lists, 1);
    ck_assert_uint_eq(row->listed, 0);
    ck_assert_int_eq(row->service, empty[_i].service);
    const char *note = note_of(coverage, empty[_i].account, empty[_i].region);
    ck_assert((strstr(note, "from the path") != NULL) == empty[_i].from_path);
    ck_assert((strstr(note, "account or region unknown") != NULL) == !empty[_i].from_path);
    ck_assert(coverage_open_gaps(row).place == !empty[_i].from_path);
    ck_assert((strstr(note, TYPES) != NULL) ==
              (empty[_i].service == SERVICE_ACM && empty[_i].from_path));
    ck_assert(row->evidence);
}
END_TEST

/* One list of the place is empty, another is not: whichever was read first, the row says so. */
START_TEST(test_empty_beside_another)
{
    static const char *const paths[] = {"111122223333/us-east-1/l", "other"};
    struct evidence *evidence = facts_evidence();
    for (int i = 0; i < 3; i++) {
        const char *path = paths[(i + _i) % 2];
        bool is_empty = strcmp(path, "other") != 0;
        add_list(evidence, path, SERVICE_ACM, is_empty ? 0 : 1, is_empty ? "" : "111122223333",
                 is_empty ? "" : "us-east-1");
    }
    const struct coverage *coverage = cover(evidence);
    facts_holds(note_of(coverage, "111122223333", "us-east-1"), "from the path");
    ck_assert_uint_eq(row_of(coverage, "111122223333", "us-east-1")->lists, 3);
}
END_TEST

static const struct {
    const char *name;
    bool region;
} names[] = {
    {"us-east-1", true},       {"eu-west-3", true},
    {"ap-southeast-7", true},  {"us-gov-east-1", true},
    {"cn-northwest-1", true},  {"us-iso-west-1", true},
    {"us-isob-east-1", true},  {"eusc-de-east-1", true},
    {"mx-central-1", true},    {"", false},
    {"us-east", false},        {"us-1", false},
    {"east-1", false},         {"us-east-", false},
    {"us-east-x", false},      {"us--1", false},
    {"-east-1", false},        {"us-east-1-", false},
    {"us-east-1a", false},     {"Us-east-1", false},
    {"us_east_1", false},      {"us-east-123", false},
    {"build-server-1", false}, {"us-eastern-1", false},
    {"global", false},         {"list-certificates", false},
};

START_TEST(test_region)
{
    HARNESS_ROW("%s", names[_i].name);
    ck_assert_msg(evidence_is_region(names[_i].name, strlen(names[_i].name)) == names[_i].region,
                  "%s", names[_i].name);
}
END_TEST

/* Records of a list whose ARNs are absent have no place. */
START_TEST(test_no_arn)
{
    struct evidence *evidence = facts_evidence();
    add_list(evidence, "111122223333/us-east-1/l", SERVICE_ACM, 1, "", "");
    facts_summary(evidence, "111122223333/us-east-1/l", "Arn");
    ck_assert_str_eq(shown(cover(evidence)), "  acm 1 1 0 1 0 0 0\n");
}
END_TEST

/* The first so many regions of so many accounts, but for the last region of the last account. */
static const struct coverage *cover_grid(size_t accounts, size_t regions)
{
    struct evidence *evidence = facts_evidence();
    for (size_t i = 0; i < accounts * regions - 1; i++)
        facts_description(evidence, "d",
                          harness_format("Arn=arn:aws:acm:eu-%c%c-1:%012zu:certificate/%zu",
                                         (char)('a' + i % regions / 26),
                                         (char)('a' + i % regions % 26), i / regions, i));
    return cover(evidence);
}

/* An organisation with all its regions is far below the limit: a region that an account lacks has
 * a row. */
START_TEST(test_large_organisation)
{
    const struct coverage *coverage = cover_grid(60, 30);
    ck_assert_uint_eq(coverage->count, 60 * 30 + 60);
    ck_assert(!row_of(coverage, "000000000059", "eu-bd-1")->evidence);
}
END_TEST

static void mention(struct evidence *evidence, const char *arn, enum service service)
{
    struct mention *found = pool_alloc(evidence->pool, sizeof *found);
    *found = (struct mention){.next = evidence->mentions,
                              .file = facts_file(evidence, "m"),
                              .document = 1,
                              .line = 1,
                              .pointer = "/Listeners/0",
                              .arn = arn,
                              .service = service};
    evidence->mentions = found;
}

/* What is mentioned and has no record, once for each ARN; a record anywhere is enough. */
START_TEST(test_mentions)
{
    static const char *const arns[] = {"arn:aws:acm:eu-west-1:111122223333:certificate/1",
                                       "arn:aws:acm:eu-west-1:111122223333:certificate/2",
                                       "arn:aws:acm:eu-west-1:111122223333:certificate/3",
                                       "arn:aws:acm:ap-south-1:333333333333:certificate/4"};
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "d", EU("1"));
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof arns / sizeof *arns; i++)
            mention(evidence, arns[i], SERVICE_ACM);
        mention(evidence, "arn:aws:iam::111122223333:server-certificate/x/web", SERVICE_IAM);
        mention(evidence, "arn:aws:acm:*:111122223333:certificate/*", SERVICE_ACM);
    }
    const struct assessment *assessment = facts_assess(evidence);
    const struct coverage *coverage = &assessment->coverage;
    ck_assert_uint_eq(assessment->mention_count, 4);
    ck_assert_uint_eq(assessment->gaps.mentioned_certificates, 4);
    ck_assert_uint_eq(row_of(coverage, "111122223333", "eu-west-1")->mentioned, 2);
    facts_holds(note_of(coverage, "111122223333", "eu-west-1"),
                "2 certificates mentioned, without a record");
    facts_holds(note_of(coverage, "333333333333", "ap-south-1"),
                "no evidence; 1 certificate mentioned, without a record");
    ck_assert_uint_eq(row_of(coverage, "111122223333", "global")->mentioned, 1);
    facts_holds(note_of(coverage, "111122223333", "global"), "no evidence for us-east-1");
    facts_lacks(note_of(coverage, "333333333333", "global"), "us-east-1");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void assess_add_coverage(Suite *suite)
{
    TCase *coverage = tcase_create("coverage");
    tcase_add_test(coverage, test_rows);
    tcase_add_test(coverage, test_notes);
    tcase_add_loop_test(coverage, test_key_types, 0, 4);
    tcase_add_loop_test(coverage, test_empty, 0, COUNT(empty));
    tcase_add_loop_test(coverage, test_empty_beside_another, 0, 2);
    tcase_add_loop_test(coverage, test_region, 0, COUNT(names));
    tcase_add_test(coverage, test_no_arn);
    tcase_add_test(coverage, test_mentions);
    tcase_add_test(coverage, test_large_organisation);
    suite_add_tcase(suite, coverage);
}
