/*
 * check_writers_markdown.c: Markdown as two renderers show it. Whatever the data holds, the HTML
 * has no element but those that the writer means, and shows the data as they are.
 */
#include "harness.h"
#include "html.h"
#include "nasty.h"
#include "writers.h"
#include "writers_report.h"
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

    for (size_t i = 0; i < 5; i++) {
        nasty_check_same(html_next(&at, "<th", "</th>"), titles[i]);
    }
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
    const char *at = html_section(html, "Facts of the run");

    for (size_t i = 0; i < nasty_count; i++) {
        nasty_check_same(html_next(&at, "<td", "</td>"), "fact");
        nasty_check_same(html_next(&at, "<td", "</td>"), expected(i));
    }
}

/* The block of each finding: heading, list, commands in a block of their own. */
static void check_blocks(const char *html)
{
    const char *at = html_section(html, "Findings");

    for (size_t i = 0; i < nasty_count; i++) {
        const char *text = expected(i);
        const char *code = NULL;

        nasty_check_same(html_next(&at, "<h4", "</h4>"),
                         html_squeezed(harness_format("%s %s: %s", text, text, text)));
        nasty_check_same(html_next(&at, "<li>", "</li>"),
                         html_squeezed(harness_format("Reason: %s", text)));
        nasty_check_same(html_next(&at, "<li>", "</li>"),
                         html_squeezed(harness_format("ARN: %s", text)));
        code = html_next(&at, "<pre", "</pre>");
        if (strstr(text, "\\u{") == NULL) {
            nasty_check_same(code, text);
        }
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
    static const char *const tables[] = {"Coverage", "Certificates", "Evidence", "Waivers",
                                         "Changes"};
    const char *at = html;

    html_check_elements(html);
    nasty_check_same(html_next(&at, "<h1", "</h1>"), "Title <b>|`x` & a@b.example");
    check_facts(html);
    check_blocks(html);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        check_table(html, tables[i]);
    }
}

START_TEST(test_cmark)
{
    check_rendered(html_by_cmark(report_path(writers_report())));
}
END_TEST

START_TEST(test_pandoc)
{
    if (html_has_pandoc()) {
        check_rendered(html_by_pandoc(report_path(writers_report())));
    } else {
        puts("pandoc: skipped, it is not installed");
    }
}
END_TEST

START_TEST(test_empty)
{
    const char *text = harness_read(report_path(writers_plain_report(0, "")), NULL);

    ck_assert_ptr_nonnull(strstr(text, "## Certificates\n\nA row is the same.\n\nNone.\n"));
    ck_assert_ptr_null(strstr(text, "### ")); /* no rule was selected */
}
END_TEST

START_TEST(test_nothing_hides)
{
    nasty_check_visible(harness_read(report_path(writers_report()), NULL));
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
