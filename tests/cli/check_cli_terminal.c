/* check_cli_terminal.c: the width and the colours of output on a terminal. */
#include "support/cli.h"
#include "support/screen.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const struct {
    unsigned short columns; /* 0: unknown to the terminal */
    const char *term, *no_colour;
    size_t width;
    bool colour;
} terminals[] = {
    {50, "TERM=xterm", "NO_COLOR=", 50, true},   {120, "TERM=xterm", "NO_COLOR=", 120, true},
    {0, "TERM=xterm", "NO_COLOR=", 80, true},    {50, "TERM=dumb", "NO_COLOR=", 50, false},
    {50, "TERM=xterm", "NO_COLOR=1", 50, false},
};

/* The columns of the longest line, without colour sequences. */
static size_t widest(const char *text, bool *coloured)
{
    size_t most = 0, width = 0;
    *coloured = false;
    for (; *text != '\0'; text++)
        if (*text == '\033') {
            *coloured = true;
            text += strcspn(text, "m");
        } else if (*text == '\r' || *text == '\n')
            width = 0;
        else if (((unsigned char)*text & 0xC0) != 0x80)
            most = ++width > most ? width : most;
    return most;
}

START_TEST(width_and_colour)
{
    HARNESS_ROW("%s, %u columns", terminals[_i].term, terminals[_i].columns);
    const char *name, *folder = cli_folder(CLI_FAIL);
    const char *text = "";
    bool coloured;
    int terminal = screen_open(terminals[_i].columns, &name);
    int other = open(name, O_RDWR | O_NOCTTY); /* keeps the output when the program ends */
    struct harness_run how = {
        .folder = folder,
        .output = name,
        .environment = CLI_LIST(terminals[_i].term, terminals[_i].no_colour),
        .arguments = CLI_LIST("in.json", "--as-of", HARNESS_AS_OF),
    };
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 1);
    ck_assert_int_eq(close(other), 0);
    while (screen_take(terminal, &text))
        ;
    ck_assert_int_eq(close(terminal), 0);
    size_t width = widest(text, &coloured);
    HARNESS_REQUIRE(width <= terminals[_i].width && width > terminals[_i].width - 20,
                    "expected %zu columns or a little less, got %zu:\n%s", terminals[_i].width,
                    width, text);
    ck_assert(coloured == terminals[_i].colour);
}
END_TEST

TCase *cli_terminal_case(void)
{
    TCase *tcase = tcase_create("terminal");
    tcase_set_timeout(tcase, HARNESS_SECONDS);
    tcase_add_loop_test(tcase, width_and_colour, 0, sizeof terminals / sizeof *terminals);
    return tcase;
}
