/* check_blocks.c: lists of blocks made by hand, and how their rows are read. */
#include "report/check_report.h"
#include "support/harness.h"
#include <string.h>

static struct blocks new_list(void)
{
    return (struct blocks){.pool = facts_pool()};
}

/* Cells fill one row after another, and give their columns their kinds. */
START_TEST(test_rows)
{
    static const struct block_title titles[] = {{"name", 20}, {"count", 5}, {"time", 20}};
    static const enum cell_kind kinds[] = {CELL_TEXT, CELL_COUNT, CELL_TIME};
    const struct timestamp time = facts_when(FACTS_AS_OF);
    struct blocks list = new_list();
    const struct block *table = blocks_add_table(&list, titles, 3);
    blocks_add_text(&list, "one");
    blocks_add_count(&list, 1);
    blocks_add_time(&list, NULL);
    blocks_add_text(&list, NULL);
    blocks_add_count(&list, 2);
    blocks_add_time(&list, &time);
    ck_assert_uint_eq(table->row_count, 2);
    ck_assert_str_eq(report_block_row(NULL, table, 0), "one | 1 | ");
    ck_assert_str_eq(report_block_row(NULL, table, 1), " | 2 | " FACTS_AS_OF);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(table->columns[i].kind, kinds[i]);
}
END_TEST

/* Empty columns are removed. */
START_TEST(test_trim)
{
    static const struct block_title titles[] = {{"a", 5}, {"b", 5}, {"c", 5}, {"d", 5}};
    struct blocks list = new_list();
    const struct block *table = blocks_add_table(&list, titles, 4);
    for (size_t i = 0; i < 2; i++) {
        blocks_add_text(&list, "");
        blocks_add_text(&list, i == 0 ? "" : "b");
        blocks_add_text(&list, NULL);
        blocks_add_result(&list, "FAIL");
    }
    blocks_trim(&list);
    ck_assert_uint_eq(table->column_count, 2);
    ck_assert_str_eq(table->columns[0].title, "b");
    ck_assert_str_eq(table->columns[1].title, "d");
    ck_assert_int_eq(table->columns[1].kind, CELL_RESULT);
    ck_assert_str_eq(report_block_row(NULL, table, 0), " | FAIL");
    ck_assert_str_eq(report_block_row(NULL, table, 1), "b | FAIL");
}
END_TEST

/* Texts are copied. */
START_TEST(test_copies)
{
    char text[] = "before";
    struct blocks list = new_list();
    blocks_add_paragraph(&list, text, text);
    blocks_add_heading(&list, 2, text, NULL);
    blocks_add_list(&list);
    blocks_add_text(&list, text);
    memset(text, 'x', sizeof text - 1);
    ck_assert_str_eq(list.first->label, "before");
    ck_assert_str_eq(list.first->text, "before");
    ck_assert_str_eq(list.first->next->text, "before");
    ck_assert_str_eq(report_block_row(NULL, list.last, 0), "before");
    ck_assert_ptr_null(list.last->next);
}
END_TEST

/* Some rows and columns of a table of the report, in the order given. */
START_TEST(test_view)
{
    static const char *const titles[] = {"result", "due", "certificate", NULL};
    static const size_t numbers[] = {SMALL_PASS, SMALL_UNKNOWN};
    const struct report *report = report_small();
    const struct table *findings = &report->tables[REPORT_FINDINGS];
    struct blocks list = new_list();
    blocks_add_view(&list, report, findings, titles, numbers, 2);
    ck_assert_int_eq(list.last->kind, BLOCK_VIEW);
    ck_assert_uint_eq(list.last->column_count, 2); /* neither is due */
    ck_assert_str_eq(report_block_row(report, list.last, 0), "PASS | two");
    ck_assert_str_eq(report_block_row(report, list.last, 1), "UNKNOWN | unknown");
    ck_assert_int_eq(list.last->columns[0].kind, CELL_RESULT);
    blocks_add_view(&list, report, findings, titles, NULL, 1);
    ck_assert_str_eq(report_block_row(report, list.last, 0),
                     "FAIL | 2026-11-25T00:00:00Z | www.example.com");
    blocks_add_view(&list, report, findings, NULL, NULL, findings->row_count);
    ck_assert_str_eq(list.last->columns[0].title, "ref");
}
END_TEST

START_TEST(test_nothing_to_view)
{
    const struct report *report = report_small();
    struct blocks list = new_list();
    blocks_add_view(&list, report, &report->tables[REPORT_FINDINGS], NULL, NULL, 0);
    ck_assert_int_eq(list.last->kind, BLOCK_PARAGRAPH);
    ck_assert_str_eq(list.last->text, "None.");
}
END_TEST

static void add_number(struct blocks *list, struct report_row *row)
{
    blocks_add_paragraph(list, NULL, harness_format("%zu", row->number));
}

/* Rows can be read from any row on. */
START_TEST(test_details)
{
    static const size_t numbers[] = {SMALL_OTHER, SMALL_PASS, SMALL_IAM};
    const struct report *report = report_small();
    struct blocks list = new_list(), row = new_list();
    blocks_add_details(&list, &report->tables[REPORT_FINDINGS], numbers, 3, add_number);
    struct block_reader reader = blocks_read(report, list.last);
    reader.next = 1;
    ck_assert(blocks_next(&reader));
    list.last->detail(&row, &reader.open);
    ck_assert_str_eq(row.first->text, harness_format("%d", SMALL_PASS));
    ck_assert(blocks_next(&reader));
    ck_assert(!blocks_next(&reader));
    blocks_end(&reader);
}
END_TEST

void report_add_blocks(Suite *suite)
{
    TCase *blocks = tcase_create("blocks");
    tcase_add_test(blocks, test_rows);
    tcase_add_test(blocks, test_trim);
    tcase_add_test(blocks, test_copies);
    tcase_add_test(blocks, test_view);
    tcase_add_test(blocks, test_nothing_to_view);
    tcase_add_test(blocks, test_details);
    suite_add_tcase(suite, blocks);
}
