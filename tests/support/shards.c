/* shards.c: see shards.h. */
#include "support/shards.h"
#include "base/text.h"
#include "support/harness.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct tally {
    int checks, failures, errors;
};

/* The process of a suite. */
struct process {
    const struct shard *shard;
    pid_t id;
    FILE *output; /* standard output and standard error */
    int pipe[2];  /* the process writes its tally */
    struct timespec start;
    double seconds;
    int status; /* of wait */
    bool ended;
};

struct runner {
    struct process *processes;
    size_t count, printed;
    struct tally sum;
    struct text notes;
    bool sampled;
};

/* Names each test case that has a failure once. */
static void print_how_to_repeat(const char *suite, SRunner *runner)
{
    int count = srunner_ntests_failed(runner);
    TestResult **failures = srunner_failures(runner);
    for (int i = 0; i < count; i++) {
        const char *name = tr_tcname(failures[i]);
        bool named = false;
        for (int j = 0; j < i && !named; j++)
            named = strcmp(name, tr_tcname(failures[j])) == 0;
        const char *quote = strchr(name, ' ') != NULL ? "'" : "";
        if (!named)
            printf("To run this case alone: make check SUITE=%s CASE=%s%s%s\n", suite, quote, name,
                   quote);
    }
    free(failures);
}

static struct tally count_results(SRunner *runner)
{
    struct tally tally = {.checks = srunner_ntests_run(runner)};
    TestResult **results = srunner_results(runner);
    for (int i = 0; i < tally.checks; i++) {
        tally.failures += tr_rtype(results[i]) == CK_FAILURE;
        tally.errors += tr_rtype(results[i]) == CK_ERROR;
    }
    free(results);
    return tally;
}

/* In the process of the suite. */
static void run_suite(const struct process *process)
{
    SRunner *runner = srunner_create(process->shard->make());
    harness_testing(true);
    srunner_run_all(runner, CK_ENV);
    harness_testing(false);
    print_how_to_repeat(process->shard->suite, runner);
    struct tally tally = count_results(runner);
    srunner_free(runner);
    HARNESS_REQUIRE(write(process->pipe[1], &tally, sizeof tally) == sizeof tally, "pipe: %s",
                    strerror(errno));
}

static void start(struct process *process)
{
    process->output = tmpfile();
    HARNESS_REQUIRE(process->output != NULL && pipe(process->pipe) == 0, "temporary file: %s",
                    strerror(errno));
    clock_gettime(CLOCK_MONOTONIC, &process->start);
    fflush(NULL);
    process->id = fork();
    HARNESS_REQUIRE(process->id >= 0, "fork: %s", strerror(errno));
    if (process->id == 0) {
        if (dup2(fileno(process->output), STDOUT_FILENO) < 0 ||
            dup2(fileno(process->output), STDERR_FILENO) < 0)
            _exit(EXIT_FAILURE);
        run_suite(process);
        exit(EXIT_SUCCESS);
    }
    close(process->pipe[1]);
}

static void wait_for_one(struct runner *runner)
{
    int status;
    struct timespec now;
    pid_t id = wait(&status);
    HARNESS_REQUIRE(id > 0, "wait: %s", strerror(errno));
    clock_gettime(CLOCK_MONOTONIC, &now);
    for (size_t i = 0; i < runner->count; i++) {
        struct process *process = &runner->processes[i];
        if (process->id != id || process->ended)
            continue;
        process->status = status;
        process->ended = true;
        process->seconds = (double)(now.tv_sec - process->start.tv_sec) +
                           (double)(now.tv_nsec - process->start.tv_nsec) / 1e9;
    }
}

static bool begins_with(const char *line, const char *prefix)
{
    return strncmp(line, prefix, strlen(prefix)) == 0;
}

/* Prints what the suite wrote, but keeps its notes for the end. */
static void print_output(struct runner *runner, FILE *output)
{
    char *line = NULL;
    size_t room = 0;
    rewind(output);
    while (getline(&line, &room, output) > 0) {
        bool sample = begins_with(line, HARNESS_SAMPLE);
        runner->sampled |= sample;
        if (sample || begins_with(line, HARNESS_SKIP))
            text_add(&runner->notes, line);
        else
            fputs(line, stdout);
    }
    free(line);
}

/* A process that crashed or ended early counts as an error. */
static void print_suite(struct runner *runner, struct process *process)
{
    struct tally tally = {0, 0, 0};
    const char *suite = process->shard->suite;
    bool complete = read(process->pipe[0], &tally, sizeof tally) == sizeof tally;
    if (!complete || process->status != 0)
        tally = (struct tally){tally.checks + 1, tally.failures, tally.errors + 1};
    if (tally.checks > 0) {
        print_output(runner, process->output);
        printf("%s: %.1f s\n", suite, process->seconds);
    }
    if (WIFSIGNALED(process->status))
        printf("%s: crashed (signal %d)\n", suite, WTERMSIG(process->status));
    else if (!complete || process->status != 0)
        printf("%s: ended early (exit status %d)\n", suite, WEXITSTATUS(process->status));
    fflush(stdout);
    fclose(process->output);
    close(process->pipe[0]);
    runner->sum.checks += tally.checks;
    runner->sum.failures += tally.failures;
    runner->sum.errors += tally.errors;
}

static void run_all(struct runner *runner)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t room = processors < 1 ? 1 : (size_t)processors;
    for (size_t started = 0, ended = 0; ended < runner->count;) {
        if (started < runner->count && started - ended < room) {
            start(&runner->processes[started++]);
            continue;
        }
        wait_for_one(runner);
        ended++;
        while (runner->printed < started && runner->processes[runner->printed].ended)
            print_suite(runner, &runner->processes[runner->printed++]);
    }
}

/* In Check's own form. */
static void print_sum(const struct tally *sum)
{
    int passed = sum->checks - sum->failures - sum->errors;
    printf("%d%%: Checks: %d, Failures: %d, Errors: %d\n",
           sum->checks == 0 ? 0 : 100 * passed / sum->checks, sum->checks, sum->failures,
           sum->errors);
}

int shards_run(const struct shard *shards, size_t count)
{
    const char *only = getenv("CK_RUN_SUITE");
    struct process *processes = calloc(count, sizeof *processes);
    struct runner runner = {.processes = processes, .notes = TEXT_EMPTY};
    HARNESS_REQUIRE(processes != NULL, "out of memory");
    for (size_t i = 0; i < count; i++)
        if (only == NULL || *only == '\0' || strcmp(only, shards[i].suite) == 0)
            processes[runner.count++].shard = &shards[i];
    run_all(&runner);
    if (runner.sum.checks == 0) {
        printf("check: no test ran: unknown suite or case; the suites:");
        for (size_t i = 0; i < count; i++)
            printf(" %s", shards[i].suite);
        printf("\n");
    }
    printf("%s%s", text_string(&runner.notes),
           runner.sampled ? "To run the samples in full: make check-all\n" : "");
    print_sum(&runner.sum);
    text_free(&runner.notes);
    free(processes);
    return runner.sum.checks > 0 && runner.sum.failures + runner.sum.errors == 0 ? EXIT_SUCCESS
                                                                                 : EXIT_FAILURE;
}
