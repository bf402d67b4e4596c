/* check_writers.c: CSV reports, and what all writers have in common. */
#include "base/text.h"
#include "csv/csv_table.h"
#include "support/attack_strings.h"
#include "support/harness.h"
#include "support/sheet.h"
#include "support/writers_report.h"
#include "writers.h"
#include <string.h>

Suite *writers_suite(void);

static const char *written(const struct writer *writer, const struct report *report)
{
    const char *path = harness_format("%s/report%s", harness_folder(), writer->ending);
    FILE *stream = fopen(path, "wb");

    ck_assert_ptr_nonnull(stream);
    ck_assert(writer->to_stream(report, stream));
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

static const char *written_table(const struct report *report, enum report_table which)
{
    const char *path = harness_format("%s/table.csv", harness_folder());
    FILE *stream = fopen(path, "wb");

    ck_assert_ptr_nonnull(stream);
    ck_assert(csv_table(report, &report->tables[which], stream));
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

/* All text cells of a row contain the same attack string. */
static void check_row(const struct sheet *sheet, const struct table *table, size_t number)
{
    static const char *const others[] = {
        "count", "evidence_document", "evidence_line", "nothing", "time", "due"};

    ck_assert_uint_eq(sheet->rows[number + 1].count, table->column_count);
    for (size_t i = 0; i < table->column_count; i++) {
        const char *cell = sheet_cell(sheet, number + 1, i);
        size_t kind = 0;

        while (kind < 6 && strcmp(table->columns[i].title, others[kind]) != 0)
            kind++;
        if (kind == 6)
            attack_check_same(sheet_unguarded(cell), attack_string_at(number).raw);
        else if (kind < 3)
            ck_assert_str_eq(cell, harness_format("%zu", number));
        else
            ck_assert_str_eq(cell, kind == 3 || number == 1 ? "" : "2014-03-31T23:59:59Z");
    }
}

START_TEST(test_csv_attack_strings)
{
    const struct report *report = writers_report();
    const struct table *table = &report->tables[_i];
    const char *path = written_table(report, (enum report_table)_i);
    const struct sheet *sheet = sheet_read_csv(path);

    sheet_check_bytes(path);
    ck_assert_uint_eq(sheet->count, attack_string_count + 1);
    for (size_t i = 0; i < table->column_count; i++)
        ck_assert_str_eq(sheet_unguarded(sheet_cell(sheet, 0, i)), table->columns[i].title);
    for (size_t i = 0; i < attack_string_count; i++)
        check_row(sheet, table, i);
    if (_i == REPORT_FINDINGS)
        ck_assert(harness_same_bytes(path, written(&write_csv, report)));
}
END_TEST

START_TEST(test_csv_bytes)
{
    struct report *report = writers_plain_report(0, "\xC3\xA9,\"'\n");

    report->tables[REPORT_FINDINGS].row_count = 1;
    ck_assert_str_eq(harness_read(written(&write_csv, report), NULL),
                     "\"value\"\r\n\"\xC3\xA9,\"\"'\n\"\r\n");
}
END_TEST

START_TEST(test_full_disk)
{
    const struct writer *const streams[] = {&write_csv, &write_markdown};
    /* smaller and larger than the buffer of the stream */
    const struct report *const reports[] = {writers_plain_report(0, ""), writers_page_report()};

    for (size_t i = 0; i < 4; i++) {
        FILE *full = fopen("/dev/full", "wb");

        ck_assert_ptr_nonnull(full);
        ck_assert(!streams[i / 2]->to_stream(reports[i % 2], full));
        (void)fclose(full);
    }
}
END_TEST

START_TEST(test_same_bytes)
{
    const struct report *report = writers_page_report();

    ck_assert(harness_same_bytes(written(&write_csv, report), written(&write_csv, report)));
    ck_assert(
        harness_same_bytes(written(&write_markdown, report), written(&write_markdown, report)));
}
END_TEST

Suite *writers_suite(void)
{
    Suite *suite = suite_create("writers");
    TCase *tests = tcase_create("csv");

    tcase_add_loop_test(tests, test_csv_attack_strings, 0, REPORT_TABLE_COUNT);
    tcase_add_test(tests, test_csv_bytes);
    tcase_add_test(tests, test_full_disk);
    tcase_add_test(tests, test_same_bytes);
    suite_add_tcase(suite, tests);
    writers_add_markdown(suite);
    writers_add_scan(suite);
    writers_add_xlsx(suite);
    return suite;
}
