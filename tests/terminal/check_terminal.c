/* check_terminal.c: text is made safe to print; the width and colours of the terminal output, and
 * names with escape sequences in it. */
#include "base/safe_text.h"
#include "report/check_report.h"
#include "report/prepare.h"
#include "rules/controls.h"
#include "support/attack_strings.h"
#include "support/harness.h"
#include "support/writers_report.h"
#include "terminal/terminal_blocks.h"
#include "terminal/write_terminal.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *raw, *safe;
} texts[] = {
    {"", ""},
    {"plain \\u{1B} <b>", "plain \\u{1B} <b>"},
    {"\x1B[31m", "\\u{1B}[31m"},
    {"a\rb\tc\bd\x07", "a\\u{D}b\\u{9}c\\u{8}d\\u{7}"},
    {"a\n\nb", "a\\u{A}\\u{A}b"},
    {"\x7F", "\\u{7F}"},
    {"\xC2\x9B"
     "31m\xC2\x85",
     "\\u{9B}31m\\u{85}"},
    {"\xE2\x80\xAE"
     "abc\xE2\x80\xAC",
     "\\u{202E}abc\\u{202C}"},
    {"\xE2\x81\xA7\xE2\x81\xA9\xE2\x80\x8B\xE2\x80\x8F\xD8\x9C",
     "\\u{2067}\\u{2069}\\u{200B}\\u{200F}\\u{61C}"},
    {"\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF\xC2\xAD", "\\u{2028}\\u{2029}\\u{FEFF}\\u{AD}"},
    {"\xF3\xA0\x81\x81", "\\u{E0041}"},
    {"\xFF\xC3(\xE2\x80", "\\xFF\\xC3(\\xE2\\x80"},
    {"\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x8E\x89 \xD7\xA9", "\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x8E\x89 "
                                                        "\xD7\xA9"},
};

START_TEST(test_safe)
{
    HARNESS_ROW("%s", texts[_i].raw);
    struct text text = TEXT_EMPTY;
    safe_text_add(&text, texts[_i].raw, false);
    ck_assert_str_eq(text_string(&text), texts[_i].safe);
    text_free(&text);
}
END_TEST

START_TEST(test_line_feeds)
{
    struct text text = TEXT_EMPTY;
    safe_text_add(&text, "a\nb\r\n\x1B", true);
    ck_assert_str_eq(text_string(&text), "a\nb\\u{D}\n\\u{1B}");
    text_free(&text);
}
END_TEST

static size_t encode(uint32_t value, char *to)
{
    if (value < 0x80) {
        to[0] = (char)value;
        return 1;
    }
    size_t length = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length; i-- > 1; value >>= 6)
        to[i] = (char)(0x80 | (value & 0x3F));
    to[0] = (char)(first[length] | value);
    return length;
}

/* Characters that are invisible, break the line or reorder text, and their harmless neighbours. */
static const struct {
    uint32_t first, last;
    bool safe;
} ranges[] = {
    {0x01, 0x1F, false},       {0x20, 0x7E, true},        {0x7F, 0xA0, false},
    {0xA1, 0xAC, true},        {0xAD, 0xAD, false},       {0xAE, 0xFF, true},
    {0x61B, 0x61B, true},      {0x61C, 0x61C, false},     {0x61D, 0x61D, true},
    {0x167F, 0x167F, true},    {0x1680, 0x1680, false},   {0x1FFF, 0x1FFF, true},
    {0x2000, 0x200F, false},   {0x2010, 0x2027, true},    {0x17B3, 0x17B3, true},
    {0x17B4, 0x17B5, false},   {0x180A, 0x180A, true},    {0x180B, 0x180F, false},
    {0x2028, 0x202F, false},   {0x2030, 0x205E, true},    {0x205F, 0x206F, false},
    {0x2070, 0x2070, true},    {0x27FF, 0x27FF, true},    {0x2800, 0x2800, false},
    {0x2801, 0x2801, true},    {0x2FFF, 0x2FFF, true},    {0x3000, 0x3000, false},
    {0x3001, 0x3001, true},    {0xFDCF, 0xFDCF, true},    {0xFDD0, 0xFDEF, false},
    {0xFDF0, 0xFDF0, true},    {0xFE00, 0xFE0F, false},   {0xFE10, 0xFE10, true},
    {0xFEFE, 0xFEFE, true},    {0xFEFF, 0xFEFF, false},   {0xFFA0, 0xFFA0, false},
    {0xFFEF, 0xFFEF, true},    {0xFFF0, 0xFFFB, false},   {0xFFFC, 0xFFFD, true},
    {0xFFFE, 0xFFFF, false},   {0x10000, 0x10000, true},  {0x1BCA0, 0x1BCA3, false},
    {0x1D172, 0x1D172, true},  {0x1D173, 0x1D17A, false}, {0x1F389, 0x1F389, true},
    {0x1FFFD, 0x1FFFD, true},  {0x1FFFE, 0x1FFFF, false}, {0x20000, 0x20000, true},
    {0xE0000, 0xE0FFF, false}, {0xE1000, 0xE1000, true},  {0x10FFFE, 0x10FFFF, false},
};

START_TEST(test_range)
{
    for (uint32_t value = ranges[_i].first; value <= ranges[_i].last; value++) {
        struct text text = TEXT_EMPTY;
        char raw[8] = {0}, escaped[16];
        raw[encode(value, raw)] = '\0';
        (void)snprintf(escaped, sizeof escaped, "\\u{%X}", (unsigned)value);
        safe_text_add(&text, raw, false);
        ck_assert_str_eq(text_string(&text), ranges[_i].safe ? raw : escaped);
        text_free(&text);
    }
}
END_TEST

#define ESCAPES "\x1B[31m\x1B]0;title\x07\xC2\x9B\x33\x31m\r\xE2\x80\xAE\xE2\x81\xA6\n"
#define LONG_NAME "a-rather-long-label.of-a-subdomain.of-another-one.example.com"

/* A finding of each kind, with escape sequences in all texts. */
static struct report *hostile(void)
{
    struct evidence *evidence = facts_evidence();
    struct observation *seen = facts_description(
        evidence, "f\x1B[2J.json",
        "RenewalStatus=PENDING_VALIDATION|NotAfter=2026-11-25T00:00:00Z|RenewalDomain=x|Method=DNS"
        "|RecordName=" ESCAPES "|RecordValue=" ESCAPES "|InUseBy=" ESCAPES);
    seen->name = ESCAPES;
    facts_set(seen, "Arn", "arn:aws:acm:" ESCAPES ":" ESCAPES ":" ESCAPES);
    facts_summary(evidence, "b",
                  "Arn=arn:aws:acm:ap-southeast-2:111122223333:certificate/2"
                  "|Status=PENDING_VALIDATION|CreatedAt=2026-01-01T00:00:00Z"
                  "|Name=" LONG_NAME);
    facts_description(evidence, "b", "Arn=x|Status=FAILED|FailureReason=" ESCAPES);
    facts_description(evidence, "b", "Arn=y|Status=" ESCAPES);
    facts_iam(evidence, "c", "UploadDate=" ESCAPES);
    facts_iam(evidence, "c", "Id=2|UploadDate=2012-01-01T00:00:00Z|Name=" LONG_NAME);
    facts_iam(evidence, "c", "Id=3");
    facts_description(evidence, "c", "Arn=z|Type=IMPORTED");
    struct report *report = report_on(evidence);
    report->title =
        "A title \xE2\x80\xAE of\x1B[31m many words that has to be wrapped at any width, "
        "since it is longer than each of them is";
    return report;
}

const char *report_written(const struct report *report, const struct terminal *terminal)
{
    FILE *stream = tmpfile();
    ck_assert_ptr_nonnull(stream);
    ck_assert(write_terminal(report, terminal, stream));
    long size = ftell(stream);
    ck_assert_int_gt(size, 0);
    char *text = pool_alloc(facts_pool(), (size_t)size + 1);
    rewind(stream);
    ck_assert_uint_eq(fread(text, 1, (size_t)size, stream), (size_t)size);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_uint_eq(strlen(text), (size_t)size);
    return text;
}

/* Takes SGR sequences (ESC [ digits and ; m) out of the text; fails at any other ESC. */
static char *without_colours(const char *text, size_t *count)
{
    char *plain = pool_alloc(facts_pool(), strlen(text) + 1);
    size_t length = 0;
    *count = 0;
    while (*text != '\0') {
        if (*text != '\x1B') {
            plain[length++] = *text++;
            continue;
        }
        size_t digits = text[1] == '[' ? strspn(text + 2, "0123456789;") : 0;
        ck_assert_msg(digits > 0 && text[2 + digits] == 'm', "ESC %.10s", text + 1);
        text += digits + 3;
        (*count)++;
    }
    return plain;
}

static void is_safe(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++)
        ck_assert_msg((*at >= 0x20 || *at == '\n') && *at != 0x7F, "byte %02X", *at);
    facts_lacks(text, "\xE2\x80\xAE");
    facts_lacks(text, "\xE2\x81\xA6");
    facts_lacks(text, "\xC2\x9B");
    ck_assert_int_eq(text[strlen(text) - 1], '\n');
}

/* Without colour there is no escape byte; with colour, only colours are added. */
START_TEST(test_colour)
{
    const struct report *report = hostile();
    struct terminal terminal = {false, 80, _i == 1};
    size_t none, some;
    const char *plain = report_written(report, &terminal);
    is_safe(plain);
    ck_assert_str_eq(without_colours(plain, &none), plain);
    ck_assert_uint_eq(none, 0);
    terminal.colour = true;
    const char *uncoloured = without_colours(report_written(report, &terminal), &some);
    ck_assert_str_eq(uncoloured, plain);
    ck_assert_uint_gt(some, 0);
    ck_assert_uint_eq(some % 2, 0);
}
END_TEST

enum { LABELS = 18 }; /* columns before the words of a labelled line */

static size_t wide(const char *line, size_t length)
{
    size_t width = 0;
    for (size_t i = 0; i < length; i++)
        width += ((unsigned char)line[i] & 0xC0) != 0x80;
    return width;
}

static size_t longest_word(const char *line, size_t length)
{
    size_t longest = 0;
    for (size_t at = 0, word = 0; at < length; at++) {
        word = line[at] == ' ' ? 0 : word + 1;
        longest = word > longest ? word : longest;
    }
    return longest;
}

/* A line is too long only if it has a word that does not fit, and only with -v. Commands to paste
 * are not wrapped, and are indented by eight columns. */
START_TEST(test_width)
{
    static const size_t widths[] = {60, 80, 120};
    const struct report *report = hostile();
    size_t width = widths[_i / 2];
    const struct terminal terminal = {false, width, _i % 2 == 1};
    const char *text = report_written(report, &terminal);
    bool commands = false;
    for (size_t length; *text != '\0'; text += length + 1) {
        length = strcspn(text, "\n");
        commands = commands
                       ? strncmp(text, "        ", 8) == 0
                       : strncmp(text, "    What to do (not run; review before use):", length) == 0;
        if (wide(text, length) > width && !commands)
            ck_assert_msg(terminal.verbose && longest_word(text, length) + LABELS > width,
                          "%zu columns: %.*s", wide(text, length), (int)length, text);
    }
}
END_TEST

/* The verdict, counts, and open findings; neither PASS nor NOT_APPLICABLE. */
START_TEST(test_content)
{
    const struct terminal terminal = {false, 1000, false};
    const char *text = report_written(hostile(), &terminal);
    facts_holds(text, "As of 2026-11-20T00:00:00Z");
    facts_holds(text, "2014-04-01T00:00:00Z");
    facts_holds(text, "4 of 8 certificates fail: 3 in use, 1 of unknown use; 1 overdue, 1 due "
                      "within 7 days. 2 could not be decided.");
    facts_holds(text, "\n  renewal-pending               1  ########  FAIL\n");
    facts_holds(text, "\n  not-validated-by-acm          1  ########  NOT_APPLICABLE\n");
    facts_holds(text,
                "\nFAIL IAM-033 111122223333 global " LONG_NAME "\n    uploaded-before-cutoff: ");
    facts_holds(text, "\n    renewal-pending, in use, due 2026-11-25T00:00:00Z: The renewal is ");
    facts_holds(text, "\nUNKNOWN ACM-005 (no account) (no region) www.example.com\n"
                      "    status-unknown, in use: ");
    facts_lacks(text, "\nPASS ");
    facts_lacks(text, "\nNOT_APPLICABLE ");
    facts_lacks(text, "resend");
    facts_holds(text, "Files: 3 used");
}
END_TEST

/* Without a name, the heading says so; without controls, there is no line for them. */
START_TEST(test_nothing_to_tell)
{
    const struct terminal terminal = {false, 80, true};
    struct evidence *evidence = facts_evidence();
    facts_description(evidence, "d", "Name|Status=FAILED");
    const struct report *report = report_on(evidence);
    facts_holds(report_written(report, &terminal), "    Relevant to   APRA CPS 234");
    facts_holds(report_written(report, &terminal), "eu-west-1 (no name)");
    struct controls controls = *report->controls;
    controls.count = 0;
    struct report without = {.assessment = report->assessment,
                             .controls = &controls,
                             .pool = report->pool,
                             .title = report->title,
                             .version = report->version};
    report_prepare(&without);
    facts_lacks(report_written(&without, &terminal), "Relevant to");
    report_free(&without);
}
END_TEST

/* Blocks of each kind, with attack strings in all texts. */
START_TEST(test_blocks)
{
    static const struct terminal terminals[] = {
        {false, 80, false}, {true, 60, true}, {false, 1, false}};
    const struct report *report = writers_report();
    const struct blocks blocks = writers_blocks(report);
    struct terminal_page page = {report, &terminals[_i], TEXT_EMPTY};
    const struct block *before = NULL;
    size_t colours;
    for (const struct block *block = blocks.first; block != NULL; block = block->next) {
        terminal_add_block(&page, block, before);
        before = block;
    }
    const char *text = without_colours(text_string(&page.text), &colours);
    attack_check_visible(text);
    facts_holds(text, "\nNote: plain.example.com\n");
    text_free(&page.text);
}
END_TEST

START_TEST(test_full)
{
    const struct terminal terminal = {false, 80, false};
    FILE *stream = fopen("/dev/full", "w");
    if (stream == NULL)
        stream = fopen("/dev/null", "r"); /* writing fails, too */
    ck_assert_ptr_nonnull(stream);
    ck_assert(!write_terminal(hostile(), &terminal, stream));
    (void)fclose(stream);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void report_add_terminal(Suite *suite)
{
    TCase *terminal = tcase_create("terminal");
    tcase_add_loop_test(terminal, test_safe, 0, COUNT(texts));
    tcase_add_test(terminal, test_line_feeds);
    tcase_add_loop_test(terminal, test_range, 0, COUNT(ranges));
    tcase_add_loop_test(terminal, test_colour, 0, 2);
    tcase_add_loop_test(terminal, test_width, 0, 6);
    tcase_add_test(terminal, test_content);
    tcase_add_test(terminal, test_nothing_to_tell);
    tcase_add_loop_test(terminal, test_blocks, 0, 3);
    tcase_add_test(terminal, test_full);
    suite_add_tcase(suite, terminal);
}
