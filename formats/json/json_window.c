/* json_window.c: see json_window.h. */
#include "json/json_window.h"
#include "base/file.h"
#include "base/memory.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Adds the NULs that loops stop at. */
static void add_slack(struct json_window *window)
{
    memset(window->bytes + window->end, 0, WINDOW_SLACK);
}

/* Makes room for count more bytes, first by dropping those before start. */
static void reserve(struct json_window *window, size_t count)
{
    size_t needed = window->end + count + WINDOW_SLACK;

    if (needed > window->room && window->start > 0) {
        memmove(window->bytes, window->bytes + window->start, window->end - window->start);
        window->next -= window->start;
        window->end -= window->start;
        needed -= window->start;
        window->start = 0;
    }
    if (needed > window->room)
        window->bytes = memory_grow(window->bytes, &window->room, needed, 1);
}

/* Decodes count bytes of raw and adds them at the end. */
static void decode(struct json_window *window, size_t count)
{
    reserve(window, UTF16_ROOM(count));
    window->end += utf16_decode(&window->utf16, window->raw, count, window->bytes + window->end);
}

/* Why there are no more bytes. */
static enum json_window_state last_state(struct json_window *window)
{
    if (file_error(window->file) != 0)
        return WINDOW_UNREADABLE;
    if (window->wide) {
        utf16_end(&window->utf16);
        if (window->utf16.state != UTF16_GOOD)
            return window->utf16.state == UTF16_ODD ? WINDOW_ODD : WINDOW_LONE_SURROGATE;
    }
    return WINDOW_ENDED;
}

bool json_window_more(struct json_window *window)
{
    size_t before = window->end - window->start;
    size_t got = 1;

    if (window->state != WINDOW_OPEN)
        return false;
    /* One read of UTF-16 may not complete a character. */
    while (got > 0 && window->end - window->start == before) {
        if (!window->wide) {
            reserve(window, FILE_WINDOW);
            got = file_read(window->file, window->bytes + window->end, FILE_WINDOW);
            window->end += got;
        } else if (window->utf16.state == UTF16_GOOD) {
            got = file_read(window->file, window->raw, FILE_WINDOW);
            decode(window, got);
        } else {
            got = 0;
        }
    }
    add_slack(window);
    if (got == 0) {
        window->state = last_state(window);
        return false;
    }
    return true;
}

void json_window_open(struct json_window *window, struct file *file)
{
    unsigned char *bytes;
    size_t rest;

    *window = (struct json_window){.file = file,
                                   .bytes = window->bytes,
                                   .room = window->room,
                                   .line = 1,
                                   .column = 1,
                                   .raw = window->raw};
    reserve(window, 4 * FILE_WINDOW);
    add_slack(window);
    if (!json_window_more(window))
        return;
    bytes = window->bytes;
    if (window->end >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        window->start = window->next = 3;
    } else if (window->end >= 2 &&
               (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        window->wide = true;
        window->utf16 = UTF16_START(bytes[0] == 0xFE);
        window->raw = memory_resize(window->raw, FILE_WINDOW, 1);
        rest = window->end - 2;
        memcpy(window->raw, bytes + 2, rest);
        window->end = 0;
        decode(window, rest);
        add_slack(window);
    }
}

void json_window_free(struct json_window *window)
{
    free(window->bytes);
    free(window->raw);
}

/* The number of code points that begin in the bytes: all bytes but those of the form 10xxxxxx. */
static size_t code_points(const unsigned char *begin, const unsigned char *end)
{
    const uint64_t ones = 0x0101010101010101U;
    size_t found = (size_t)(end - begin);
    uint64_t word;

    for (; end - begin >= 8; begin += 8) {
        memcpy(&word, begin, sizeof word);
        /* A one for each byte of that form; the product's highest byte is their sum. */
        word = (word >> 7) & (~word >> 6) & ones;
        found -= (size_t)((word * ones) >> 56);
    }
    for (; begin < end; begin++)
        found -= (*begin & 0xC0) == 0x80;
    return found;
}

/* Moves line and column over the bytes: lines end at LF. */
static void pass(const unsigned char *begin, const unsigned char *end, size_t *line, size_t *column)
{
    const unsigned char *feed;

    while (begin < end && (feed = memchr(begin, '\n', (size_t)(end - begin))) != NULL) {
        *line += 1;
        *column = 1;
        begin = feed + 1;
    }
    *column += code_points(begin, end);
}

void json_window_advance(struct json_window *window)
{
    pass(window->bytes + window->start, window->bytes + window->next, &window->line,
         &window->column);
    window->start = window->next;
}

void json_window_locate(const struct json_window *window, size_t offset, size_t *line,
                        size_t *column)
{
    const unsigned char *begin = window->bytes + window->start;

    *line = window->line;
    *column = window->column;
    pass(begin, begin + offset, line, column);
}
