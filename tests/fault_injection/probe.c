/*
 * probe.c: preloaded into a program, tries what a sandbox should stop, at the program's first read
 * of a file. Prints the result of each attempt to standard error: `probe: NAME: done`, or the
 * error. PROBE_READ and PROBE_WRITE are lists of files, separated by colons. If PROBE_CALLS is set,
 * it tries every call that is always refused. The last attempt runs another program, which replaces
 * the process if it succeeds.
 */
#define _GNU_SOURCE
#include "base/sandbox_calls.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

ssize_t read(int descriptor, void *to, size_t room);

static void say(const char *name, bool done)
{
    fprintf(stderr, "probe: %s: %s\n", name, done ? "done" : strerror(errno));
}

static bool opens(const char *path, int flags)
{
    int descriptor = open(path, flags | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static void try_files(const char *variable, int flags)
{
    char *rest = getenv(variable) != NULL ? strdup(getenv(variable)) : NULL, *next = rest;
    for (char *path; (path = strsep(&next, ":")) != NULL;)
        say(path, opens(path, flags));
    free(rest);
}

static bool makes_socket(int family, int type)
{
    int descriptor = socket(family, type, 0);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static bool makes_socket_pair(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return false;
    close(pair[0]);
    close(pair[1]);
    return true;
}

static bool makes_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child;
}

/* In a child process if possible, because a traced process stops when it runs a program. */
static bool is_traced(void)
{
    int status = 0;
    pid_t child = fork();
    if (child < 0)
        return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
    if (child == 0)
        _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : 1);
    return waitpid(child, &status, 0) == child && status == 0;
}

static void *nothing(void *argument)
{
    return argument;
}

static bool makes_thread(void)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, nothing, NULL);
    errno = error;
    return error == 0 && pthread_join(thread, NULL) == 0;
}

static bool reads_memory(void)
{
    char from = 'x', to = 0;
    struct iovec source = {&from, 1}, target = {&to, 1};
    return process_vm_readv(getpid(), &target, 1, &source, 1, 0) == 1;
}

/* Every call that is always refused, with invalid arguments. Making a process and running a program
 * are tried elsewhere. */
static void try_calls(void)
{
    char name[64];
    for (size_t i = 0; i < SANDBOX_CALLS; i++) {
        int call = sandbox_calls[i];
        if (call < 0 || call == SCMP_SYS(fork) || call == SCMP_SYS(vfork))
            continue;
        long ended = syscall(call, -1L, -1L, -1L, -1L, -1L, -1L);
        snprintf(name, sizeof name, "call %d", call);
        if (ended != -1 || errno != EPERM)
            say(name, ended != -1);
    }
    fprintf(stderr, "probe: calls: tried %d\n", SANDBOX_CALLS);
}

static void try_all(void)
{
    char name[] = "echo", text[] = "probe: program: done";
    char *const arguments[] = {name, text, NULL};
    say("internet socket", makes_socket(AF_INET, SOCK_STREAM));
    say("datagram socket", makes_socket(AF_INET6, SOCK_DGRAM));
    say("local socket", makes_socket(AF_UNIX, SOCK_STREAM));
    say("socket pair", makes_socket_pair());
    say("process", makes_process());
    say("thread", makes_thread());
    say("memory", reads_memory());
    say("io_uring", syscall(SYS_io_uring_setup, 1, NULL) >= 0);
    say("trace", is_traced());
    say("typing", ioctl(STDIN_FILENO, TIOCSTI, "x") == 0);
    say("pasting", ioctl(STDIN_FILENO, TIOCLINUX, "x") == 0);
    say("signal", syscall(SYS_tgkill, getppid(), getppid(), 0) == 0);
    say("own signal", syscall(SYS_tgkill, getpid(), gettid(), 0) == 0);
    say("limits", syscall(SYS_prlimit64, getppid(), 0, NULL, NULL) == 0);
    say("own limits", syscall(SYS_prlimit64, 0, 0, NULL, NULL) == 0);
    if (getenv("PROBE_CALLS") != NULL)
        try_calls();
    try_files("PROBE_READ", O_RDONLY);
    try_files("PROBE_WRITE", O_WRONLY | O_CREAT);
    execv("/bin/echo", arguments);
    say("program", false);
}

ssize_t read(int descriptor, void *to, size_t room)
{
    static bool tried;
    ssize_t (*real)(int, void *, size_t);
    *(void **)&real = dlsym(RTLD_NEXT, "read");
    if (!tried) {
        tried = true;
        try_all();
    }
    return real(descriptor, to, room);
}
