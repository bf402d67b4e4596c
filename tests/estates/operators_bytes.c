/* operators_bytes.c: cut, re-encoded, with other text, in another format. */
#include "base/memory.h"
#include "base/text.h"
#include "estates/operators.h"
#include "support/harness.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void operators_set_bytes(struct estate_file *file, const char *bytes, size_t length)
{
    char *copy = harness_keep(memory_resize(NULL, length + 1, 1));
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    file->bytes = copy;
    file->length = length;
}

static void set_text(struct estate_file *file, const char *text)
{
    operators_set_bytes(file, text, strlen(text));
}

void operators_rename(struct estate_file *file, const char *ending)
{
    const char *dot = strrchr(file->path, '.');
    file->path = harness_format("%.*s%s", (int)(dot - file->path), file->path, ending);
}

/* A name that does not say JSON: often, what is not JSON is not called so. */
static void perhaps_rename(struct estate_file *file, uint64_t *random)
{
    static const char *const endings[] = {".txt", ".log", "", ".out"};
    if (estate_chance(random, 50))
        operators_rename(file, endings[estate_below(random, 4)]);
}

static const char *text_of(const struct estate *estate, const struct estate_file *file)
{
    size_t length;
    return estate_render(estate, file, &length);
}

/* Documents after the cut are gone; a document that is cut is not, because the file shows it. */
static bool cut(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    size_t length, end;
    const char *text = estate_render(estate, file, &length);
    size_t at = estate_below(random, length);
    estate->broken = file->layout != ESTATE_ARRAY || at + 1 < length;
    for (size_t i = 1; i <= file->count && file->layout != ESTATE_ARRAY; i++) {
        struct estate_file before = *file;
        before.count = i;
        estate_render(estate, &before, &end);
        if (at == end || at + 1 == end) /* with or without its line feed */
            estate->broken = false;
        if (i < file->count && end >= at && at > 0)
            estate->documents[file->documents[i]].lost = true;
    }
    operators_set_bytes(file, text, at);
    return true;
}

static bool top_bit(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    size_t length;
    const char *text = estate_render(estate, file, &length);
    char *bytes = harness_keep(strdup(text));
    size_t at = estate_below(random, length);
    bytes[at] = (char)(bytes[at] | '\x80');
    operators_set_bytes(file, bytes, length);
    return true;
}

static bool to_utf16(const char *text, bool little, bool mark, struct estate_file *file,
                     size_t from)
{
    size_t count = strlen(text), length = 0;
    char *bytes = harness_keep(memory_resize(NULL, 2 * count + 3, 1));
    memcpy(bytes, text, from);
    length = from;
    if (mark) {
        bytes[length++] = little ? '\xFF' : '\xFE';
        bytes[length++] = little ? '\xFE' : '\xFF';
    }
    for (size_t i = from; i < count; i++) {
        bytes[length++] = little ? text[i] : '\0';
        bytes[length++] = little ? '\0' : text[i];
    }
    operators_set_bytes(file, bytes, length);
    return true;
}

static bool utf16(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return to_utf16(text_of(estate, file), estate_chance(random, 50), true, file, 0);
}

static bool utf16_unmarked(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return to_utf16(text_of(estate, file), estate_chance(random, 50), false, file, 0);
}

/* `>>` of Windows PowerShell: a file in UTF-8 goes on in UTF-16. */
static bool utf16_after(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    struct estate_file before = *file;
    size_t end;
    if (file->count < 2 || file->layout == ESTATE_ARRAY)
        return false;
    before.count = 1 + estate_below(random, file->count - 1);
    estate_render(estate, &before, &end);
    return to_utf16(text_of(estate, file), estate_chance(random, 80), estate_chance(random, 50),
                    file, end);
}

static bool utf8_mark(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)random;
    set_text(file, harness_format("\xEF\xBB\xBF%s", text_of(estate, file)));
    return true;
}

static bool mark_inside(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    (void)random;
    if (file->count < 2 || file->layout == ESTATE_ARRAY)
        return false;
    struct estate_file first = *file;
    size_t end;
    first.count = 1;
    estate_render(estate, &first, &end);
    const char *text = text_of(estate, file);
    set_text(file, harness_format("%.*s\xEF\xBB\xBF%s", (int)end, text, text + end));
    return true;
}

static bool crlf(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    struct text text = TEXT_EMPTY;
    (void)random;
    for (const char *at = text_of(estate, file); *at != '\0'; at++) {
        text_add(&text, *at == '\n' ? "\r" : "");
        text_add_bytes(&text, at, 1);
    }
    operators_set_bytes(file, text.bytes, text.length);
    text_free(&text);
    return true;
}

static const char *const strays[] = {
    "$ aws acm describe-certificate --certificate-arn $arn\n",
    "C:\\Users\\audit> aws iam list-server-certificates\n",
    "=== eu-west-1 ===\n",
    "```json\n",
    "+ aws acm list-certificates --region eu-west-1\n",
    "2026-11-19 10:11:12,131 - MainThread - botocore - DEBUG - Sending http request\n",
    "bash: jq: command not found\n",
    "\nAn error occurred (AccessDeniedException) when calling the ListCertificates operation\n",
    "aws: [ERROR]: Unable to locate credentials\n",
    "certificate 3 of 7:\n",
};

static const char *stray(uint64_t *random)
{
    return strays[estate_below(random, sizeof strays / sizeof strays[0])];
}

static bool text_before(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    set_text(file, harness_format("%s%s", stray(random), text_of(estate, file)));
    perhaps_rename(file, random);
    return true;
}

static bool text_after(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    set_text(file, harness_format("%s%s", text_of(estate, file), stray(random)));
    perhaps_rename(file, random);
    return true;
}

static bool text_between(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    struct estate_file first = *file;
    size_t end;
    if (file->count < 2 || file->layout == ESTATE_ARRAY)
        return false;
    first.count = 1 + estate_below(random, file->count - 1);
    estate_render(estate, &first, &end);
    const char *text = text_of(estate, file);
    set_text(file, harness_format("%.*s%s%s", (int)end, text, stray(random), text + end));
    perhaps_rename(file, random);
    return true;
}

static bool fenced(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    set_text(file, harness_format("# Exports\n\n```json\n%s```\n", text_of(estate, file)));
    perhaps_rename(file, random);
    if (estate_chance(random, 30))
        operators_rename(file, ".md");
    return true;
}

/* As `jq -C` prints. */
static bool coloured(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    struct text text = TEXT_EMPTY;
    bool inside = false;
    for (const char *at = text_of(estate, file); *at != '\0'; at++) {
        bool bracket = !inside && strchr("{}[],:", *at) != NULL;
        inside ^= *at == '"' && (at[-1] != '\\');
        text_add(&text, bracket ? "\033[1;39m" : "");
        text_add_bytes(&text, at, 1);
        text_add(&text, bracket ? "\033[0m" : "");
    }
    operators_set_bytes(file, text.bytes, text.length);
    text_free(&text);
    perhaps_rename(file, random);
    return true;
}

/* Formats of the AWS CLI and of PowerShell. */
enum format { YAML, TEXT, TABLE, LIST };

static const char *scalar(const cJSON *value)
{
    if (cJSON_IsString(value))
        return value->valuestring;
    if (cJSON_IsBool(value))
        return cJSON_IsTrue(value) ? "True" : "False";
    return harness_keep(cJSON_PrintUnformatted(value));
}

static void add_yaml(struct text *text, const cJSON *tree, int depth)
{
    const cJSON *at;
    cJSON_ArrayForEach(at, tree)
    {
        text_addf(text, "%*s%s%s", 2 * depth, "", cJSON_IsArray(tree) ? "-" : at->string,
                  cJSON_IsArray(tree) ? "" : ":");
        if (at->child != NULL) {
            text_add(text, "\n");
            add_yaml(text, at, depth + 1);
        } else
            text_addf(text, cJSON_IsString(at) ? " '%s'\n" : " %s\n", scalar(at));
    }
}

static void add_lines(struct text *text, const cJSON *tree, const char *name, enum format format)
{
    const cJSON *at;
    if (format == TABLE && cJSON_IsObject(tree))
        text_addf(text,
                  "+------------------------------+\n||%s||\n+------------------------------+\n",
                  name);
    if (format == TEXT && cJSON_IsObject(tree))
        for (const char *letter = name; *letter != '\0'; letter++)
            text_addf(text, "%c", toupper((unsigned char)*letter));
    cJSON_ArrayForEach(at, tree)
    {
        if (at->child != NULL)
            continue;
        if (format == TEXT)
            text_addf(text, "\t%s", scalar(at));
        else if (at->string == NULL)
            text_addf(text, format == TABLE ? "||  %s  ||\n" : "  %s\n", scalar(at));
        else
            text_addf(text, format == TABLE ? "|  %-28s|  %s  |\n" : "%-24s : %s\n", at->string,
                      scalar(at));
    }
    text_add(text, "\n");
    cJSON_ArrayForEach(at, tree) if (at->child != NULL)
        add_lines(text, at, at->string == NULL ? name : at->string, format);
}

static bool convert(struct estate *estate, struct estate_file *file, uint64_t *random,
                    enum format format)
{
    struct text text = TEXT_EMPTY;
    bool records = false;
    for (size_t i = 0; i < file->count; i++) {
        const cJSON *tree = estate->documents[file->documents[i]].tree;
        const struct estate_document *at = &estate->documents[file->documents[i]];
        /* An empty list in a text format shows nothing but a name, or nothing at all. */
        records |= at->count > 0;
        if (format == YAML)
            add_yaml(&text, tree, 0);
        else
            add_lines(&text, tree, "Output", format);
    }
    if (records)
        operators_set_bytes(file, text.bytes, text.length);
    text_free(&text);
    perhaps_rename(file, random);
    return records;
}

static bool yaml(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return convert(estate, file, random, YAML);
}

static bool text_format(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return convert(estate, file, random, TEXT);
}

static bool table(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return convert(estate, file, random, TABLE);
}

static bool format_list(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    return convert(estate, file, random, LIST);
}

/* print(response) of Python. */
static bool python(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    char *text = harness_keep(strdup(text_of(estate, file)));
    for (char *at = text; *at != '\0'; at++)
        if (*at == '"')
            *at = '\'';
    set_text(file, text);
    perhaps_rename(file, random);
    return true;
}

static const char *harmless(size_t count)
{
    const char *text = "";
    while (count-- > 0)
        text = harness_format("%s{\"LoadBalancers\": []}\n", text);
    return text;
}

static bool harmless_before(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    size_t count = estate_chance(random, 70) ? 10 : 25;
    set_text(file, harness_format("%s%s", harmless(count), text_of(estate, file)));
    return true;
}

/* Ten harmless problems, and then a break. */
static bool harmless_then_break(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    const char *text = text_of(estate, file);
    size_t at = 1 + estate_below(random, strlen(text) - 1);
    set_text(file, harness_format("%s%.*s\x01%s", harmless(10 + estate_below(random, 5)), (int)at,
                                  text, text + at));
    estate->line = 1;
    for (const char *byte = file->bytes; *byte != '\x01'; byte++)
        estate->line += *byte == '\n';
    return true;
}

static bool lines_as_texts(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    cJSON *array = cJSON_CreateArray();
    const char *line = text_of(estate, file);
    (void)random;
    for (size_t length; *line != '\0'; line += length + (line[length] == '\n')) {
        length = strcspn(line, "\n");
        cJSON_AddItemToArray(array, cJSON_CreateString(harness_format("%.*s", (int)length, line)));
    }
    set_text(file, harness_keep(cJSON_Print(array)));
    return true;
}

static bool private_key(struct estate *estate, struct estate_file *file, uint64_t *random)
{
    static const char *const texts[] = {
        "-----BEGIN RSA PRIVATE KEY-----\nMIIBexample\n-----END RSA PRIVATE KEY-----\n",
        "{\"Key\": \"-----BEGIN PRIVATE KEY-----\\nMIIBexample\"}\n"};
    size_t which = estate_below(random, 2);
    if (which == 1 && file->layout == ESTATE_ARRAY)
        return false;
    const char *text = text_of(estate, file);
    set_text(file,
             harness_format("%s%s", which == 1 ? texts[1] : text, which == 1 ? text : texts[0]));
    return true;
}

const struct estate_operator operators_bytes[] = {
    {"cut", 0, cut},
    {"top-bit", OPERATOR_NAMED | OPERATOR_FAULT, top_bit},
    {"utf-16", OPERATOR_SAME, utf16},
    {"utf-16-unmarked", OPERATOR_NAMED | OPERATOR_FAULT, utf16_unmarked},
    {"utf-16-after-utf-8", OPERATOR_NAMED | OPERATOR_FAULT, utf16_after},
    {"utf-8-mark", OPERATOR_SAME, utf8_mark},
    {"mark-inside", OPERATOR_NAMED, mark_inside},
    {"crlf", OPERATOR_SAME, crlf},
    {"text-before", OPERATOR_NAMED | OPERATOR_FAULT, text_before},
    {"text-between", OPERATOR_NAMED | OPERATOR_FAULT, text_between},
    {"text-after", OPERATOR_NAMED | OPERATOR_FAULT, text_after},
    {"fenced", OPERATOR_NAMED | OPERATOR_FAULT, fenced},
    {"coloured", OPERATOR_NAMED | OPERATOR_FAULT, coloured},
    {"yaml", OPERATOR_NAMED | OPERATOR_FAULT, yaml},
    {"text-format", OPERATOR_NAMED | OPERATOR_FAULT, text_format},
    {"table", OPERATOR_NAMED | OPERATOR_FAULT, table},
    {"format-list", OPERATOR_NAMED | OPERATOR_FAULT, format_list},
    {"python", OPERATOR_NAMED | OPERATOR_FAULT, python},
    {"harmless-before", OPERATOR_SAME, harmless_before},
    {"harmless-then-break", OPERATOR_NAMED | OPERATOR_FAULT | OPERATOR_WARNED, harmless_then_break},
    {"lines-as-texts", OPERATOR_NAMED, lines_as_texts},
    {"private-key", OPERATOR_WARNED | OPERATOR_KEY, private_key},
};
const size_t operators_bytes_count = sizeof operators_bytes / sizeof operators_bytes[0];
