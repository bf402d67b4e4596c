/* print.c: see print.h. */
#include "bench/print.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define HOUR INT64_C(3600)
#define DAY INT64_C(86400)

_Noreturn void print_die(const char *what, const char *which)
{
    fprintf(stderr, "generate: %s %s: %s\n", what, which, strerror(errno));
    exit(2);
}

void print_flush(struct print *print)
{
    if (fwrite(print->bytes, 1, print->used, print->file) != print->used)
        print_die("cannot write", "the documents");
    print->used = 0;
}

void print_bytes(struct print *print, const char *bytes, size_t size)
{
    if (size > sizeof print->bytes - print->used)
        print_flush(print);
    memcpy(print->bytes + print->used, bytes, size);
    print->used += size;
}

void print_text(struct print *print, const char *text)
{
    print_bytes(print, text, strlen(text));
}

/* Begins the next line in the innermost object or list. */
static void start_line(struct print *print)
{
    static const char line[] = "\n                                        ";

    if (!print->lines)
        print_bytes(print, line, 1 + 4 * (size_t)print->depth);
}

void print_item(struct print *print)
{
    if (!print->first)
        print_bytes(print, ",", 1);
    start_line(print);
    print->first = false;
}

void print_name(struct print *print, const char *name)
{
    print_item(print);
    print_bytes(print, "\"", 1);
    print_text(print, name);
    print_text(print, print->lines ? "\":" : "\": ");
}

void print_enter(struct print *print, const char *bracket)
{
    print_bytes(print, bracket, 1);
    print->depth++;
    print->first = true;
}

void print_leave(struct print *print, const char *bracket)
{
    print->depth--;
    if (!print->first)
        start_line(print);
    print_bytes(print, bracket, 1);
    print->first = false;
}

void print_quoted(struct print *print, const char *text)
{
    print_bytes(print, "\"", 1);
    print_text(print, text);
    print_bytes(print, "\"", 1);
}

void print_member(struct print *print, const char *name, const char *value)
{
    print_name(print, name);
    print_quoted(print, value);
}

static void fill_digits(char *text, int count, int64_t number)
{
    for (; count > 0; number /= 10)
        text[--count] = (char)('0' + number % 10);
}

void print_time(struct print *print, const char *name, int64_t seconds, int milliseconds, int zone)
{
    char text[] = "\"2026-11-20T00:00:00.000000+00:00\"";
    int64_t local = seconds + zone * HOUR, day = local / DAY + 719468;
    /* The day of a year that begins on 1 March, so that the leap day is the last. */
    int64_t era = day / 146097, of_era = day % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;

    fill_digits(text + 1, 4, era * 400 + year + (month >= 10));
    fill_digits(text + 6, 2, month < 10 ? month + 3 : month - 9);
    fill_digits(text + 9, 2, of_year - (153 * month + 2) / 5 + 1);
    fill_digits(text + 12, 2, local % DAY / HOUR);
    fill_digits(text + 15, 2, local % HOUR / 60);
    fill_digits(text + 18, 2, local % 60);
    fill_digits(text + 21, 3, milliseconds);
    fill_digits(text + 28, 2, zone);
    print_name(print, name);
    print_bytes(print, text, milliseconds > 0 ? 27 : 20);
    print_bytes(print, text + 27, 7);
}
