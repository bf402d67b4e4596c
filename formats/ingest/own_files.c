/*
 * own_files.c: see own_files.h. A table is recognised by its whole header: it has the columns that
 * it needs, and no others. Headers of earlier versions count too. A test puts a pack among the
 * evidence, so that a new column is missed there.
 */
#include "ingest/own_files.h"
#include "base/file.h"
#include "base/text.h"
#include <string.h>

#define REPORT "a report of certaudit"

/* Columns: names between blanks. */
struct table {
    const char *kind;
    const char *needed, *others;
    bool open; /* it has columns of any name too: the frameworks */
};

#define FINDINGS                                                                                   \
    " condition severity account region certificate in_use due reason remediation observed "       \
    "expected in_use_by in_scope observation rule_title service account_name owner "               \
    "failing_since management_response target_date conclusion workpaper reviewer evidence_file "   \
    "evidence_sha256 evidence_document evidence_line evidence_pointer evidence_inner_pointer "     \
    "captured as_of cutoff version "

static const struct table tables[] = {
    {REPORT,
     " ref result condition severity rule account region certificate in_use due reason remediation "
     "arn observed expected rule_title evidence_file evidence_sha256 evidence_pointer ",
     FINDINGS, true},
    {REPORT, " rule arn result ", " ref" FINDINGS, false},
    {REPORT, " account region service certificate arn certificate_id type status sources ",
     " uploaded created issued imported not_before not_after key_algorithm issuer serial in_use "
     "in_use_by renewal_status renewal_eligibility validation_method exported in_scope observation "
     "public_key_sha256 ",
     false},
    {"a control table of certaudit",
     " framework version control title rule relation conditions rationale origin ",
     " tested passing failing other_failures unknown waived not_applicable ", false},
    {REPORT, " account region service in_scope lists listed described assessed truncated note ",
     " account_name not_described not_listed mentioned captured ", false},
    {REPORT, " file kind bytes sha256 documents certificates state line column problem ",
     " encoding newest_time captured ", false},
    {REPORT, " change ref rule arn certificate before after failing_since ",
     " account region owner ", false},
    {"a waiver register", " rule arn owner approver approved reason expires ",
     " ticket compensating_control state matched note ", false},
    {"a scope file", " account region service in_scope ", " name owner environment note ", false},
    {"an annotations file", " ref management_response ",
     " target_date conclusion workpaper reviewer ", false},
};

/* Whether names has the name between blanks. */
static bool has(const char *names, const struct text *name)
{
    const char *at = name->length > 0 ? strstr(names, name->bytes) : NULL;
    for (; at != NULL; at = strstr(at + 1, name->bytes))
        if (at[-1] == ' ' && at[name->length] == ' ')
            return true;
    return false;
}

static size_t count_names(const char *names)
{
    size_t blanks = 0;
    for (; *names != '\0'; names++)
        blanks += *names == ' ';
    return blanks - 1;
}

/* Takes the next field of the header, in lower case and with `_` for blanks; false at its end. */
static bool take_field(const char **header, char separator, struct text *field)
{
    const char *at = *header;
    bool quoted = *at == '"';
    text_clear(field);
    if (*at == '\0')
        return false;
    for (at += quoted; *at != '\0' && (quoted ? *at != '"' : *at != separator); at++) {
        char character = *at == ' ' ? '_' : *at;
        if (character >= 'A' && character <= 'Z')
            character = (char)(character - 'A' + 'a');
        text_add_bytes(field, &character, 1);
    }
    at += quoted && *at == '"';
    if (*at != '\0' && *at != separator)
        return false; /* then a needed column is missing */
    *header = at + (*at == separator);
    return true;
}

static bool is_header_of(const struct table *table, const char *header, char separator)
{
    struct text field = TEXT_EMPTY;
    size_t needed = 0;
    bool other = false;
    while (!other && take_field(&header, separator, &field))
        if (has(table->needed, &field))
            needed++;
        else
            other = !table->open && !has(table->others, &field);
    text_free(&field);
    return *header == '\0' && !other && needed == count_names(table->needed);
}

/* The next line without its end; *rest is then what follows. */
static void take_line(const char **rest, struct text *line)
{
    size_t length = strcspn(*rest, "\n");
    text_clear(line);
    text_add_bytes(line, *rest, length);
    if (length > 0 && line->bytes[length - 1] == '\r')
        line->bytes[--line->length] = '\0';
    *rest += length + ((*rest)[length] == '\n');
}

static const char *table_kind(const struct text *line, char *found)
{
    enum { HEADER_MOST = 4096 };
    const char *header = line->bytes;
    if (line->length == 0 || line->length > HEADER_MOST)
        return NULL;
    for (const char *separator = ",;\t"; *separator != '\0'; separator++)
        for (size_t i = 0;
             strchr(header, *separator) != NULL && i < sizeof tables / sizeof tables[0]; i++)
            if (is_header_of(&tables[i], header, *separator)) {
                *found = *separator;
                return tables[i].kind;
            }
    return NULL;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* `HEX  NAME`, as sha256sum(1) prints it, or a comment. */
static bool is_sum(const char *line)
{
    enum { DIGITS = 64 };
    return *line == '#' || (strspn(line, "0123456789abcdef") == DIGITS &&
                            (begins(line + DIGITS, "  ") || begins(line + DIGITS, " *")));
}

/* SHA256SUMS: every line, but for the last one if it is cut off. */
static bool are_sums(const char *text, bool whole, struct text *line)
{
    size_t sums = 0;
    while (*text != '\0') {
        take_line(&text, line);
        bool cut = *text == '\0' && sums > 0 && !whole;
        if (!cut && !is_sum(text_string(line)))
            return false;
        sums += line->length > 0 && line->bytes[0] != '#';
    }
    return sums > 0;
}

static const char *page_kind(const char *text, struct text *line)
{
    static const char requests[] = "# Requests for evidence\n\nReport: ";
    if (begins(text, requests))
        return "a page of requests of certaudit";
    if (!begins(text, "# "))
        return NULL;
    take_line(&text, line);
    take_line(&text, line);
    if (line->length > 0)
        return NULL;
    take_line(&text, line);
    return begins(text_string(line), "As of ") && strstr(line->bytes, ", certaudit ") != NULL
               ? REPORT
               : NULL;
}

static const char *kind_of(const char *text, bool whole, struct own_rows *rows, struct text *line)
{
    static const char run[] = "\"name\",\"value\"\r\n\"title\",\"";
    const char *page = page_kind(text, line);
    if (page != NULL || begins(text, run))
        return page != NULL ? page : REPORT;
    if (are_sums(text, whole, line))
        return "a list of digests";
    take_line(&text, line);
    if (begins(text_string(line), "sep=")) {
        rows->above = 1;
        take_line(&text, line);
    }
    return table_kind(line, &rows->separator);
}

const char *own_files_kind(const unsigned char *bytes, size_t count, struct own_rows *rows)
{
    struct text text = TEXT_EMPTY, line = TEXT_EMPTY;
    char *to = text_room(&text, count + 1);
    size_t length = 0;
    /* UTF-16 without its NULs is ASCII, as far as headers go. */
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != 0 && !(i < 3 && bytes[i] >= 0xBB))
            to[length++] = (char)bytes[i];
    text_take(&text, length);
    *rows = (struct own_rows){.fields = 1};
    const char *kind = kind_of(text_string(&text), count < FILE_WINDOW, rows, &line);
    text_free(&line);
    text_free(&text);
    return kind;
}

static void end_row(struct own_rows *rows)
{
    if (rows->above > 0)
        rows->above--;
    else if (rows->columns == 0)
        rows->columns = rows->fields;
    else
        rows->broken |= rows->filled && rows->fields != rows->columns;
    rows->fields = 1;
    rows->filled = false;
}

void own_rows_add(struct own_rows *rows, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count && rows->separator != '\0'; i++) {
        rows->quoted ^= bytes[i] == '"';
        if (bytes[i] == '\n' && !rows->quoted)
            end_row(rows);
        else {
            rows->fields += bytes[i] == (unsigned char)rows->separator && !rows->quoted;
            rows->filled |= bytes[i] != 0 && bytes[i] != '\r';
        }
    }
}

void own_rows_end(struct own_rows *rows)
{
    if (rows->separator != '\0')
        end_row(rows);
    rows->broken |= rows->quoted && rows->separator != '\0';
}
