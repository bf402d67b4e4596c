/*
 * faults.c: the library faults.so, see faults.h. Each function does what the C library's function
 * of that name does, unless the plan says otherwise. If reads, writes or closes count, streams are
 * made with fopencookie, because stdio's own calls of the system cannot be replaced.
 */
#define _GNU_SOURCE
#include "fault_injection/faults.h"
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SECONDS = 60 };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

/* The plan before it is read: no fault. */
static struct faults none = {.at = UINT_MAX}, *plan = &none;

/* Whether this thread makes the call of the plan: others may make later ones at the same time. */
static _Thread_local bool is_planned __attribute__((tls_model("initial-exec")));

/* To the first thread, because the other threads have blocked all signals. */
static void send_signal(void)
{
    (void)syscall(SYS_tgkill, getpid(), getpid(), plan->number);
}

/* Counts a call. Returns whether it must fail, and then sets errno. */
static bool fails(enum faults_call call)
{
    unsigned count = __atomic_add_fetch(&plan->counts[call], 1, __ATOMIC_SEQ_CST);
    if (plan->call != call)
        return false;
    is_planned = count == plan->at;
    if (count < plan->at)
        return false;
    if (plan->action == FAULTS_RAISE && count == plan->at)
        send_signal();
    bool now = (plan->action == FAULTS_FAIL && count == plan->at) ||
               (plan->action == FAULTS_FAIL_ON) || (plan->action == FAULTS_CUT && count > plan->at);
    if (now)
        errno = plan->number;
    return now;
}

/* Called after a call. */
static void done(enum faults_call call)
{
    int number = errno;
    if (plan->call == call && plan->action == FAULTS_RAISE_AFTER && is_planned)
        send_signal();
    errno = number;
}

/* The number of bytes to read or write: half of them, if this call is cut short. */
static size_t part(enum faults_call call, size_t count)
{
    bool cut = plan->call == call && plan->action == FAULTS_CUT && is_planned;
    return cut && count > 1 ? count / 2 : count;
}

/* The C library's function of that name. */
#define REAL(name)                                                                                 \
    __extension__({                                                                                \
        static __typeof__(&name) real;                                                             \
        if (real == NULL)                                                                          \
            real = (__typeof__(&name))dlsym(RTLD_NEXT, #name);                                     \
        real;                                                                                      \
    })

/* Defines a function that returns `failed` if it must fail. */
#define TAKE(call, type, failed, name, parameters, arguments)                                      \
    type name parameters                                                                           \
    {                                                                                              \
        if (fails(call))                                                                           \
            return failed;                                                                         \
        type result = REAL(name) arguments;                                                        \
        done(call);                                                                                \
        return result;                                                                             \
    }

TAKE(FAULTS_STAT, int, -1, stat, (const char *path, struct stat *to), (path, to))
TAKE(FAULTS_STAT, int, -1, lstat, (const char *path, struct stat *to), (path, to))
TAKE(FAULTS_STAT, int, -1, fstat, (int file, struct stat *to), (file, to))
TAKE(FAULTS_LIST, DIR *, NULL, opendir, (const char *path), (path))
TAKE(FAULTS_LIST, struct dirent *, NULL, readdir, (DIR * folder), (folder))
TAKE(FAULTS_SYNC, int, -1, fsync, (int file), (file))
TAKE(FAULTS_MODE, int, -1, fchmod, (int file, mode_t mode), (file, mode))
TAKE(FAULTS_LINK, int, -1, linkat, (int from, const char *old, int to, const char *new, int flags),
     (from, old, to, new, flags))
TAKE(FAULTS_RENAME, int, -1, rename, (const char *old, const char *new), (old, new))
TAKE(FAULTS_REMOVE, int, -1, unlink, (const char *path), (path))
TAKE(FAULTS_REMOVE, int, -1, rmdir, (const char *path), (path))
TAKE(FAULTS_CREATE, int, -1, mkstemp, (char *pattern), (pattern))
TAKE(FAULTS_CREATE, char *, NULL, mkdtemp, (char *pattern), (pattern))

void *__libc_malloc(size_t size)
{
    void *block = fails(FAULTS_MEMORY) ? NULL : REAL(__libc_malloc)(size);
    done(FAULTS_MEMORY);
    return block;
}

void *__libc_calloc(size_t count, size_t size)
{
    void *block = fails(FAULTS_MEMORY) ? NULL : REAL(__libc_calloc)(count, size);
    done(FAULTS_MEMORY);
    return block;
}

void *__libc_realloc(void *block, size_t size)
{
    block = fails(FAULTS_GROWTH) ? NULL : REAL(__libc_realloc)(block, size);
    done(FAULTS_GROWTH);
    return block;
}

ssize_t read(int file, void *to, size_t count)
{
    ssize_t got = fails(FAULTS_READ) ? -1 : REAL(read)(file, to, part(FAULTS_READ, count));
    done(FAULTS_READ);
    return got;
}

/* A close that fails still closes the descriptor. */
int close(int file)
{
    bool fail = fails(FAULTS_CLOSE);
    int number = errno, result = REAL(close)(file);
    done(FAULTS_CLOSE);
    if (!fail)
        return result;
    errno = number;
    return -1;
}

static int open_as(const char *path, int flags, mode_t mode)
{
    enum faults_call call = (flags & O_CREAT) != 0 ? FAULTS_CREATE : FAULTS_OPEN;
    int file = fails(call) ? -1 : openat(AT_FDCWD, path, flags, mode);
    done(call);
    return file;
}

static mode_t mode_of(int flags, va_list arguments)
{
    return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_as(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_as(path, flags, mode);
}

/* Streams. */

static ssize_t cookie_read(void *cookie, char *to, size_t count)
{
    return read(*(int *)cookie, to, count);
}

/* Writes all bytes, as the system may write fewer, and stdio takes that for an error. */
static ssize_t cookie_write(void *cookie, const char *bytes, size_t count)
{
    size_t written = 0;
    while (written < count) {
        if (fails(FAULTS_WRITE))
            break;
        ssize_t got = write(*(int *)cookie, bytes + written, part(FAULTS_WRITE, count - written));
        done(FAULTS_WRITE);
        if (got <= 0)
            break;
        written += (size_t)got;
    }
    return (ssize_t)written;
}

static int cookie_seek(void *cookie, off64_t *offset, int whence)
{
    off64_t position = lseek64(*(int *)cookie, *offset, whence);
    if (position < 0)
        return -1;
    *offset = position;
    return 0;
}

static int cookie_close(void *cookie)
{
    int file = *(int *)cookie;
    free(cookie);
    return close(file);
}

static FILE *make_stream(int file, const char *mode)
{
    static const cookie_io_functions_t functions = {cookie_read, cookie_write, cookie_seek,
                                                    cookie_close};
    int *cookie = malloc(sizeof *cookie);
    if (cookie == NULL)
        return NULL;
    *cookie = file;
    return fopencookie(cookie, mode, functions);
}

static bool streams_count(void)
{
    return plan->call == FAULTS_READ || plan->call == FAULTS_WRITE || plan->call == FAULTS_CLOSE;
}

static FILE *open_stream(const char *path, const char *mode)
{
    int flags = *mode == 'r'   ? (strchr(mode, '+') != NULL ? O_RDWR : O_RDONLY)
                : *mode == 'w' ? O_RDWR | O_CREAT | O_TRUNC
                               : O_RDWR | O_CREAT | O_APPEND;
    int file = open_as(path, flags, 0666);
    return file < 0 ? NULL : streams_count() ? make_stream(file, mode) : REAL(fdopen)(file, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    return open_stream(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    return open_stream(path, mode);
}

FILE *fdopen(int file, const char *mode)
{
    return streams_count() ? make_stream(file, mode) : REAL(fdopen)(file, mode);
}

/* Before main, because the sandbox of the program refuses other files later. */
__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAULTS");
    int file = path != NULL ? openat(AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    void *map = file < 0 ? MAP_FAILED
                         : mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (map == MAP_FAILED)
        _exit(127);
    REAL(close)(file);
    plan = map;
    if (streams_count())
        stdout = make_stream(STDOUT_FILENO, "w");
    memset(plan->counts, 0, sizeof plan->counts);
    alarm(SECONDS);
}
