/* attack_strings.c: see attack_strings.h. */
#include "support/attack_strings.h"
#include "base/text.h"
#include "support/harness.h"
#include <string.h>

#define TEN(string) string string string string string string string string string string

/* shown: NULL if it is the same as raw. times: how often to repeat both; 0 is once. */
static const struct row {
    const char *raw, *shown;
    size_t times;
} rows[] = {
    {"plain.example.com", NULL, 0},
    {"arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234", NULL, 0},
    {"\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x8E\x89", NULL, 0},
    {"C:\\exports\\a.json", NULL, 0},
    {"0.json", NULL, 0},
    {"a.json.gz", NULL, 0},
    {"x.xlsx", NULL, 0},
    /* formulas, and the apostrophe that guards against them */
    {"=1+1", NULL, 0},
    {"=", NULL, 0},
    {"+1", NULL, 0},
    {"-1+1", NULL, 0},
    {"@SUM(A1)", NULL, 0},
    {"=HYPERLINK(\"http://e.example\",\"x\")", NULL, 0},
    {"=cmd|' /C calc'!A0", NULL, 0},
    {"+cmd|' /C calc'!A0", NULL, 0},
    {"@cmd|' /C calc'!A0", NULL, 0},
    {"DDE(\"cmd\";\"/C calc\";\"x\")", NULL, 0},
    {"%0A=1", NULL, 0},
    {"\t=1", "\\u{9}=1", 0},
    {"\r=1", "\\u{D}=1", 0},
    {"\n=1", "\\u{A}=1", 0},
    {" =1", NULL, 0},
    {"\xC2\xA0=1", "\\u{A0}=1", 0},
    {"\xE2\xA0\x80\xE3\x80\x80\xE2\x80\x87", "\\u{2800}\\u{3000}\\u{2007}", 0},
    {"\xE3\x80\x80=1", "\\u{3000}=1", 0},
    {"\xE2\x80\x8B=1", "\\u{200B}=1", 0},
    {"\xEF\xBB\xBF=1", "\\u{FEFF}=1", 0},
    {"\xEF\xBC\x9D"
     "1 \xEF\xBC\x8B \xEF\xBC\x8D \xEF\xBC\xA0",
     NULL, 0},
    {"'=1", NULL, 0},
    {"''", NULL, 0},
    {"'", NULL, 0},
    {"001122334455", NULL, 0},
    {"1e5", NULL, 0},
    {"TRUE", NULL, 0},
    {"#REF!", NULL, 0},
    {"#", NULL, 0},
    {"2014-03-31", NULL, 0},
    {"2014-03-31T23:59:59Z", NULL, 0},
    /* separators and quotes */
    {"a,b;c", NULL, 0},
    /* formulas where semicolons or tabs separate cells */
    {"a;=1+1", NULL, 0},
    {"a;+1;-1;@x;=1", NULL, 0},
    {";=1", NULL, 0},
    {"=1;=1", NULL, 0},
    {"a;'=1", NULL, 0},
    {"'a;'b;''c", NULL, 0},
    {"a;\"=1\"", NULL, 0},
    {"a;\"\"=1", NULL, 0},
    {"a;\"'=1", NULL, 0},
    {"a; =1", NULL, 0},
    {"a\t=1", "a\\u{9}=1", 0},
    {"a;\n=1", "a;\\u{A}=1", 0},
    {"a.example,b.example", NULL, 0},
    {"\"", NULL, 0},
    {"\"quoted\" and a\"b", NULL, 0},
    {"\",\"=1+1\",\"", NULL, 0},
    {"\"\r\n\"=1+1\"", "\"\\u{D}\\u{A}\"=1+1\"", 0},
    {"line\nbreak", "line\\u{A}break", 0},
    {"a\r\nb", "a\\u{D}\\u{A}b", 0},
    {"a\rb", "a\\u{D}b", 0},
    {"\n", "\\u{A}", 0},
    {"last\n", "last\\u{A}", 0},
    {" leading and trailing ", NULL, 0},
    {"  two  spaces  ", NULL, 0},
    {"tab\there", "tab\\u{9}here", 0},
    {"|", NULL, 0},
    {"a|b||c", NULL, 0},
    {"\\|", NULL, 0},
    {"a\\|b`c|`", NULL, 0},
    {"x | y", NULL, 0},
    {"| a | b |\n|---|---|\n| c | d |", "| a | b |\\u{A}|---|---|\\u{A}| c | d |", 0},
    /* code */
    {"`", NULL, 0},
    {"```", NULL, 0},
    {"``a`b", NULL, 0},
    {"a` `b", NULL, 0},
    {"`a`", NULL, 0},
    {"\\`a\\`", NULL, 0},
    {TEN("````"), NULL, 0},
    {TEN(TEN("`")) "<script>alert(1)</script>![x](http://e.example/x.png)", NULL, 0},
    {"<b>" TEN(TEN("```")) "<b>", NULL, 0},
    {"```\nrm -rf ~\n```", "```\\u{A}rm -rf ~\\u{A}```", 0},
    {"``` sh\nrm", "``` sh\\u{A}rm", 0},
    {"~~~", NULL, 0},
    {"\\", NULL, 0},
    {"\\\\", NULL, 0},
    {"x\\", NULL, 0},
    {"\\*x\\*", NULL, 0},
    {"\\n\\t\\0 \\u{202E} \\x1B", NULL, 0},
    /* HTML */
    {"<script>alert(1)</script>", NULL, 0},
    {"<img src=x onerror=alert(1)>", NULL, 0},
    {"<a href=\"javascript:alert(1)\">x</a>", NULL, 0},
    {"<svg/onload=alert(1)>", NULL, 0},
    {"<td onclick=alert(1)>x", NULL, 0},
    {"<iframe src=//e.example>", NULL, 0},
    {"</td></tr></table><h1>x</h1>", NULL, 0},
    {"</code></pre><b>", NULL, 0},
    {"<!-- comment -->", NULL, 0},
    {"<!-- a", NULL, 0},
    {"<![CDATA[x]]>", NULL, 0},
    {"<?xml version=\"1.0\"?>", NULL, 0},
    {"</t></is></c><c><f>1+1</f></c>", NULL, 0},
    {"a <b> c </b>", NULL, 0},
    {"<http://e.example>", NULL, 0},
    {"<a@b.example>", NULL, 0},
    {"&amp; &lt;b&gt; &#64; &copy; &#124; &#x3C; &nbsp;", NULL, 0},
    {"&#35; x", NULL, 0},
    {"]]> &", NULL, 0},
    /* links, images and footnotes */
    {"![x](http://e.example/x.png)", NULL, 0},
    {"![x][y]", NULL, 0},
    {"[x](javascript:alert(1))", NULL, 0},
    {"[x](<http://e.example> \"y\")", NULL, 0},
    {"[x]: http://e.example", NULL, 0},
    {"[x][y]", NULL, 0},
    {"[^1] [^1]: note", NULL, 0},
    {"[^1]: note", NULL, 0},
    {"^[note]", NULL, 0},
    {"http://e.example/x", NULL, 0},
    {"see (https://e.example/?a=1&b=2).", NULL, 0},
    {"ftp://e.example", NULL, 0},
    {"www.example.com", NULL, 0},
    {"(WWW.e.example)", NULL, 0},
    {"xwww.e.example", NULL, 0},
    {"a@b.example", NULL, 0},
    {"a\\@b.example, c@d.example:", NULL, 0},
    {"mailto:a@b.example", NULL, 0},
    {"xmpp:a@b.example/x", NULL, 0},
    {"\"a@b.example\"", NULL, 0},
    {"@user #1 user/name#2", NULL, 0},
    /* blocks and emphasis */
    {"# heading", NULL, 0},
    {"###### heading", NULL, 0},
    {"heading #", NULL, 0},
    {"heading\n===", "heading\\u{A}===", 0},
    {"heading\n---", "heading\\u{A}---", 0},
    {"* item", NULL, 0},
    {"- item", NULL, 0},
    {"+ item", NULL, 0},
    {"- [ ] task", NULL, 0},
    {"[x] done", NULL, 0},
    {"a\n\n- [ ] task", "a\\u{A}\\u{A}- [ ] task", 0},
    {"1. item", NULL, 0},
    {"1) item", NULL, 0},
    {"> quote", NULL, 0},
    {": definition", NULL, 0},
    {"---", NULL, 0},
    {"***", NULL, 0},
    {"===", NULL, 0},
    {"*em* **strong** _em_ __strong__", NULL, 0},
    {"a_b PENDING_VALIDATION _a__b_", NULL, 0},
    {"*.example.com", NULL, 0},
    {"~~x~~", NULL, 0},
    {"~~gone~~ ~x~", NULL, 0},
    {":smile: :100: :+1:", NULL, 0},
    {"$x$ $$y$$ ^a^ $`z`$", NULL, 0},
    {"{.class} {{x}} {% y %}", NULL, 0},
    {"\n\n# heading", "\\u{A}\\u{A}# heading", 0},
    {"a\n\n    code", "a\\u{A}\\u{A}    code", 0},
    /* escapes of a workbook */
    {"_x0041_", NULL, 0},
    {"_x000D_", NULL, 0},
    {"_x005F_", NULL, 0},
    {"_x005F_x000D_", NULL, 0},
    {"_x0041_x0042_", NULL, 0},
    {"__x00e9__ _X0041_ _x41_", NULL, 0},
    {"_x0041\x01", "_x0041\\u{1}", 0},
    {"_x0041", NULL, 0},
    /* control characters and escape sequences */
    {"\x01\x02\x08\x0B\x0C\x1F", "\\u{1}\\u{2}\\u{8}\\u{B}\\u{C}\\u{1F}", 0},
    {"\x1B[31mred\x1B[0m", "\\u{1B}[31mred\\u{1B}[0m", 0},
    {"\x1B]0;title\x07 \x1B[2J", "\\u{1B}]0;title\\u{7} \\u{1B}[2J", 0},
    {"\x1B]8;;http://e.example\x1B\\x\x1B]8;;\x1B\\",
     "\\u{1B}]8;;http://e.example\\u{1B}\\x\\u{1B}]8;;\\u{1B}\\", 0},
    {"\x1BP\x1B\\ \x1B[201~", "\\u{1B}P\\u{1B}\\ \\u{1B}[201~", 0},
    {"a\x08\x08"
     "b",
     "a\\u{8}\\u{8}b", 0},
    {"\x7F\xC2\x85", "\\u{7F}\\u{85}", 0},
    {"\xC2\x9B"
     "31m \xC2\x9D"
     "0;x\xC2\x9C",
     "\\u{9B}31m \\u{9D}0;x\\u{9C}", 0},
    /* characters that reorder their neighbours, are invisible, or are not characters */
    {"a\xE2\x80\xAE"
     "cod\xE2\x80\xAC",
     "a\\u{202E}cod\\u{202C}", 0},
    {"\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAD", "\\u{202A}\\u{202B}\\u{202D}", 0},
    {"\xE2\x81\xA6"
     "a\xE2\x81\xA9 \xD8\x9C\xE2\x80\x8F\xE2\x80\x8E",
     "\\u{2066}a\\u{2069} \\u{61C}\\u{200F}\\u{200E}", 0},
    {"\xE2\x81\xA7\xE2\x81\xA8", "\\u{2067}\\u{2068}", 0},
    {"\xEF\xBB\xBF\xE2\x80\x8B", "\\u{FEFF}\\u{200B}", 0},
    {"a\xE2\x80\xA8"
     "b\xE2\x80\xA9",
     "a\\u{2028}b\\u{2029}", 0},
    {"a\xC2\xAD"
     "b\xE2\x81\xA0\xE2\x80\x8D",
     "a\\u{AD}b\\u{2060}\\u{200D}", 0},
    {"\xE3\x85\xA4\xE1\x85\x9F\xE1\x85\xA0\xEF\xBE\xA0", "\\u{3164}\\u{115F}\\u{1160}\\u{FFA0}", 0},
    {"a\xEF\xB8\x8F\xEF\xB8\x80\xF3\xA0\x84\x80", "a\\u{FE0F}\\u{FE00}\\u{E0100}", 0},
    {"\xF3\xA0\x80\x81\xF3\xA0\x81\x81\xF3\xA0\x81\xBF", "\\u{E0001}\\u{E0041}\\u{E007F}", 0},
    {"\xCD\x8F\xE1\xA0\x8E\xE1\xA0\x8B\xE1\x9E\xB4", "\\u{34F}\\u{180E}\\u{180B}\\u{17B4}", 0},
    {"\xF0\x9B\xB2\xA0\xF0\x9D\x85\xB3\xEF\xBF\xB0", "\\u{1BCA0}\\u{1D173}\\u{FFF0}", 0},
    {"\xEF\xBF\xB9"
     "a\xEF\xBF\xBB",
     "\\u{FFF9}a\\u{FFFB}", 0},
    {"a\xEF\xBF\xBE\xEF\xBF\xBF", "a\\u{FFFE}\\u{FFFF}", 0},
    {"\xEF\xB7\x90\xF0\x9F\xBF\xBE\xF4\x8F\xBF\xBF", "\\u{FDD0}\\u{1FFFE}\\u{10FFFF}", 0},
    {"x" TEN(TEN("\xCC\xB8")), NULL, 0},
    {"\xCC\xB8=1", NULL, 0},
    {"\xD7\xA9\xD7\x9C.example", NULL, 0},
    {"\xD0\xB0pple.example", NULL, 0},
    {"\xEF\xBF\xBD \xEE\x80\x80 \xF3\xB0\x80\x80", NULL, 0},
    /* shell and AWS CLI syntax */
    {"it's", NULL, 0},
    {"'; touch pwned; '", NULL, 0},
    {"'\\''", NULL, 0},
    {"\"double\" \\\"", NULL, 0},
    {"$(touch pwned)`touch pwned`", NULL, 0},
    {"a;touch pwned;a&touch pwned&&a||touch pwned|touch pwned", NULL, 0},
    {"$HOME ${PATH} $$ $? $0 $'\\x41' ${x:?}", NULL, 0},
    {"a>pwned <b 2>&1 <<E", NULL, 0},
    {"#comment", NULL, 0},
    {"a #b", NULL, 0},
    {"~", NULL, 0},
    {"~root/x", NULL, 0},
    {"A=~", NULL, 0},
    {"=ls", NULL, 0},
    {"*", NULL, 0},
    {"?", NULL, 0},
    {"[a-z]*", NULL, 0},
    {"{a,b} {1..9}", NULL, 0},
    {"!x !! !$", NULL, 0},
    {"(touch pwned)", NULL, 0},
    {"%s%n%1 %n", NULL, 0},
    {"-x", NULL, 0},
    {"-", NULL, 0},
    {"--", NULL, 0},
    {"--no-verify-ssl", NULL, 0},
    {"--profile", NULL, 0},
    {"--endpoint-url=http://e.example", NULL, 0},
    {"a\ntouch pwned\n", "a\\u{A}touch pwned\\u{A}", 0},
    {"a\n-x\n--profile", "a\\u{A}-x\\u{A}--profile", 0},
    {"a \\\n touch pwned", "a \\\\u{A} touch pwned", 0},
    {"file:/x", NULL, 0},
    {"xfile:///etc/passwd", NULL, 0},
    {"file:///etc/passwd", NULL, 0},
    {"fileb://x", NULL, 0},
    {"http://e.example/", NULL, 0},
    {"https://e.example/", NULL, 0},
    /* too long for a cell of a workbook */
    {"x", NULL, 40000},
};

/* Only for file names. */
static const char *const not_utf8[] = {
    "\xFF",         "\xFF\xFE\x80", "latin-1 caf\xE9.json", "\xC3(",  "\xE2\x80",
    "\xED\xA0\x80", "\xC0\xAF",     "\xF5\x80\x80\x80",     "\x80=1", "*star",
    "a.JSON",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const size_t attack_string_count = COUNT(rows);
const size_t attack_name_count = COUNT(rows) + COUNT(not_utf8);

static const char *repeated(const char *string, size_t times)
{
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < (times == 0 ? 1 : times); i++)
        text_add(&text, string);
    return harness_keep(text.bytes);
}

static bool names_a_file(const char *raw)
{
    static const char *const schemes[] = {"file://", "fileb://", "http://", "https://"};
    for (size_t i = 0; i < COUNT(schemes); i++)
        if (strncmp(raw, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

struct attack_string attack_string_at(size_t number)
{
    static struct attack_string made[COUNT(rows)];
    const struct row *row = &rows[number];
    struct attack_string *attack = &made[number];
    HARNESS_REQUIRE(number < attack_string_count, "no string %zu", number);
    if (attack->raw == NULL) {
        attack->raw = repeated(row->raw, row->times);
        attack->shown = row->shown == NULL ? attack->raw : repeated(row->shown, row->times);
        attack->legible = row->shown == NULL;
        attack->names_a_file = names_a_file(attack->raw);
    }
    return *attack;
}

const char *attack_name(size_t number)
{
    if (number >= attack_string_count)
        return not_utf8[number - attack_string_count];
    const char *raw = attack_string_at(number).raw;
    return strchr(raw, '/') != NULL || *raw == '.' || strlen(raw) > 255 ? NULL : raw;
}

const char *attack_json(const char *text)
{
    struct text json = TEXT_EMPTY;
    text_add(&json, "\"");
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20)
            text_addf(&json, "\\u%04X", (unsigned)*text);
        else
            text_addf(&json, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
    text_add(&json, "\"");
    return harness_keep(json.bytes);
}

void attack_check_same(const char *found, const char *expected)
{
    size_t same = 0;
    HARNESS_REQUIRE(found != NULL, "expected %.500s, got nothing", expected);
    while (found[same] != '\0' && found[same] == expected[same])
        same++;
    HARNESS_REQUIRE(strcmp(found, expected) == 0,
                    "different from byte %zu on: expected\n%.500s\ngot\n%.500s", same,
                    expected + same, found + same);
}

bool attack_is_hidden(unsigned long character)
{
    static const unsigned long ranges[][2] = {
        {0x0, 0x1F},        {0x7F, 0xA0},       {0xAD, 0xAD},       {0x34F, 0x34F},
        {0x61C, 0x61C},     {0x115F, 0x1160},   {0x1680, 0x1680},   {0x17B4, 0x17B5},
        {0x180B, 0x180F},   {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},
        {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFDD0, 0xFDEF},
        {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
        {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < COUNT(ranges); i++)
        if (character >= ranges[i][0] && character <= ranges[i][1])
            return true;
    return (character & 0xFFFE) == 0xFFFE;
}

void attack_check_visible(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at != '\0') {
        size_t length = *at < 0x80 ? 1 : *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : 4;
        unsigned long character = length == 1 ? *at : *at & (0xFFu >> (length + 1));
        HARNESS_REQUIRE(*at < 0x80 || *at >= 0xC2, "not UTF-8: %.40s", (const char *)at);
        for (size_t i = 1; i < length; i++) {
            HARNESS_REQUIRE((at[i] & 0xC0) == 0x80, "not UTF-8: %.40s", (const char *)at);
            character = character << 6 | (at[i] & 0x3Fu);
        }
        HARNESS_REQUIRE(*at == '\n' || !attack_is_hidden(character), "U+%04lX: %.40s", character,
                        (const char *)at);
        at += length;
    }
}
