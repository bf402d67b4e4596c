/*
 * check_writers_markdown.c: Markdown as two renderers show it. Whatever the data holds, the HTML
 * has no element but those that the writer means, and shows the data as they are.
 */
#include "harness.h"
#include "memory.h"
#include "text.h"
#include "writers.h"
#include "writers_report.h"
#include <stdlib.h>
#include <string.h>

/* Elements that the writer means; pandoc's <col> and <colgroup> come with its tables. */
static const char *const meant[] = {"h1", "h2",     "h3",    "h4",    "p",     "ul",
                                    "li", "strong", "table", "thead", "tbody", "tr",
                                    "th", "td",     "pre",   "code",  "col",   "colgroup"};

static const char *rendered(const char *program, const char *path)
{
    static const char *const cmark[] = {
        "-e",        "table", "-e",        "autolink", "-e",       "strikethrough", "-e",
        "tagfilter", "-e",    "footnotes", "-e",       "tasklist", "--unsafe"};
    static const char *const pandoc[] = {"-f",         "gfm", "-t", "html", "--no-highlight",
                                         "--wrap=none"};
    const char *arguments[16] = {NULL};

    if (strcmp(program, "pandoc") == 0) {
        memcpy(arguments, pandoc, sizeof pandoc);
        arguments[sizeof pandoc / sizeof pandoc[0]] = path;
    } else {
        memcpy(arguments, cmark, sizeof cmark);
        arguments[sizeof cmark / sizeof cmark[0]] = path;
    }
    return harness_tool(program, arguments);
}

static bool is_there(const char *program)
{
    const char *command = harness_format("if command -v %s; then :; fi", program);
    const char *const arguments[] = {"-c", command, NULL};

    return harness_tool("sh", arguments)[0] != '\0';
}

static void check_elements(const char *html)
{
    for (const char *at = strchr(html, '<'); at != NULL; at = strchr(at + 1, '<')) {
        const char *name = at + 1 + (at[1] == '/');
        size_t length = strcspn(name, " />"), i = 0;

        while (i < sizeof meant / sizeof meant[0] &&
               (strlen(meant[i]) != length || strncmp(meant[i], name, length) != 0)) {
            i++;
        }
        ck_assert_msg(i < sizeof meant / sizeof meant[0], "element: %.80s", at);
    }
}

/* The text between from and to: without tags, character references resolved, squeezed. */
static const char *shown(const char *from, const char *to)
{
    static const struct {
        const char *reference, *character;
    } references[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    struct text text = TEXT_EMPTY;
    const char *result = NULL;

    while (from < to) {
        size_t i = 0;

        while (i < 5 &&
               strncmp(from, references[i].reference, strlen(references[i].reference)) != 0) {
            i++;
        }
        if (i < 5) {
            text_add(&text, references[i].character);
            from += strlen(references[i].reference);
        } else if (*from == '<') {
            from = strchr(from, '>') + 1;
        } else {
            text_add_bytes(&text, from++, 1);
        }
    }
    result = writers_squeezed(text_string(&text));
    text_free(&text);
    return result;
}

/* The text of the next element that is opened by begin, at or after *at, which moves past it. */
static const char *next(const char **at, const char *begin, const char *end)
{
    const char *from = strstr(*at, begin), *to = NULL;

    ck_assert_msg(from != NULL, "no %s more after: %.200s", begin, *at);
    from = strchr(from + strlen(begin) - 1, '>') + 1;
    to = strstr(from, end);
    ck_assert_ptr_nonnull(to);
    *at = to;
    return shown(from, to);
}

static const char *expected(size_t number)
{
    const struct nasty *nasty = &writers_nasty[number];

    return writers_squeezed(nasty->shown != NULL ? nasty->shown : nasty->raw);
}

static const char *section(const char *html, const char *title)
{
    const char *at = html, *found = NULL;

    while ((at = strstr(at, "<h2")) != NULL && found == NULL) {
        if (strcmp(next(&at, "<h2", "</h2>"), title) == 0) {
            found = at;
        }
    }
    ck_assert_msg(found != NULL, "no section %s", title);
    return found;
}

/* Certificates: framework, version, count, time, value; the empty column is left out. */
static void check_table(const char *html)
{
    const char *at = section(html, "Certificates");
    static const char *const titles[] = {"framework", "version", "count", "time", "value"};

    for (size_t i = 0; i < 5; i++) {
        ck_assert_str_eq(next(&at, "<th", "</th>"), titles[i]);
    }
    for (size_t i = 0; i < writers_nasty_count; i++) {
        ck_assert_str_eq(next(&at, "<td", "</td>"), expected(i));
        ck_assert_str_eq(next(&at, "<td", "</td>"), expected(i));
        ck_assert_str_eq(next(&at, "<td", "</td>"), harness_format("%zu", i));
        ck_assert_str_eq(next(&at, "<td", "</td>"), i == 1 ? "" : "2014-03-31T23:59:59Z");
        ck_assert_str_eq(next(&at, "<td", "</td>"), expected(i));
    }
}

static void check_facts(const char *html)
{
    const char *at = section(html, "Facts of the run");

    for (size_t i = 0; i < writers_nasty_count; i++) {
        ck_assert_str_eq(next(&at, "<td", "</td>"), "fact");
        ck_assert_str_eq(next(&at, "<td", "</td>"), expected(i));
    }
}

/* The block of each finding: heading, list, commands in a block of their own. */
static void check_blocks(const char *html)
{
    const char *at = section(html, "Findings");

    for (size_t i = 0; i < writers_nasty_count; i++) {
        const char *text = expected(i);
        const char *code = NULL;

        ck_assert_str_eq(next(&at, "<h4", "</h4>"),
                         writers_squeezed(harness_format("%s %s: %s", text, text, text)));
        ck_assert_str_eq(next(&at, "<li>", "</li>"),
                         writers_squeezed(harness_format("Reason: %s", text)));
        ck_assert_str_eq(next(&at, "<li>", "</li>"),
                         writers_squeezed(harness_format("ARN: %s", text)));
        code = next(&at, "<pre", "</pre>");
        if (strstr(text, "\\u{") == NULL) {
            ck_assert_str_eq(code, text);
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

static void check_rendered(const char *program)
{
    const char *html = rendered(program, report_path(writers_report()));
    const char *at = html;

    check_elements(html);
    ck_assert_str_eq(next(&at, "<h1", "</h1>"), "Title <b>|`x` & a@b.example");
    check_facts(html);
    check_blocks(html);
    check_table(html);
}

START_TEST(test_cmark)
{
    check_rendered("cmark-gfm");
}
END_TEST

START_TEST(test_pandoc)
{
    if (is_there("pandoc")) {
        check_rendered("pandoc");
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

START_TEST(test_no_raw_controls)
{
    const char *text = harness_read(report_path(writers_report()), NULL);

    for (; *text != '\0'; text++) {
        ck_assert((unsigned char)*text >= 0x20 || *text == '\n');
    }
}
END_TEST

void writers_add_markdown(Suite *suite)
{
    TCase *tests = tcase_create("markdown");

    tcase_add_test(tests, test_cmark);
    tcase_add_test(tests, test_pandoc);
    tcase_add_test(tests, test_empty);
    tcase_add_test(tests, test_no_raw_controls);
    suite_add_tcase(suite, tests);
}
