/* check_xlsx.c: workbooks, read back with xlsx2csv, and the check that they are complete. */
#include "base/thread_pool.h"
#include "support/attack_strings.h"
#include "support/harness.h"
#include "support/workbook.h"
#include "support/writers_report.h"
#include "writers.h"
#include "xlsx/xlsx_book.h"
#include "xlsx/xlsx_summary.h"
#include "xlsx/xlsx_text.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct thread_pool *some_workers(size_t jobs)
{
    return harness_keep(thread_pool_new(jobs));
}

static bool write_workbook(const struct report *report, const char *path, const char *scratch,
                           struct text *error)
{
    return write_xlsx.finish(write_xlsx.begin(report, path, scratch), error);
}

static const char *workbook(const struct report *report)
{
    const char *folder = harness_folder();
    const char *path = harness_format("%s/report.xlsx", folder);
    struct text error = TEXT_EMPTY;

    ck_assert_msg(write_workbook(report, path, folder, &error), "%s", text_string(&error));
    ck_assert_str_eq(text_string(&error), "");
    ck_assert_str_eq(harness_names(folder), "report.xlsx");
    text_free(&error);
    return path;
}

static void check_cell(const struct sheet *sheet, size_t number, const char *title)
{
    workbook_check_cell(sheet_value(sheet, number + 1, title), attack_string_at(number).raw);
}

/* The facts of the run are in the first two columns of Summary. */
static void check_summary(const char *path)
{
    const struct sheet *summary = workbook_sheet(path, "Summary");
    size_t row = 0, first = 0;

    while (strcmp(sheet_cell(summary, row, 0), "fact") != 0)
        row++;
    for (first = row; row - first < attack_string_count; row++) {
        attack_check_same(sheet_cell(summary, row, 0), "fact");
        workbook_check_cell(sheet_cell(summary, row, 1), attack_string_at(row - first).raw);
    }
}

START_TEST(test_attack_strings)
{
    const struct report *report = writers_report();
    const char *path = workbook(report);
    const struct table *table = &report->tables[REPORT_FINDINGS];

    check_summary(path);
    for (size_t which = 0; which < REPORT_TABLE_COUNT; which++) {
        const struct sheet *sheet = workbook_sheet(path, report->tables[which].name);

        ck_assert_uint_eq(sheet->count, attack_string_count + 1);
        for (size_t i = 0; which != REPORT_FINDINGS && i < attack_string_count; i++) {
            check_cell(sheet, i, "framework");
            check_cell(sheet, i, "value");
            ck_assert_str_eq(sheet_value(sheet, i + 1, "count"), harness_format("%zu", i));
            ck_assert_str_eq(sheet_value(sheet, i + 1, "time"),
                             i == 1 ? "" : "2014-03-31t23:59:59z");
        }
        for (size_t i = 0; which == REPORT_FINDINGS && i < attack_string_count; i++) {
            check_cell(sheet, i, "certificate");
            check_cell(sheet, i, "evidence_file");
        }
        size_t first_extra = 0;

        while (first_extra < table->column_count && !table->columns[first_extra].extra)
            first_extra++;
        for (size_t i = 0; which == REPORT_FINDINGS && i < table->column_count; i++) {
            /* There are four columns to fill in before the technical ones. */
            size_t at = i >= first_extra ? i + 4 : i;
            ck_assert_str_eq(sheet_cell(sheet, 0, at), table->columns[i].title);
        }
    }
}
END_TEST

/* The rows of Summary below the heading. */
static size_t row_below(const struct sheet *summary, const char *heading)
{
    size_t row = 0;
    while (row < summary->count && strcmp(sheet_cell(summary, row, 0), heading) != 0)
        row++;
    ck_assert_uint_lt(row, summary->count);
    return row + 1;
}

static const char *summary_of(const struct report *report, const struct blocks *blocks)
{
    const char *folder = harness_folder(), *path = harness_format("%s/blocks.xlsx", folder);
    struct text error = TEXT_EMPTY;
    struct xlsx_book book;
    xlsx_open(&book, path, folder, "Blocks", 1);
    xlsx_summary_add(&book, report, blocks);
    struct xlsx_sheet other = xlsx_add_sheet(&book, "Coverage");
    xlsx_end_row(&other);
    ck_assert_msg(xlsx_close(&book, path, some_workers(1), &error), "%s", text_string(&error));
    return path;
}

/* Blocks of each kind in their columns. */
START_TEST(test_blocks)
{
    const struct report *report = writers_report();
    const struct blocks blocks = writers_blocks(report);
    const char *path = summary_of(report, &blocks);
    ck_assert_uint_eq(workbook_check(path), 2);
    const struct sheet *summary = workbook_sheet(path, "Summary");
    const size_t paragraphs = row_below(summary, "Paragraphs"), facts = row_below(summary, "Facts"),
                 items = row_below(summary, "Items"), table = row_below(summary, "Table"),
                 view = row_below(summary, "View"), blanks = row_below(summary, "Blanks");
    for (size_t i = 0; i < attack_string_count; i++) {
        const char *raw = attack_string_at(i).raw;
        workbook_check_cell(sheet_cell(summary, paragraphs + i, 0), raw);
        workbook_check_cell(sheet_cell(summary, paragraphs + i, 1), raw);
        workbook_check_cell(sheet_cell(summary, items + i, 0), harness_format("Note: %s", raw));
        workbook_check_cell(sheet_cell(summary, facts + i, 0), raw);
        workbook_check_cell(sheet_cell(summary, facts + i, 1), raw);
        workbook_check_cell(sheet_cell(summary, table + 1 + i, 0), raw);
        ck_assert_str_eq(sheet_cell(summary, table + 1 + i, 1), harness_format("%zu", i));
        workbook_check_cell(sheet_cell(summary, table + 1 + i, 3), raw);
        workbook_check_cell(sheet_cell(summary, table + 1 + i, 4), raw);
    }
    ck_assert_str_eq(sheet_cell(summary, table, 0), "=A|B `v1` <b>");
    ck_assert_str_eq(sheet_cell(summary, table - 1, 6), "Coverage"); /* the link */
    for (size_t i = 0; i < 3; i++)
        workbook_check_cell(sheet_cell(summary, view + 1 + i, 0), attack_string_at(2 - i).raw);
    workbook_check_cell(sheet_cell(summary, blanks, 0), attack_string_at(0).raw);
    workbook_check_cell(sheet_cell(summary, blanks, 4), attack_string_at(1).raw);
    ck_assert_str_eq(sheet_cell(summary, blanks, 1), "");
}
END_TEST

/* No data becomes a formula or an external link. */
START_TEST(test_strings_only)
{
    ck_assert_uint_eq(workbook_check(workbook(writers_report())), 1 + REPORT_TABLE_COUNT);
}
END_TEST

static const char *cell_text(const char *string)
{
    struct text text = TEXT_EMPTY;
    const char *result = NULL;

    xlsx_add_text(&text, string);
    result = harness_format("%s", text_string(&text));
    text_free(&text);
    return result;
}

static const char *repeated(const char *string, size_t count)
{
    char *text = harness_keep(malloc(strlen(string) * count + 1));

    text[0] = '\0';
    for (size_t i = 0, length = strlen(string); i < count; i++)
        memcpy(text + i * length, string, length + 1);
    return text;
}

START_TEST(test_long_texts)
{
    const char *fits = repeated("x", XLSX_CELL_MAX);
    const char *cut = NULL;

    ck_assert_str_eq(cell_text(fits), fits);
    cut = cell_text(repeated("x", XLSX_CELL_MAX + 1));
    ck_assert_uint_eq(strlen(cut), XLSX_CELL_MAX);
    ck_assert_str_eq(strchr(cut, ' '), " [cut: 32734 of 32768 characters]");
    /* Characters of two UTF-16 units are not split. */
    fits = repeated("\xF0\x9F\x8E\x89", XLSX_CELL_MAX / 2);
    ck_assert_str_eq(cell_text(fits), fits);
    cut = cell_text(repeated("\xF0\x9F\x8E\x89", XLSX_CELL_MAX / 2 + 1));
    ck_assert_str_eq(strchr(cut, ' '), " [cut: 16367 of 16384 characters]");
    ck_assert_uint_eq((size_t)(strchr(cut, ' ') - cut), 4 * 16367);
    /* Escapes count with their length in the file, and are not split. */
    cut = cell_text(repeated("\x01", XLSX_CELL_MAX));
    ck_assert_str_eq(strchr(cut, ' '), " [cut: 4676 of 32767 characters]");
    ck_assert_uint_eq((size_t)(strchr(cut, ' ') - cut), 7 * 4676);
    cut = workbook_sheet(workbook(writers_plain_report(1, repeated("<&", 20000))), "Certificates")
              ->rows[1]
              .cells[0];
    ck_assert_str_eq(strchr(cut, ' '), " [cut: 32734 of 40000 characters]");
}
END_TEST

START_TEST(test_further_sheet)
{
    const char *path = workbook(writers_plain_report(LXW_ROW_MAX + 1, "x"));
    const struct sheet *second = workbook_sheet(path, "Certificates (2)");

    ck_assert_uint_eq(second->count, 3);
    ck_assert_str_eq(sheet_cell(second, 0, 0), "value");
    ck_assert_str_eq(sheet_cell(second, 2, 0), "x");
}
END_TEST

static void end_with_time(struct xlsx_sheet *sheet, int64_t seconds)
{
    const struct timestamp time = {seconds, "", true};

    xlsx_add_time(sheet, 0, &time);
    xlsx_end_row(sheet);
}

/* Dates are shown as in other reports; xlsx2csv prints the letters in lower case. */
START_TEST(test_times)
{
    static const char *const shown[] = {"0001-01-01T00:00:00Z", "1900-02-28T23:59:59Z",
                                        "1900-03-01t00:00:00z", "1969-12-31t23:59:59z",
                                        "2014-04-01t00:00:00z", "9999-12-31t23:59:59z"};
    static const int64_t seconds[] = {INT64_C(-62135596800), INT64_C(-2203891201),
                                      INT64_C(-2203891200),  INT64_C(-1),
                                      INT64_C(1396310400),   INT64_C(253402300799)};
    const char *path = harness_format("%s/times.xlsx", harness_folder());
    struct text error = TEXT_EMPTY;
    struct xlsx_book book;
    struct xlsx_sheet sheet;
    const struct sheet *read = NULL;

    xlsx_open(&book, path, harness_folder(), "Times", 0);
    sheet = xlsx_add_sheet(&book, "Times");
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++)
        end_with_time(&sheet, seconds[i]);
    ck_assert(xlsx_close(&book, path, some_workers(1), &error));
    read = workbook_sheet(path, "Times");
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++)
        ck_assert_str_eq(sheet_cell(read, i, 0), shown[i]);
}
END_TEST

START_TEST(test_same_bytes)
{
    struct report *report = writers_report();
    report->as_of.seconds = 0; /* SOURCE_DATE_EPOCH=0 is not a request for the clock */
    const char *first = workbook(report);
    (void)sleep(1);
    ck_assert(harness_same_bytes(first, workbook(report)));
}
END_TEST

/* A workbook with two sheets, and the proofs of their content. */
static const char *small_workbook(struct xlsx_proof proofs[2])
{
    const char *path = harness_format("%s/small.xlsx", harness_folder());
    struct text error = TEXT_EMPTY;
    struct xlsx_book book;

    xlsx_open(&book, path, harness_folder(), "Small", 1);
    for (size_t i = 0; i < 2; i++) {
        struct xlsx_sheet sheet = xlsx_add_sheet(&book, i == 0 ? "One" : "Two");

        for (size_t row = 0; row < 50; row++) {
            xlsx_add_string(&sheet, 0, "<row a=\"1\"> & <c r=\"A1\"/></t>", XLSX_PLAIN);
            xlsx_add_count(&sheet, 1, row);
            xlsx_end_row(&sheet);
        }
    }
    memcpy(proofs, book.proofs, 2 * sizeof *proofs);
    ck_assert_msg(xlsx_close(&book, path, some_workers(1), &error), "%s", text_string(&error));
    return path;
}

static bool is_whole(const char *path, const struct xlsx_proof *proofs, size_t count)
{
    struct text error = TEXT_EMPTY, again = TEXT_EMPTY;
    bool whole = xlsx_proof_check(path, proofs, count, some_workers(1), &error);

    ck_assert_msg(whole == (error.length == 0), "%s", text_string(&error));
    ck_assert(whole == xlsx_proof_check(path, proofs, count, some_workers(3), &again));
    ck_assert_str_eq(text_string(&error), text_string(&again));
    text_free(&error);
    text_free(&again);
    return whole;
}

START_TEST(test_proof_of_content)
{
    struct xlsx_proof proofs[3] = {XLSX_PROOF_START, XLSX_PROOF_START, XLSX_PROOF_START};
    const char *path = small_workbook(proofs);

    ck_assert_uint_eq(proofs[0].rows, 50);
    ck_assert_uint_eq(proofs[0].cells, 100);
    ck_assert(is_whole(path, proofs, 2));
    ck_assert(!is_whole(path, proofs, 3));
    proofs[1].rows++;
    ck_assert(!is_whole(path, proofs, 2));
    proofs[1].rows--;
    proofs[0].cells++;
    ck_assert(!is_whole(path, proofs, 2));
    proofs[0].cells--;
    xlsx_proof_add_hash(&proofs[0], 0);
    ck_assert(!is_whole(path, proofs, 2));
}
END_TEST

/* A workbook that is cut off at any length, or has a changed byte in its content, is incomplete. */
START_TEST(test_proof_of_bytes)
{
    struct xlsx_proof proofs[2];
    const char *path = small_workbook(proofs);
    const char *broken = harness_format("%s.broken", path);
    size_t length = 0;
    const char *bytes = harness_read(path, &length);

    for (size_t cut = 0; cut < length; cut += 97) {
        FILE *file = fopen(broken, "wb");

        ck_assert_ptr_nonnull(file);
        ck_assert_uint_eq(fwrite(bytes, 1, cut, file), cut);
        if (_i == 1) { /* only one byte is different */
            ck_assert_int_ne(fputc(bytes[cut] ^ 0x55, file), EOF);
            ck_assert_uint_eq(fwrite(bytes + cut + 1, 1, length - cut - 1, file), length - cut - 1);
        }
        ck_assert_int_eq(fclose(file), 0);
        if (_i == 0)
            ck_assert_msg(!is_whole(broken, proofs, 2), "cut at %zu", cut);
        else
            (void)is_whole(broken, proofs, 2); /* a date, for example, is not content */
    }
}
END_TEST

/* Writes the report with a limit on the size of files, in a child process, since Check writes a
 * file, too. Returns 0 if that failed with an error message. */
static int write_limited(const struct report *report, const char *path, const char *scratch,
                         rlim_t limit)
{
    const struct rlimit limits = {limit, limit};
    struct text error = TEXT_EMPTY;
    int status = -1;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        /* Without messages of the library. */
        if (signal(SIGXFSZ, SIG_IGN) == SIG_ERR || freopen("/dev/null", "w", stderr) == NULL ||
            setrlimit(RLIMIT_FSIZE, &limits) != 0)
            _exit(2);
        if (write_workbook(report, path, scratch, &error))
            _exit(3);
        _exit(error.length > 0 ? 0 : 4);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

/* With the first limit there is room for the workbook itself, and the library loses rows without an
 * error. */
START_TEST(test_rows_lost)
{
    static const rlim_t limits[] = {200000, 20000, 100, 0};
    const char *folder = harness_folder();
    const char *path = harness_format("%s/report.xlsx", folder);

    ck_assert_int_eq(write_limited(writers_plain_report(20000, "x"), path, folder, limits[_i]), 0);
    ck_assert_str_eq(harness_names(folder), "");
}
END_TEST

START_TEST(test_no_folder)
{
    const char *folder = harness_folder();
    struct text error = TEXT_EMPTY;

    ck_assert(!write_workbook(writers_report(), harness_format("%s/no/report.xlsx", folder), folder,
                              &error));
    ck_assert(error.length > 0);
    text_free(&error);
    ck_assert_str_eq(harness_names(folder), "");
}
END_TEST

void writers_add_xlsx(Suite *suite)
{
    TCase *tests = tcase_create("xlsx");

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_attack_strings);
    tcase_add_test(tests, test_blocks);
    tcase_add_test(tests, test_strings_only);
    tcase_add_test(tests, test_long_texts);
    tcase_add_test(tests, test_further_sheet);
    tcase_add_test(tests, test_times);
    tcase_add_test(tests, test_same_bytes);
    tcase_add_test(tests, test_proof_of_content);
    tcase_add_loop_test(tests, test_proof_of_bytes, 0, 2);
    tcase_add_loop_test(tests, test_rows_lost, 0, 4);
    tcase_add_test(tests, test_no_folder);
    suite_add_tcase(suite, tests);
}
