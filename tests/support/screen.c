/* screen.c: see screen.h. */
#define _XOPEN_SOURCE 700 /* pseudo-terminals */
#include "support/screen.h"
#include "base/text.h"
#include "support/harness.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int screen_open(unsigned short columns, const char **name)
{
    struct winsize size = {.ws_row = 25, .ws_col = columns};
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    HARNESS_REQUIRE(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0,
                    "no terminal");
    HARNESS_REQUIRE(ioctl(terminal, TIOCSWINSZ, &size) == 0, "no size");
    *name = harness_format("%s", ptsname(terminal));
    return terminal;
}

bool screen_take(int terminal, const char **seen)
{
    char bytes[512];
    ssize_t count = read(terminal, bytes, sizeof bytes);
    HARNESS_REQUIRE(count > 0 || errno == EIO, "terminal: %s", strerror(errno));
    if (count > 0)
        *seen = harness_format("%s%.*s", *seen, (int)count, bytes);
    return count > 0;
}

/* The length of a control sequence, which ends with a letter. */
static size_t sequence(const char *bytes, size_t length)
{
    size_t count = 1;
    while (count < length && (bytes[count] == '[' || (bytes[count] >= '0' && bytes[count] <= ';')))
        count++;
    return count < length ? count + 1 : count;
}

const char *screen_shown(const char *bytes, size_t length)
{
    struct text shown = TEXT_EMPTY;
    size_t line = 0, at = 0; /* the start of the line, and the cursor, in shown */
    text_add(&shown, "");
    for (size_t i = 0, count; i < length; i += count) {
        count = bytes[i] == '\033' ? sequence(bytes + i, length - i) : 1;
        if (bytes[i] == '\033' && bytes[i + count - 1] == 'K')
            shown.bytes[shown.length = at] = '\0';
        else if (bytes[i] == '\r')
            at = line;
        else if (bytes[i] == '\n') {
            text_add(&shown, "\n");
            at = line = shown.length;
        } else if (bytes[i] != '\033' && at == shown.length) {
            text_add_bytes(&shown, &bytes[i], 1);
            at++;
        } else if (bytes[i] != '\033')
            shown.bytes[at++] = bytes[i];
    }
    return harness_keep(shown.bytes);
}
