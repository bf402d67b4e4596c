/*
 * check_markdown.c: Markdown as two renderers show it. Whatever the data holds, the HTML
 * has no element but those that the writer means, and shows the data as they are.
 */
#include "support/attack_strings.h"
#include "support/harness.h"
#include "support/html.h"
#include "support/writers_report.h"
#include "writers.h"
#include <stdio.h>
#include <string.h>

static const char *expected(size_t number)
{
    return html_squeezed(nasty_at(number).shown);
}

/* framework, version, count, time, value; the empty column is left out. */
static void check_table(const char *html, const char *name)
{
    const char *at = html_section(html, name);
    static const char *const titles[] = {"framework", "version", "count", "time", "value"};

    for (size_t i = 0; i < 5; i++)
        nasty_check_same(html_next(&at, "<th", "</th>"), titles[i]);
    for (size_t i = 0; i < nasty_count; i++) {
        nasty_check_same(html_next(&at, "<td", "</td>"), expected(i));
        nasty_check_same(html_next(&at, "<td", "</td>"), expected(i));
        nasty_check_same(html_next(&at, "<td", "</td>"), harness_format("%zu", i));
        nasty_check_same(html_next(&at, "<td", "</td>"), i == 1 ? "" : "2014-03-31T23:59:59Z");
        nasty_check_same(html_next(&at, "<td", "</td>"), expected(i));
    }
}

static void check_facts(const char *html)
{
    const char *at = html_section(html, "Source");

    for (size_t i = 0; i < nasty_count; i++) {
        nasty_check_same(html_next(&at, "<td", "</td>"), "fact");
        nasty_check_same(html_next(&at, "<td", "</td>"), expected(i));
    }
}

/* Accounts of the summary, with names and owners; below them the notes. */
static void check_scope(const char *html)
{
    const char *at = html_section(html, "Scope");

    for (size_t i = 0; i < nasty_count; i++) {
        const char *text = expected(i);

        nasty_check_same(html_next(&at, "<td", "</td>"), *text == '\0' ? "not stated" : text);
        nasty_check_same(html_next(&at, "<td", "</td>"), text);
        nasty_check_same(html_next(&at, "<td", "</td>"), text);
        nasty_check_same(html_next(&at, "<td", "</td>"), "3");
        nasty_check_same(html_next(&at, "<td", "</td>"), "2");
        nasty_check_same(html_next(&at, "<td", "</td>"), "1");
    }
    for (size_t i = 0; i < nasty_count; i++) {
        nasty_check_same(html_next(&at, "<li>", "</li>"),
                         html_squeezed(harness_format("Note: %s", expected(i))));
    }
}

/* Of a table with too many columns for a page: two parts, and a list of what is long. */
static void check_parts(const char *html)
{
    const char *at = html_section(html, "Coverage");

    for (size_t part = 0; part < 2; part++) {
        nasty_check_same(html_next(&at, "<th", "</th>"), "row");
        for (size_t i = 0; i < nasty_count; i++) {
            nasty_check_same(html_next(&at, "<td", "</td>"), harness_format("%zu", i + 1));
            for (size_t j = 0; j < (part == 0 ? 8 : 2); j++)
                nasty_check_same(html_next(&at, "<td", "</td>"), expected(i));
        }
    }
    for (size_t i = 0; i < nasty_count; i++) {
        nasty_check_same(html_next(&at, "<li>", "</li>"),
                         html_squeezed(harness_format("Row %zu, %s. long: %s longer: %s", i + 1,
                                                      expected(i), expected(i), expected(i))));
    }
}

/* The rationales below the table of the framework that is named as the first string is. */
static void check_controls(const char *html)
{
    const char *at = html_section(html, "Controls"), *text = expected(0);

    for (size_t i = 0; report_control_notes[i] != NULL; i++)
        nasty_check_same(html_next(&at, "<li>", "</li>"), report_control_notes[i]);
    nasty_check_same(html_next(&at, "<li>", "</li>"),
                     html_squeezed(harness_format("%s, %s: %s. %s Counts only %s. Origin: %s.",
                                                  text, text, text, text, text, text)));
}

/* The block of each finding: heading, reason, commands in a block of their own, list. */
static void check_blocks(const char *html)
{
    const char *at = html_section(html, "Results");

    for (size_t i = 0; i < nasty_count; i++) {
        const char *text = expected(i);
        const char *code = NULL;

        nasty_check_same(html_next(&at, "<h4", "</h4>"),
                         html_squeezed(harness_format("%s %s: %s", text, text, text)));
        nasty_check_same(html_next(&at, "<p>", "</p>"),
                         html_squeezed(harness_format("Reason: %s", text)));
        nasty_check_same(html_next(&at, "<p>", "</p>"), "What to do (not run; review before use):");
        code = html_next(&at, "<pre", "</pre>");
        if (strstr(text, "\\u{") == NULL)
            nasty_check_same(code, text);
        nasty_check_same(html_next(&at, "<li>", "</li>"),
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

static void check_rendered(const char *html)
{
    static const char *const tables[] = {"Certificates", "Evidence", "Waivers", "Changes"};
    const char *at = html;

    html_check_elements(html);
    nasty_check_same(html_next(&at, "<h1", "</h1>"), "Title <b>|`x` & a@b.example");
    check_facts(html);
    check_scope(html);
    check_blocks(html);
    check_controls(html);
    check_parts(html);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        check_table(html, tables[i]);
}

START_TEST(test_cmark)
{
    check_rendered(html_by_cmark(report_path(writers_page_report())));
}
END_TEST

START_TEST(test_pandoc)
{
    if (html_has_pandoc())
        check_rendered(html_by_pandoc(report_path(writers_page_report())));
    else
        puts("pandoc: skipped, it is not installed");
}
END_TEST

START_TEST(test_empty)
{
    const char *text = harness_read(report_path(writers_plain_report(0, "")), NULL);

    ck_assert_ptr_nonnull(strstr(text, "## Certificates\n\nA row is the same.\n\nNone.\n"));
    ck_assert_ptr_null(strstr(text, "### ACM")); /* no rule was selected */
    ck_assert_ptr_null(strstr(text, "### IAM"));
    ck_assert_ptr_null(strstr(text, "by age"));
}
END_TEST

START_TEST(test_nothing_hides)
{
    nasty_check_visible(harness_read(report_path(writers_page_report()), NULL));
}
END_TEST

void writers_add_markdown(Suite *suite)
{
    TCase *tests = tcase_create("markdown");

    tcase_set_timeout(tests, HARNESS_SECONDS);
    tcase_add_test(tests, test_cmark);
    tcase_add_test(tests, test_pandoc);
    tcase_add_test(tests, test_empty);
    tcase_add_test(tests, test_nothing_hides);
    suite_add_tcase(suite, tests);
}
