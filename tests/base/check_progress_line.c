/* check_progress_line.c: what the line of progress says, for every width and amount. */
#include "base/check_progress.h"
#include "base/progress.h"
#include "base/text.h"
#include "support/harness.h"
#include <string.h>

static const struct {
    size_t width;
    uint64_t done, total;
    double seconds;
    const char *line;
} lines[] = {
    /* widths */
    {0, 812 * MIB, 2900 * MIB, 1.25, ""},
    {1, 812 * MIB, 2900 * MIB, 1.25, ""},
    {11, 812 * MIB, 2900 * MIB, 1.25, ""},
    {12, 812 * MIB, 2900 * MIB, 1.25, "  812 MiB"},
    {20, 812 * MIB, 2900 * MIB, 1.25, "  812 MiB"},
    {23, 812 * MIB, 2900 * MIB, 1.25, "  812 MiB of 2.8 GiB"},
    {36, 812 * MIB, 2900 * MIB, 1.25, "  812 MiB of 2.8 GiB  4 s left"},
    {40, 812 * MIB, 2900 * MIB, 1.25, "  812 MiB of 2.8 GiB  4 s left"},
    {58, 812 * MIB, 2900 * MIB, 1.25, "  812 MiB of 2.8 GiB  649 MiB/s  4 s left"},
    {60, 812 * MIB, 2900 * MIB, 1.25, "  [##.......]  812 MiB of 2.8 GiB  649 MiB/s  4 s left"},
    {80, 812 * MIB, 2900 * MIB, 1.25,
     "  reading  [#####...............]  812 MiB of 2.8 GiB  649 MiB/s  4 s left"},
    {100, 812 * MIB, 2900 * MIB, 1.25,
     "  reading  [###########.............................]"
     "  812 MiB of 2.8 GiB  649 MiB/s  4 s left"},
    {200, 812 * MIB, 2900 * MIB, 1.25,
     "  reading  [###########.............................]"
     "  812 MiB of 2.8 GiB  649 MiB/s  4 s left"},
    /* no end is known */
    {80, 812 * MIB, PROGRESS_UNKNOWN, 1.25, "  reading  812 MiB  649 MiB/s"},
    {80, 812 * MIB, 0, 1.25, "  reading  812 MiB  649 MiB/s"},
    {31, 812 * MIB, PROGRESS_UNKNOWN, 1.25, "  812 MiB  649 MiB/s"},
    {20, 812 * MIB, PROGRESS_UNKNOWN, 1.25, "  812 MiB"},
    /* nothing is done */
    {80, 0, PROGRESS_UNKNOWN, 1.99, "  reading  1 s"},
    {80, 0, 0, 100, "  reading  1 min"},
    {80, 0, 0, 1e300, "  reading"},
    {19, 0, 0, 1, "  reading"},
    {11, 0, 0, 1, ""},
    {80, 0, 2900 * MIB, 1, "  reading  [....................]      0 B of 2.8 GiB      0 B/s"},
    {80, 0, 2900 * MIB, 0, "  reading  [....................]      0 B of 2.8 GiB      0 B/s"},
    /* amounts are rounded down */
    {80, 999, 1000, 1,
     "  reading  [###################.]    999 B of 0.9 KiB    999 B/s  1 s left"},
    {80, 10 * KIB - 1, 10 * KIB, 1,
     "  reading  [###################.]  9.9 KiB of 10 KiB  9.9 KiB/s  1 s left"},
    {80, 10 * GIB, 999 * GIB, 1,
     "  reading  [....................]   10 GiB of 999 GiB   10 GiB/s  99 s left"},
    /* what is left is rounded up */
    {80, 100, 200, 0.25,
     "  reading  [##########..........]    100 B of 200 B    400 B/s  1 s left"},
    {80, 200, 200, 0.25,
     "  reading  [####################]    200 B of 200 B    800 B/s  0 s left"},
    {80, 100, 200, 99, "  reading  [##########..........]    100 B of 200 B      1 B/s  99 s left"},
    {80, 100, 200, 99.5,
     "  reading  [##########..........]    100 B of 200 B      1 B/s  2 min left"},
    {80, 100, 200, 5940,
     "  reading  [##########..........]    100 B of 200 B      0 B/s  99 min left"},
    {80, 100, 200, 5941,
     "  reading  [##########..........]    100 B of 200 B      0 B/s  2 h left"},
    {80, 100, 200, 8e6,
     "  reading  [##########..........]    100 B of 200 B      0 B/s  93 d left"},
    {80, 100, 200, 9e6, "  reading  [##########..........]    100 B of 200 B      0 B/s"},
    /* a file has grown, and numbers at their ends */
    {80, 3 * GIB, 2 * GIB, 10,
     "  reading  [####################]  3.0 GiB of 3.0 GiB  307 MiB/s  0 s left"},
    {80, UINT64_MAX, UINT64_MAX - 1, 0,
     "  reading  [####################]   15 EiB of 15 EiB      0 B/s"},
    {80, UINT64_MAX, UINT64_MAX, 1e-300, "  reading   15 EiB  7.9 EiB/s"},
    {80, 1, UINT64_MAX - 1, 1e300,
     "  reading  [....................]      1 B of 15 EiB      0 B/s"},
};

START_TEST(line_is)
{
    struct progress_state state = {"reading", lines[_i].done, lines[_i].total, lines[_i].seconds};
    struct text text = TEXT_EMPTY;
    progress_add_line(&text, &state, lines[_i].width);
    ck_assert_str_eq(text_string(&text), lines[_i].line);
    text_free(&text);
}
END_TEST

static const uint64_t amounts[] = {0,   1,        999,       1000,           10 * KIB - 1,
                                   MIB, 99 * GIB, 999 * GIB, UINT64_MAX - 1, UINT64_MAX};
static const double times[] = {0, 1e-9, 0.5, 1, 90, 5000, 1e5, 1e7, 1e18};

/* Where the bar ends; 0 where there is none. */
static size_t bar_end(const char *line)
{
    const char *end = strchr(line, ']');
    return end == NULL ? 0 : (size_t)(end - line);
}

static bool is_ascii(const char *line)
{
    while (*line >= ' ' && *line <= '~')
        line++;
    return *line == '\0';
}

/* Whatever the numbers: it is ASCII, it fits, and the bar stays where it is. */
START_TEST(line_fits_and_stays)
{
    size_t width = (size_t)_i, most = width < 3 ? 0 : width - 3;
    struct text text = TEXT_EMPTY;
    for (int i = 0; i < COUNT(amounts); i++) {
        struct progress_state state = {"reading", 0, amounts[i], 0};
        text_clear(&text);
        progress_add_line(&text, &state, width);
        size_t end = bar_end(text_string(&text));
        for (int j = 0; j < COUNT(amounts) * COUNT(times); j++) {
            state.done = amounts[j / COUNT(times)];
            state.seconds = times[j % COUNT(times)];
            text_clear(&text);
            progress_add_line(&text, &state, width);
            const char *line = text_string(&text);
            HARNESS_REQUIRE(text.length <= most && is_ascii(line) && bar_end(line) == end,
                            "%zu columns: %s", width, line);
        }
    }
    text_free(&text);
}
END_TEST

TCase *progress_line_case(void)
{
    TCase *tcase = tcase_create("line");
    tcase_set_timeout(tcase, HARNESS_SECONDS);
    tcase_add_loop_test(tcase, line_is, 0, COUNT(lines));
    tcase_add_loop_test(tcase, line_fits_and_stays, 0, 110);
    return tcase;
}
