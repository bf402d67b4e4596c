/* xlsx_rows.c: see xlsx_rows.h. */
#include "xlsx/xlsx_rows.h"
#include "base/memory.h"
#include "xlsx/xlsx_proof.h"
#include "xlsx/xlsx_text.h"
#include <stdlib.h>
#include <string.h>

/* A sheet's calendar begins on 1900-01-01, and wrongly has a 29 February 1900. */
static const int64_t first_date = INT64_C(-2203891200); /* 1900-03-01T00:00:00Z */
static const int64_t last_date = INT64_C(253402300799); /* 9999-12-31T23:59:59Z */

void xlsx_rows_clear(struct xlsx_rows *rows)
{
    rows->count = 0;
    text_clear(&rows->texts);
}

void xlsx_rows_free(struct xlsx_rows *rows)
{
    free(rows->cells);
    text_free(&rows->texts);
    text_free(&rows->scratch);
}

static struct xlsx_cell *add(struct xlsx_rows *rows, size_t column, enum xlsx_kind kind,
                             int64_t value)
{
    rows->cells = memory_grow(rows->cells, &rows->room, rows->count + 1, sizeof(struct xlsx_cell));
    rows->cells[rows->count] = (struct xlsx_cell){.kind = kind, .column = column, .value = value};
    return &rows->cells[rows->count++];
}

/* How wide a byte of a text is, in quarters of the width of a digit: about as in Calibri, rounded
 * up. Each byte of a longer character counts. */
static size_t width_of(unsigned char letter)
{
    enum { SPACE = 2, NARROW = 3, DIGIT = 4, CAPITAL = 5, WIDE = 7 };

    switch (letter) {
    case ' ':
        return SPACE;
    case 'f':
    case 'i':
    case 'j':
    case 'l':
    case 'r':
    case 't':
    case 'I':
    case '.':
    case ',':
    case ':':
    case ';':
    case '\'':
    case '|':
    case '(':
    case ')':
    case '[':
    case ']':
    case '/':
    case '-':
        return NARROW;
    case 'm':
    case 'w':
    case 'M':
    case 'W':
    case '@':
    case '%':
        return WIDE;
    default:
        return letter >= 'A' && letter <= 'Z' ? CAPITAL : DIGIT;
    }
}

/* About how many lines the text takes in a column of this width, in digits. A word that is too long
 * is broken. */
static size_t lines_of(const char *text, size_t width)
{
    size_t lines = 1, used = 0, room = width * 4;

    while (*text != '\0') {
        size_t length = strcspn(text, " \n"), word = 0, space = used > 0 ? width_of(' ') : 0;

        for (size_t i = 0; i < length; i++)
            word += width_of((unsigned char)text[i]);
        if (used > 0 && used + space + word > room) {
            lines++;
            used = space = 0;
        }
        used += space + word;
        lines += used > room ? (used - 1) / room : 0;
        used = used > room ? (used - 1) % room + 1 : used;
        text += length;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text != '\0';
    }
    return lines;
}

void xlsx_rows_add_string(struct xlsx_rows *rows, size_t column, const char *string,
                          enum xlsx_style style, size_t width)
{
    if (string[0] == '\0')
        return;
    if (width > 0) {
        size_t lines = lines_of(string, width);

        rows->lines = lines > rows->lines ? lines : rows->lines;
    }
    struct xlsx_cell *cell = add(rows, column, XLSX_STRING, 0);
    cell->style = style;
    cell->text = rows->texts.length;
    xlsx_add_text(&rows->texts, string);
    cell->hash = xlsx_proof_hash(rows->texts.bytes + cell->text, &rows->scratch);
    text_add_bytes(&rows->texts, "", 1);
}

void xlsx_rows_add_count(struct xlsx_rows *rows, size_t column, size_t count)
{
    (void)add(rows, column, XLSX_NUMBER, (int64_t)count);
}

void xlsx_rows_add_time(struct xlsx_rows *rows, size_t column, const struct timestamp *time)
{
    struct text text = TEXT_EMPTY;

    if (time->seconds >= first_date && time->seconds <= last_date) {
        (void)add(rows, column, XLSX_DATE, time->seconds);
        return;
    }
    timestamp_add(time, &text);
    xlsx_rows_add_string(rows, column, text_string(&text), XLSX_PLAIN, 0);
    text_free(&text);
}

void xlsx_rows_end_row(struct xlsx_rows *rows)
{
    (void)add(rows, 0, XLSX_ROW_END, (int64_t)rows->lines);
    rows->lines = 0;
}
