/* check_markdown.c: Markdown as two renderers show it. For any data, the HTML contains only the
 * intended elements, and shows the data unchanged. */
#include "markdown/markdown_blocks.h"
#include "report/workpaper.h"
#include "support/attack_strings.h"
#include "support/harness.h"
#include "support/html.h"
#include "support/writers_report.h"
#include "writers.h"
#include <stdio.h>
#include <string.h>

static const char *expected(size_t number)
{
    return html_squeezed(attack_string_at(number).shown);
}

/* framework, version, count, time, value; the empty column is left out. */
static void check_table(const char *html, const char *name)
{
    const char *at = html_section(html, name);
    static const char *const titles[] = {"framework", "version", "count", "time", "value"};

    for (size_t i = 0; i < 5; i++)
        attack_check_same(html_next(&at, "<th", "</th>"), titles[i]);
    for (size_t i = 0; i < attack_string_count; i++) {
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        attack_check_same(html_next(&at, "<td", "</td>"), harness_format("%zu", i));
        attack_check_same(html_next(&at, "<td", "</td>"), i == 1 ? "" : "2014-03-31T23:59:59Z");
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
    }
}

static void check_facts(const char *html)
{
    const char *at = html_section(html, "Source");
    attack_check_same(html_next(&at, "<li>", "</li>"), "Files: none.");
    for (size_t i = 0; i < attack_string_count; i++)
        attack_check_same(html_next(&at, "<li>", "</li>"),
                          html_squeezed(harness_format("fact: %s", expected(i))));
}

/* Accounts with names and owners. */
static void check_accounts(const char *html)
{
    const char *at = html_section(html, "Scope");
    for (size_t i = 0; i < attack_string_count; i++) {
        const char *text = expected(i);
        attack_check_same(html_next(&at, "<td", "</td>"), *text == '\0' ? "not stated" : text);
        attack_check_same(html_next(&at, "<td", "</td>"), "2");
        attack_check_same(html_next(&at, "<td", "</td>"), "1");
        attack_check_same(html_next(&at, "<td", "</td>"), text);
        attack_check_same(html_next(&at, "<td", "</td>"), text);
        attack_check_same(html_next(&at, "<td", "</td>"), "3");
    }
}

/* A table too wide for a page: two tables and a list of long texts. */
static void check_parts(const char *html)
{
    const char *at = html_section(html, "Coverage");

    for (size_t part = 0; part < 2; part++) {
        attack_check_same(html_next(&at, "<th", "</th>"), "row");
        for (size_t i = 0; i < attack_string_count; i++) {
            attack_check_same(html_next(&at, "<td", "</td>"), harness_format("%zu", i + 1));
            for (size_t j = 0; j < (part == 0 ? 6 : 4); j++)
                attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        }
    }
    for (size_t i = 0; i < attack_string_count; i++) {
        attack_check_same(html_next(&at, "<li>", "</li>"),
                          html_squeezed(harness_format("Row %zu, %s. long: %s longer: %s", i + 1,
                                                       expected(i), expected(i), expected(i))));
    }
}

/* Each finding: heading, reason, commands, list. */
static void check_details(const char *html)
{
    const char *at = html_section(html, "Results");
    for (size_t i = 0; i < attack_string_count; i++) {
        const char *text = expected(i);
        const char *label =
            i == 1 ? text
                   : harness_format("%s, due 2014-03-31T23:59:59Z", attack_string_at(i).shown);
        attack_check_same(
            html_next(&at, "<h4", "</h4>"),
            html_squeezed(harness_format("%s %s %s %s %s %s", text, text, text, text, text, text)));
        attack_check_same(html_next(&at, "<p>", "</p>"),
                          html_squeezed(harness_format("%s: %s", label, text)));
        attack_check_same(html_next(&at, "<p>", "</p>"),
                          "What to do (not run; review before use):");
        const char *code = html_next(&at, "<pre", "</pre>");
        if (strstr(text, "\\u{") == NULL)
            attack_check_same(code, text);
        attack_check_same(html_next(&at, "<li>", "</li>"),
                          html_squeezed(harness_format("ARN: %s", text)));
    }
}

static const char *report_path(const struct report *report)
{
    const char *path = harness_format("%s/report.md", harness_folder());
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert(write_markdown.to_stream(report, stream));
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

static const char *blocks_path(void)
{
    const char *path = harness_format("%s/blocks.md", harness_folder());
    const struct report *report = writers_report();
    const struct blocks blocks = writers_blocks(report);
    FILE *stream = fopen(path, "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert(markdown_write_blocks(report, &blocks, stream));
    ck_assert_int_eq(fclose(stream), 0);
    return path;
}

static void check_report(const char *html)
{
    static const char *const tables[] = {"Certificates", "Evidence", "Waivers", "Changes"};
    const char *at = html;
    html_check_elements(html);
    attack_check_same(html_next(&at, "<h1", "</h1>"), "Title <b>|`x` & a@b.example");
    check_facts(html);
    check_accounts(html);
    check_details(html);
    check_parts(html);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        check_table(html, tables[i]);
}

/* Labelled texts: in paragraphs, in lists. */
static void check_labelled(const char *html, const char *section, const char *element,
                           const char *end, const char *label)
{
    const char *at = html_section(html, section);
    for (size_t i = 0; i < attack_string_count; i++)
        attack_check_same(html_next(&at, element, end),
                          html_squeezed(harness_format(
                              "%s: %s", label != NULL ? label : expected(i), expected(i))));
}

/* The empty column is left out. */
static void check_small_table(const char *html)
{
    static const char *const titles[] = {"=A|B `v1` <b>", "count", "time", "result", "lines"};
    const char *at = html_section(html, "Table");
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        attack_check_same(html_next(&at, "<th", "</th>"), titles[i]);
    for (size_t i = 0; i < attack_string_count; i++) {
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        attack_check_same(html_next(&at, "<td", "</td>"), harness_format("%zu", i));
        attack_check_same(html_next(&at, "<td", "</td>"), i == 1 ? "" : "2014-03-31T23:59:59Z");
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        (void)html_next(&at, "<td", "</td>"); /* lines are joined */
    }
}

static void check_blocks(const char *html)
{
    html_check_elements(html);
    check_labelled(html, "Paragraphs", "<p>", "</p>", NULL);
    check_labelled(html, "Items", "<li>", "</li>", "Note");
    check_labelled(html, "Facts", "<li>", "</li>", NULL);
    check_small_table(html);
    const char *at = html_section(html, "View");
    attack_check_same(html_next(&at, "<th", "</th>"), "value");
    attack_check_same(html_next(&at, "<th", "</th>"), "framework");
    for (size_t i = 3; i-- > 0;) {
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
    }
    at = html_section(html, "Blanks");
    for (size_t i = 0; i < 3; i++) {
        attack_check_same(html_next(&at, "<td", "</td>"), expected(i));
        attack_check_same(html_next(&at, "<td", "</td>"), "");
    }
}

START_TEST(test_cmark)
{
    check_report(html_by_cmark(report_path(writers_page_report())));
    check_blocks(html_by_cmark(blocks_path()));
}
END_TEST

START_TEST(test_pandoc)
{
    if (html_has_pandoc()) {
        check_report(html_by_pandoc(report_path(writers_page_report())));
        check_blocks(html_by_pandoc(blocks_path()));
    } else {
        puts("pandoc: skipped, it is not installed");
    }
}
END_TEST

/* Renderers would merge two lists in a row. */
START_TEST(test_lists_are_apart)
{
    struct report *report = writers_page_report();
    const struct blocks blocks = workpaper_full(report, report->pool);
    for (const struct block *block = blocks.first; block->next != NULL; block = block->next)
        ck_assert(!((block->kind == BLOCK_LIST || block->kind == BLOCK_FACTS) &&
                    (block->next->kind == BLOCK_LIST || block->next->kind == BLOCK_FACTS)));
}
END_TEST

START_TEST(test_empty)
{
    const char *text = harness_read(report_path(writers_plain_report(0, "")), NULL);

    ck_assert_ptr_nonnull(strstr(text, "## Certificates\n\nA row is the same.\n\nNone.\n"));
    ck_assert_ptr_null(strstr(text, "### ACM")); /* no rule was applied */
    ck_assert_ptr_null(strstr(text, "### IAM"));
    ck_assert_ptr_null(strstr(text, "by age"));
}
END_TEST

START_TEST(test_nothing_hides)
{
    attack_check_visible(harness_read(report_path(writers_page_report()), NULL));
    attack_check_visible(harness_read(blocks_path(), NULL));
}
END_TEST

void writers_add_markdown(Suite *suite)
{
    TCase *tests = tcase_create("markdown");

    tcase_set_timeout(tests, HARNESS_SECONDS);
    tcase_add_test(tests, test_cmark);
    tcase_add_test(tests, test_pandoc);
    tcase_add_test(tests, test_lists_are_apart);
    tcase_add_test(tests, test_empty);
    tcase_add_test(tests, test_nothing_hides);
    suite_add_tcase(suite, tests);
}
