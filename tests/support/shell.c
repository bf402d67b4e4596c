/* shell.c: see shell.h. */
#include "support/shell.h"
#include "base/memory.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char stub[] = "#!/bin/sh\nprintf '%s\\0' $# \"$@\" >> \"$RECORD\"\n";

/* The record of a run in its own folder, which must contain no other file afterwards. */
static const char *record_of(const char *lines, size_t *length, struct harness_result *result)
{
    const char *folder = harness_folder(), *bin = harness_format("%s/bin", folder);
    const char *aws = harness_format("%s/aws", bin), *record = harness_format("%s/record", folder);
    HARNESS_REQUIRE(mkdir(bin, 0755) == 0, "%s", bin);
    harness_write(aws, stub);
    HARNESS_REQUIRE(chmod(aws, 0755) == 0, "%s", aws);
    harness_write(harness_format("%s/run", folder), lines);
    harness_write(record, "");
    const char *const environment[] = {harness_format("PATH=%s:%s", bin, getenv("PATH")),
                                       harness_format("RECORD=%s", record), NULL};
    *result = harness_run(&(struct harness_run){.program = "sh",
                                                .arguments = (const char *const[]){"run", NULL},
                                                .folder = folder,
                                                .environment = environment});
    HARNESS_REQUIRE(*result->output == '\0', "unexpected output: %s", result->output);
    HARNESS_REQUIRE(strcmp(harness_names(folder), "bin record run") == 0, "unexpected files: %s",
                    harness_names(folder));
    return harness_read(record, length);
}

struct shell_calls shell_run(const char *lines)
{
    struct shell_calls calls = {NULL, 0, 0};
    struct harness_result result;
    size_t length;
    const char *at = record_of(lines, &length, &result), *end = at + length;
    HARNESS_REQUIRE(result.status == 0 && *result.error == '\0', "status %d: %s", result.status,
                    result.error);
    while (at < end) {
        size_t count = strtoul(at, NULL, 10);
        const char **arguments = harness_keep(memory_resize(NULL, count + 1, sizeof(const char *)));
        at += strlen(at) + 1;
        for (size_t i = 0; i < count; i++, at += strlen(at) + 1)
            arguments[i] = at;
        arguments[count] = NULL;
        calls.items = memory_grow(calls.items, &calls.room, calls.count + 1, sizeof *calls.items);
        calls.items[calls.count++].arguments = arguments;
    }
    if (calls.items != NULL)
        harness_keep(calls.items);
    return calls;
}

void shell_run_none(const char *lines)
{
    struct harness_result result;
    size_t length;
    (void)record_of(lines, &length, &result);
    HARNESS_REQUIRE(length == 0, "unexpected call of the AWS CLI");
}

bool shell_got(const struct shell_call *call, const char *option, const char *value)
{
    size_t length = strlen(option);
    for (const char *const *at = call->arguments; *at != NULL; at++) {
        if (strncmp(*at, option, length) != 0)
            continue;
        if ((*at)[length] == '=' && strcmp(*at + length + 1, value) == 0)
            return true;
        if ((*at)[length] == '\0' && at[1] != NULL && *at[1] != '-' && strcmp(at[1], value) == 0)
            return true;
    }
    return false;
}

bool shell_is(const struct shell_call *call, const char *const *arguments)
{
    const char *const *at = call->arguments;
    for (; *at != NULL && *arguments != NULL; at++, arguments++)
        if (strcmp(*at, *arguments) != 0)
            return false;
    return *at == NULL && *arguments == NULL;
}

const char *shell_mark(size_t number)
{
    /* By a shell function, which is faster than the stub. */
    return harness_format("printf '%%s\\0' 2 section %zu >> \"$RECORD\"\n", number);
}

static bool is_mark(const struct shell_call *call)
{
    return strcmp(call->arguments[0], "section") == 0;
}

size_t shell_section(const struct shell_calls *calls, size_t number, size_t *first)
{
    const char *const mark[] = {"section", harness_format("%zu", number), NULL};
    size_t count = 0;
    *first = 0;
    while (*first < calls->count && !shell_is(&calls->items[*first], mark))
        ++*first;
    HARNESS_REQUIRE(*first < calls->count, "section %zu: no call of the AWS CLI", number);
    ++*first;
    while (*first + count < calls->count && !is_mark(&calls->items[*first + count]))
        count++;
    return count;
}
