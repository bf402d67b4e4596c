/*
 * xlsx_loop.c: the least time that a workbook can take: a plain loop that writes the tables of a
 * pack with libxlsxwriter in constant_memory mode, with the types and number formats of the cells.
 *
 *     xlsx_loop BOOK SCRATCH TABLE.csv...
 *
 * It has no Summary, widths, heights, filters or marks, and reads nothing back. All fields of the
 * tables are quoted, so that reading is only cutting up the mapped file: about a hundredth of the
 * time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { COLUMNS_MOST = 64, TIME_LENGTH = sizeof "2014-03-31T23:59:59Z" - 1 };

enum style { STYLE_HEADER, STYLE_WRAPPED, STYLE_PLAIN, STYLE_COUNT, STYLE_TIME, STYLES };

struct book {
    lxw_workbook *workbook;
    lxw_format *formats[STYLES];
};

struct table {
    lxw_worksheet *sheet;
    char *at, *end; /* the rest of the mapped file; fields are unquoted in place */
    lxw_row_t row;
    lxw_col_t column;
    bool technical; /* its columns begin with the remediation and are not wrapped */
    enum style styles[COLUMNS_MOST]; /* by column */
};

_Noreturn static void die(const char *what, const char *why)
{
    fprintf(stderr, "xlsx_loop: %s: %s\n", what, why);
    exit(2);
}

static void check(lxw_error error)
{
    if (error != LXW_NO_ERROR)
        die("libxlsxwriter", lxw_strerror(error));
}

static void open_book(struct book *book, const char *path, char *scratch)
{
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE, .tmpdir = scratch};

    book->workbook = workbook_new_opt(path, &options);
    for (size_t i = 0; i < STYLES; i++) {
        book->formats[i] = workbook_add_format(book->workbook);
        format_set_num_format(book->formats[i], "@");
    }
    format_set_bold(book->formats[STYLE_HEADER]);
    format_set_text_wrap(book->formats[STYLE_WRAPPED]);
    format_set_num_format(book->formats[STYLE_COUNT], "0");
    format_set_num_format(book->formats[STYLE_TIME], "yyyy-mm-dd hh:mm:ss");
}

static struct table open_table(struct book *book, const char *path)
{
    struct table table = {.sheet = workbook_add_worksheet(book->workbook, NULL)};
    struct stat status;
    int file = open(path, O_RDONLY);

    if (table.sheet == NULL || file < 0 || fstat(file, &status) != 0 || status.st_size == 0)
        die(path, errno != 0 ? strerror(errno) : "it is empty");
    table.at = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    if (table.at == MAP_FAILED)
        die(path, strerror(errno));
    table.end = table.at + status.st_size;
    close(file);
    return table;
}

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names != NULL && strcmp(name, *names) != 0)
        names++;
    return *names != NULL;
}

/* The style of a column, by its title, as in the reports. */
static enum style style_of(struct table *table, const char *title)
{
    static const char *const times[] = {"due",      "uploaded",      "created",   "issued",
                                        "imported", "not_before",    "not_after", "as_of",
                                        "cutoff",   "failing_since", NULL};
    static const char *const counts[] = {"evidence_document",
                                         "evidence_line",
                                         "tested",
                                         "passing",
                                         "failing",
                                         "unknown",
                                         "waived",
                                         "not_applicable",
                                         "lists",
                                         "listed",
                                         "described",
                                         "not_described",
                                         "not_listed",
                                         "assessed",
                                         "truncated",
                                         "bytes",
                                         "documents",
                                         "certificates",
                                         "line",
                                         "column",
                                         NULL};

    table->technical |= strcmp(title, "remediation") == 0;
    if (is_one_of(title, times))
        return STYLE_TIME;
    if (is_one_of(title, counts))
        return STYLE_COUNT;
    return table->technical ? STYLE_PLAIN : STYLE_WRAPPED;
}

/* The next field, ended with a NUL. Moves past its comma or line end. A guarded field loses
 * its apostrophe. */
static char *next_field(struct table *table, bool *last)
{
    char *field = table->at + 1, *from = field, *to = field;

    for (;;) {
        char *quote = memchr(from, '"', (size_t)(table->end - from));

        if (quote == NULL || quote + 1 == table->end)
            die("a table", "it is none of certaudit's");
        if (to != from)
            memmove(to, from, (size_t)(quote - from));
        to += quote - from;
        from = quote + 1;
        if (*from != '"')
            break;
        *to++ = *from++;
    }
    *to = '\0';
    *last = *from == '\r';
    table->at = from + (*last ? 2 : 1);
    return *field == '\'' ? field + 1 : field;
}

static int64_t digits(const char *text, int count)
{
    int64_t number = 0;

    while (count-- > 0)
        number = number * 10 + (*text++ - '0');
    return number;
}

/* `2014-03-31T23:59:59Z` in seconds since 1970. */
static int64_t seconds_of(const char *text)
{
    /* Years begin on 1 March here, so that the leap day is the last. */
    int64_t month = (digits(text + 5, 2) + 9) % 12, year = digits(text, 4) - (month >= 10);
    int64_t days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
                   digits(text + 8, 2) - 1 - 719468;

    return ((days * 24 + digits(text + 11, 2)) * 60 + digits(text + 14, 2)) * 60 +
           digits(text + 17, 2);
}

static void write_cell(const struct book *book, const struct table *table, const char *text)
{
    enum style style = table->row == 0 ? STYLE_HEADER : table->styles[table->column];
    bool typed = (style == STYLE_TIME && strlen(text) == TIME_LENGTH) ||
                 (style == STYLE_COUNT && *text >= '0' && *text <= '9');
    lxw_format *format = book->formats[typed || style < STYLE_COUNT ? style : STYLE_WRAPPED];

    if (*text == '\0')
        return;
    if (!typed)
        check(worksheet_write_string(table->sheet, table->row, table->column, text, format));
    else if (style == STYLE_TIME)
        check(worksheet_write_unixtime(table->sheet, table->row, table->column, seconds_of(text),
                                       format));
    else
        check(worksheet_write_number(table->sheet, table->row, table->column, strtod(text, NULL),
                                     format));
}

static void write_table(struct book *book, const char *path)
{
    struct table table = open_table(book, path);

    while (table.at < table.end) {
        bool last = false;
        const char *field = next_field(&table, &last);

        if (table.row == 0 && table.column == COLUMNS_MOST)
            die(path, "too many columns");
        if (table.row == 0)
            table.styles[table.column] = style_of(&table, field);
        write_cell(book, &table, field);
        table.column++;
        if (last) {
            table.row++;
            table.column = 0;
        }
    }
}

int main(int argc, char **argv)
{
    struct book book;

    if (argc < 4)
        die("usage", "xlsx_loop BOOK SCRATCH TABLE.csv...");
    open_book(&book, argv[1], argv[2]);
    for (int i = 3; i < argc; i++)
        write_table(&book, argv[i]);
    check(workbook_close(book.workbook));
    return 0;
}
