/* fuzz_output.c: what must hold of every report in every format. */
#include "base/pool.h"
#include "csv/csv_guard.h"
#include "csv/csv_table.h"
#include "fuzz/fuzz.h"
#include "pack/write_requests.h"
#include "terminal/write_terminal.h"
#include "writers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is written to a stream, in memory. */
struct page {
    FILE *stream;
    char *bytes;
    size_t length;
};

static void begin(struct page *page)
{
    page->stream = open_memstream(&page->bytes, &page->length);
    FUZZ_REQUIRE(page->stream != NULL);
}

static void end(struct page *page, bool written)
{
    FUZZ_REQUIRE(written);
    FUZZ_REQUIRE(fclose(page->stream) == 0);
}

char *fuzz_csv(const struct report *report, enum report_table table, size_t *length)
{
    struct page page;
    begin(&page);
    end(&page, csv_table(report, &report->tables[table], page.stream));
    *length = page.length;
    return page.bytes;
}

/* Whether another separator than the comma would begin a formula. */
static bool has_formula(const char *string)
{
    while ((string = strpbrk(string, ";\t\r\n")) != NULL) {
        string++;
        const char *first = string + strspn(string, "\"");
        if (*first != '\0' && strchr("=+-@", *first) != NULL)
            return true;
    }
    return false;
}

/* Unquotes a field. Returns what follows it. */
static const char *take_field(const char *at, struct text *field)
{
    FUZZ_REQUIRE(*at == '"');
    text_clear(field);
    for (at++; *at != '"' || at[1] == '"'; at++) {
        FUZZ_REQUIRE(*at != '\0');
        text_add_bytes(field, at, 1);
        at += *at == '"';
    }
    const char *string = text_string(field);
    FUZZ_REQUIRE(*string == '\0' || strchr("=+-@\t\r", *string) == NULL);
    FUZZ_REQUIRE(!has_formula(string));
    FUZZ_REQUIRE(*string != '\'' || (string[1] != '\0' && strchr("=+-@\t\r'", string[1]) != NULL));
    return at + 1;
}

static bool is_utf8(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    for (size_t step; *bytes != '\0'; bytes += step)
        if ((step = text_character(bytes)) == 0)
            return false;
    return bytes == end;
}

static void require_csv(const struct report *report, enum report_table which)
{
    const struct table *table = &report->tables[which];
    struct text field = TEXT_EMPTY, cell_text = TEXT_EMPTY;
    struct report_row open = REPORT_ROW_CLOSED;
    struct pool *pool = pool_new();
    size_t length;
    char *bytes = fuzz_csv(report, which, &length);
    const char *at = bytes;
    for (size_t row = 0; row <= table->row_count; row++) {
        if (row > 0)
            report_open_row(&open, report, table, row - 1);
        for (size_t column = 0; column < table->column_count; column++) {
            struct cell cell = {.kind = CELL_TEXT, .text = table->columns[column].title};
            if (row > 0)
                report_cell(&open, column, &cell);
            text_clear(&cell_text);
            report_add_cell(&cell, &cell_text);
            at = take_field(at, &field);
            FUZZ_REQUIRE(
                strcmp(csv_guard_undo(text_string(&field), pool), text_string(&cell_text)) == 0);
            FUZZ_REQUIRE(cell.kind != CELL_TIME || timestamp_is_writable(&cell.time));
            bool last = column + 1 == table->column_count;
            FUZZ_REQUIRE(strncmp(at, last ? "\r\n" : ",", last ? 2 : 1) == 0);
            at += last ? 2 : 1;
        }
    }
    FUZZ_REQUIRE(at == bytes + length);
    FUZZ_REQUIRE(is_utf8(bytes, length));
    text_free(&field);
    text_free(&cell_text);
    pool_free(pool);
    report_close_row(&open);
    free(bytes);
}

static size_t count_of(const char *line, const char *end, char wanted)
{
    size_t count = 0;
    for (; line < end; line++)
        count += *line == wanted;
    return count;
}

/* Nothing from an export is markup: the rows of a table have as many bars as its header, there are
 * as many findings' headings as open findings, and every block of code ends. */
static void require_markdown(const char *page, size_t open_findings)
{
    size_t headings = 0, bars = 0, fence = 0;
    for (const char *line = page, *line_end; *line != '\0'; line = line_end + 1) {
        line_end = strchr(line, '\n');
        FUZZ_REQUIRE(line_end != NULL);
        size_t ticks = strspn(line, "`");
        if (fence > 0) {
            fence = ticks >= fence && line + ticks == line_end ? 0 : fence;
            continue;
        }
        if (ticks >= 3 && strncmp(line + ticks, "sh\n", 3) == 0)
            fence = ticks;
        if (*line == '|') {
            size_t count = count_of(line, line_end, '|');
            FUZZ_REQUIRE(bars == 0 || bars == count);
            bars = count;
        } else
            bars = 0;
        headings += strncmp(line, "#### ", 5) == 0;
    }
    FUZZ_REQUIRE(fence == 0 && headings == open_findings);
}

static void require_pages(const struct report *report)
{
    static const struct terminal plain[] = {{false, 80, true}, {false, 60, false}};
    const size_t *by_result = report->assessment->finding_counts.by_result;
    struct page page;
    begin(&page);
    end(&page, write_markdown.to_stream(report, page.stream));
    FUZZ_REQUIRE(fuzz_is_printable(page.bytes, page.length));
    require_markdown(page.bytes,
                     by_result[RESULT_FAIL] + by_result[RESULT_UNKNOWN] + by_result[RESULT_WAIVED]);
    free(page.bytes);
    begin(&page);
    end(&page, write_requests(report, page.stream));
    FUZZ_REQUIRE(fuzz_is_printable(page.bytes, page.length));
    require_markdown(page.bytes, 0);
    free(page.bytes);
    for (size_t i = 0; i < 2; i++) {
        begin(&page);
        end(&page, write_terminal(report, &plain[i], page.stream));
        FUZZ_REQUIRE(fuzz_is_printable(page.bytes, page.length));
        free(page.bytes);
    }
}

/* The writer reads its workbook back by itself. */
static void require_workbook(const struct report *report)
{
    char path[] = "/tmp/certaudit-fuzz-XXXXXX";
    struct text error = TEXT_EMPTY;
    int descriptor = mkstemp(path);
    FUZZ_REQUIRE(descriptor >= 0 && close(descriptor) == 0);
    struct writers_file file = {
        .path = path, .name = "report.xlsx", .scratch = "/tmp", .writer = &write_xlsx};
    bool written = writers_write(report, &file, 1, &error);
    (void)unlink(path);
    FUZZ_REQUIRE(written && error.length == 0);
    text_free(&error);
}

void fuzz_require_outputs(const struct report *report, bool xlsx)
{
    for (size_t i = 0; i < REPORT_TABLE_COUNT; i++)
        if (!report->tables[i].absent)
            require_csv(report, (enum report_table)i);
    require_pages(report);
    if (xlsx)
        require_workbook(report);
}
