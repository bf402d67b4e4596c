/* harness.c: see harness.h. */
#include "support/harness.h"
#include "base/memory.h"
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534, CANNOT_EXECUTE = 127, ROW_MAX = 200, MESSAGE_MAX = 4000 };

/* Reachable until the process ends, so that the leak checker reports none of these. */
static void **kept;
static size_t kept_count, kept_room;

static const char *checkout, *program, *root;
static const char *row; /* of the table test that runs, or NULL */
static bool testing;

void *harness_keep(void *block)
{
    kept = memory_grow(kept, &kept_room, kept_count + 1, sizeof *kept);
    kept[kept_count++] = block;
    return block;
}

__attribute__((format(printf, 1, 0))) static char *format_text(const char *format,
                                                               va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    assert(length >= 0);
    char *text = harness_keep(memory_resize(NULL, (size_t)length + 1, 1));
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

const char *harness_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *text = format_text(format, arguments);
    va_end(arguments);
    return text;
}

void harness_testing(bool begin)
{
    testing = begin;
}

const char *harness_row(const char *name)
{
    return row = name;
}

void harness_row_end(const char *const *name)
{
    (void)name;
    row = NULL;
}

/*
 * Check's function for a failed assertion, and what the linker puts in its place (--wrap): here the
 * message gets the name of the row, and is cut, because Check ends a test whose message is longer
 * than its buffer.
 */
_Noreturn void __real__ck_assert_failed(const char *file, int line, const char *expression,
                                        const char *format, ...);
_Noreturn void __wrap__ck_assert_failed(const char *file, int line, const char *expression,
                                        const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void __wrap__ck_assert_failed(const char *file, int line, const char *expression,
                              const char *format, ...)
{
    const char *message = expression, *prefix = "";
    if (format != NULL) {
        va_list arguments;
        va_start(arguments, format);
        message = format_text(format, arguments);
        va_end(arguments);
    }
    if (row != NULL)
        prefix = harness_format("row %.*s: ", (int)strcspn(row, "\n"), row);
    row = NULL;
    if (!testing) {
        fprintf(stderr, "check: %s\n", message);
        exit(2);
    }
    __real__ck_assert_failed(file, line, expression, "%.*s%.*s%s", ROW_MAX, prefix, MESSAGE_MAX,
                             message, strlen(message) > MESSAGE_MAX ? "\n..." : "");
}

bool harness_full(void)
{
    const char *full = getenv("CHECK_ALL");
    return full != NULL && strcmp(full, "1") == 0;
}

void harness_note_sample(const char *sweep, size_t run, size_t total)
{
    if (run < total)
        printf(HARNESS_SAMPLE "%s: %zu of %zu\n", sweep, run, total);
    fflush(stdout);
}

void harness_note_skip(const char *what)
{
    printf(HARNESS_SKIP "%s\n", what);
    fflush(stdout);
}

void harness_begin(void)
{
    static char folder[4096];
    /* A shell makes its background jobs ignore these signals; the children must not. */
    HARNESS_REQUIRE(signal(SIGINT, SIG_DFL) != SIG_ERR && signal(SIGQUIT, SIG_DFL) != SIG_ERR,
                    "signal: %s", strerror(errno));
    if (getcwd(folder, sizeof folder) == NULL)
        HARNESS_FAIL("working folder: %s", strerror(errno));
    checkout = folder;
    const char *given = getenv("CERTAUDIT");
    program = harness_source(given == NULL ? "build/certaudit" : given);
    if (access(program, X_OK) != 0)
        HARNESS_FAIL("%s: %s", program, strerror(errno));
    const char *base = getenv("TMPDIR");
    char *made =
        harness_keep(strdup(harness_format("%s/certaudit-check.XXXXXX", base ? base : "/tmp")));
    if (mkdtemp(made) == NULL || chmod(made, 0755) != 0)
        HARNESS_FAIL("%s: %s", made, strerror(errno));
    root = made;
}

void harness_end(void)
{
    harness_tool("chmod", (const char *const[]){"-R", "u+rwx", root, NULL});
    harness_tool("rm", (const char *const[]){"-rf", root, NULL});
}

const char *harness_program(void)
{
    return program;
}

const char *harness_source(const char *path)
{
    return *path == '/' ? path : harness_format("%s/%s", checkout, path);
}

const char *harness_built(const char *path)
{
    char runner[4096];
    ssize_t length = readlink("/proc/self/exe", runner, sizeof runner);
    HARNESS_REQUIRE(length > 0 && (size_t)length < sizeof runner, "/proc/self/exe: no such link");
    while (length > 0 && runner[length - 1] != '/')
        length--;
    return harness_format("%.*s%s", (int)length, runner, path);
}

const char *harness_folder(void)
{
    char *made = harness_keep(strdup(harness_format("%s/XXXXXX", root)));
    HARNESS_REQUIRE(mkdtemp(made) != NULL, "%s: %s", made, strerror(errno));
    HARNESS_REQUIRE(chmod(made, 0755) == 0, "%s: %s", made, strerror(errno));
    return made;
}

static void redirect(const char *path, int flags, int to)
{
    int file = open(path, flags, 0644);
    if (file < 0 || dup2(file, to) < 0)
        _exit(CANNOT_EXECUTE);
    close(file);
}

static void limit_files(size_t bytes)
{
    struct rlimit limit = {bytes, bytes};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || sigaction(SIGXFSZ, &ignore, NULL) != 0)
        _exit(CANNOT_EXECUTE);
}

static void become_nobody(void)
{
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        _exit(CANNOT_EXECUTE);
}

/* In the child: becomes the program. The alarm survives exec and ends a program that hangs. */
static _Noreturn void execute(const struct harness_run *run, char *const *arguments)
{
    redirect(run->input == NULL ? "/dev/null" : run->input, O_RDONLY, STDIN_FILENO);
    if (run->output != NULL)
        redirect(run->output, O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    if (chdir(run->folder == NULL ? checkout : run->folder) != 0)
        _exit(CANNOT_EXECUTE);
    for (const char *const *at = run->environment; at != NULL && *at != NULL; at++) {
        const char *value = strchr(*at, '=') + 1;
        setenv(harness_format("%.*s", (int)(value - *at) - 1, *at), value, 1);
    }
    if (run->file_limit != 0)
        limit_files(run->file_limit);
    if (run->unprivileged)
        become_nobody();
    alarm(run->seconds == 0 ? HARNESS_SECONDS : run->seconds);
    execvp(arguments[0], arguments);
    _exit(CANNOT_EXECUTE);
}

static const char *read_stream(FILE *stream, size_t *length)
{
    char *bytes = NULL;
    size_t room = 0, count = 0, got;
    do {
        bytes = memory_grow(bytes, &room, count + BUFSIZ + 1, 1);
        got = fread(bytes + count, 1, BUFSIZ, stream);
        count += got;
    } while (got > 0);
    HARNESS_REQUIRE(!ferror(stream), "a file: read error: %s", strerror(errno));
    bytes[count] = '\0';
    if (length != NULL)
        *length = count;
    return harness_keep(bytes);
}

static const char *captured(FILE *stream)
{
    rewind(stream);
    const char *text = read_stream(stream, NULL);
    fclose(stream);
    return text;
}

static char *const *argument_vector(const struct harness_run *run)
{
    size_t count = 0;
    while (run->arguments[count] != NULL)
        count++;
    char **vector = harness_keep(memory_resize(NULL, count + 2, sizeof *vector));
    vector[0] = harness_keep(strdup(run->program == NULL ? program : run->program));
    for (size_t i = 0; i < count; i++)
        vector[i + 1] = harness_keep(strdup(run->arguments[i]));
    vector[count + 1] = NULL;
    return vector;
}

struct harness_result harness_run(const struct harness_run *run)
{
    FILE *output = tmpfile(), *error = tmpfile();
    HARNESS_REQUIRE(output != NULL && error != NULL, "temporary file: %s", strerror(errno));
    char *const *arguments = argument_vector(run);
    fflush(NULL);
    pid_t child = fork();
    HARNESS_REQUIRE(child >= 0, "fork: %s", strerror(errno));
    if (child == 0) {
        dup2(fileno(output), STDOUT_FILENO);
        dup2(fileno(error), STDERR_FILENO);
        execute(run, arguments);
    }
    int status;
    HARNESS_REQUIRE(waitpid(child, &status, 0) == child, "waitpid: %s", strerror(errno));
    struct harness_result result = {
        .status = WIFEXITED(status) ? WEXITSTATUS(status) : HARNESS_SIGNALLED + WTERMSIG(status)};
    result.output = captured(output);
    result.error = captured(error);
    HARNESS_REQUIRE(result.status != CANNOT_EXECUTE, "%s: cannot be run", arguments[0]);
    return result;
}

const char *harness_tool(const char *tool, const char *const *arguments)
{
    struct harness_run run = {.program = tool, .arguments = arguments};
    struct harness_result result = harness_run(&run);
    HARNESS_REQUIRE(result.status == 0, "%s %s: status %d: %s%s", tool, arguments[0], result.status,
                    result.output, result.error);
    return result.output;
}

const char *harness_read(const char *path, size_t *length)
{
    FILE *stream = fopen(path, "rb");
    HARNESS_REQUIRE(stream != NULL, "%s: %s", path, strerror(errno));
    const char *bytes = read_stream(stream, length);
    fclose(stream);
    return bytes;
}

void harness_write(const char *path, const char *text)
{
    FILE *stream = fopen(path, "wb");
    HARNESS_REQUIRE(stream != NULL, "%s: %s", path, strerror(errno));
    bool written = fputs(text, stream) >= 0;
    HARNESS_REQUIRE(fclose(stream) == 0 && written, "%s: %s", path, strerror(errno));
}

bool harness_exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

bool harness_same_bytes(const char *left, const char *right)
{
    size_t left_length, right_length;
    const char *left_bytes = harness_read(left, &left_length);
    const char *right_bytes = harness_read(right, &right_length);
    return left_length == right_length && memcmp(left_bytes, right_bytes, left_length) == 0;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char *const *harness_list(const char *folder)
{
    const char **names = NULL;
    size_t count = 0, room = 0;
    DIR *stream = opendir(folder);
    HARNESS_REQUIRE(stream != NULL, "%s: %s", folder, strerror(errno));
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        names = memory_grow(names, &room, count + 2, sizeof *names);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            names[count++] = harness_format("%s", entry->d_name);
    }
    closedir(stream);
    qsort(names, count, sizeof *names, by_bytes);
    names[count] = NULL;
    return harness_keep(names);
}

const char *harness_names(const char *folder)
{
    const char *line = "";
    for (const char *const *name = harness_list(folder); *name != NULL; name++)
        line = harness_format("%s%s%s", line, *line ? " " : "", *name);
    return line;
}
