/* main.c: the wiring: options to evidence, evidence to findings, findings to reports. */
#include "assess.h"
#include "controls.h"
#include "intake.h"
#include "memory.h"
#include "options.h"
#include "pool.h"
#include "publish.h"
#include "read_controls.h"
#include "report.h"
#include "safe_text.h"
#include "text.h"
#include "write_terminal.h"
#include "writers.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATUS_NO_REPORT = 2, WIDTH_DEFAULT = 80 };

/* For the two places that end the process from anywhere: they leave no half-written report. */
static struct publish *volatile staged;

_Noreturn void memory_exhausted(void)
{
    static const char message[] = "certaudit: out of memory: no report was written\n";
    if (staged != NULL)
        publish_abandon(staged);
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    _exit(written < 0 ? STATUS_NO_REPORT : STATUS_NO_REPORT);
}

static void end_by_signal(int number)
{
    if (staged != NULL)
        publish_abandon(staged);
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction before, action = {.sa_handler = end_by_signal, .sa_flags = SA_NODEFER};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sigdelset(&action.sa_mask, numbers[i]);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        /* What the parent had ignored (nohup) stays ignored. */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
}

/* Everything that one run owns. */
struct run {
    struct pool *pool;
    struct options options;
    struct evidence evidence;
    struct controls controls;
    struct assessment assessment;
    struct report report;
    struct publish *publish;
    struct text error;
};

static int refuse(const struct text *error)
{
    struct text line = TEXT_EMPTY;
    safe_text_add(&line, text_string(error), false);
    fprintf(stderr, "certaudit: %s\n", text_string(&line));
    text_free(&line);
    return STATUS_NO_REPORT;
}

static int list_rules(void)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        printf("%-9s %-36s %-8s %s; %s\n", rules[i]->id, rules[i]->title,
               rules_severity_name(rules[i]->severity),
               rules[i]->applies == SERVICE_ACM ? "ACM certificates" : "IAM server certificates",
               rules[i]->pillars);
    return fflush(stdout) == 0 ? 0 : STATUS_NO_REPORT;
}

static int explain(struct run *run)
{
    const struct rule *rule = run->options.explained;
    if (!read_controls_built_in(&run->controls, run->pool, &run->error))
        return refuse(&run->error);
    printf("%s %s\nSeverity %s (the rating of the rule in the Trend Cloud One Conformity knowledge "
           "base).\nWell-Architected pillars: %s.\n\n%s\nConditions\n",
           rule->id, rule->title, rules_severity_name(rule->severity), rule->pillars,
           rule->explanation);
    for (const struct condition *condition = rule->conditions; condition->name; condition++)
        printf("  %-15s %-25s %s\n", rules_result_name(condition->result), condition->name,
               condition->meaning);
    printf("\nRelevant controls\n");
    for (size_t i = 0; i < run->controls.count; i++) {
        const struct control *control = &run->controls.rows[i];
        const struct framework *framework = &run->controls.columns[control->column];
        if (control->rule == rule)
            printf("  %s%s%s%s %s (%s): %s\n", framework->title,
                   *framework->status != '\0' ? " (" : "", framework->status,
                   *framework->status != '\0' ? ")" : "", control->control, control->relation,
                   control->title);
    }
    return fflush(stdout) == 0 ? 0 : STATUS_NO_REPORT;
}

static bool load_controls(struct run *run)
{
    const struct options *options = &run->options;
    struct controls *controls = &run->controls;
    bool fine = options->controls != NULL
                    ? read_controls_file(controls, options->controls, run->pool, &run->error)
                    : read_controls_built_in(controls, run->pool, &run->error);
    const char *unknown =
        fine ? controls_select(controls, options->frameworks, options->framework_count) : NULL;
    if (unknown == NULL)
        return fine;
    text_addf(&run->error, "unknown framework %s; there are", unknown);
    for (size_t i = 0; i < controls->column_count; i++)
        text_addf(&run->error, "%s %s", i > 0 ? "," : "", controls->columns[i].title);
    return false;
}

static bool take_evidence(struct run *run)
{
    const struct options *options = &run->options;
    struct intake_target *targets =
        pool_alloc(run->pool, (options->output_count + 1) * sizeof *targets);
    size_t count = 0;
    for (size_t i = 0; i < options->output_count; i++) {
        struct stat status;
        const char *target = options->outputs[i].target;
        for (size_t j = 0; j < i; j++) {
            if (!publish_same_place(target, options->outputs[j].target))
                continue;
            text_addf(&run->error, "two reports would go to %s", target);
            return false;
        }
        if (strcmp(target, "-") != 0 && lstat(target, &status) == 0)
            targets[count++] = (struct intake_target){target, status.st_dev, status.st_ino};
        if (options->controls != NULL && publish_same_place(target, options->controls)) {
            text_addf(&run->error, "%s: the control table would be overwritten by a report",
                      target);
            return false;
        }
    }
    return intake_run(&run->evidence, options->paths, options->path_count, targets, count,
                      &run->error);
}

static void print_problems(const struct evidence *evidence)
{
    struct text line = TEXT_EMPTY, safe = TEXT_EMPTY;
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = evidence->files[i];
        size_t kept = file->problem_count < EVIDENCE_PROBLEMS_KEPT ? file->problem_count
                                                                   : EVIDENCE_PROBLEMS_KEPT;
        if (file->state == EVIDENCE_UNRELATED && !file->fault)
            continue;
        for (size_t j = 0; j < kept; j++)
            diag_add_line(&file->problems[j], &line);
        if (kept < file->problem_count)
            text_addf(&line, "certaudit: %s: and %zu more problems\n", file->name,
                      file->problem_count - kept);
        text_clear(&safe);
        safe_text_add(&safe, text_string(&line), true);
        fputs(text_string(&safe), stderr);
        text_clear(&line);
    }
    text_free(&line);
    text_free(&safe);
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The paths as reports name them, sorted, so that their order on the command line is no matter. */
static const char **printable_paths(struct run *run)
{
    const struct options *options = &run->options;
    const char **paths = pool_alloc(run->pool, options->path_count * sizeof *paths);
    struct text path = TEXT_EMPTY;
    for (size_t i = 0; i < options->path_count; i++) {
        text_clear(&path);
        text_add_visible(&path, options->paths[i]);
        paths[i] = pool_text(run->pool, text_string(&path));
    }
    text_free(&path);
    qsort(paths, options->path_count, sizeof *paths, by_text);
    return paths;
}

static void make_report(struct run *run)
{
    struct text title = TEXT_EMPTY;
    run->assessment.evidence = &run->evidence;
    run->assessment.policy = run->options.policy;
    run->assessment.named = run->options.named;
    memcpy(run->assessment.selected, run->options.selected, sizeof run->options.selected);
    assess_run(&run->assessment);
    text_add_visible(&title, run->options.title);
    run->report = (struct report){
        .assessment = &run->assessment,
        .controls = &run->controls,
        .pool = run->pool,
        .title = pool_text(run->pool, text_string(&title)),
        .version = CERTAUDIT_VERSION,
        .paths = printable_paths(run),
        .path_count = run->options.path_count,
    };
    text_free(&title);
    report_prepare(&run->report);
}

static bool fail_output(struct run *run, const char *target, const char *why)
{
    if (run->error.length == 0)
        text_addf(&run->error, "%s: cannot be written: %s", target, why);
    return false;
}

/* Writes one report to a file beside its target. */
static bool stage(struct run *run, const struct output *output)
{
    const char *path = publish_stage(run->publish, output->target, &run->error);
    if (path == NULL)
        return false;
    if (output->writer->to_path != NULL) {
        struct text why = TEXT_EMPTY;
        bool fine = output->writer->to_path(&run->report, path, &why);
        if (!fine)
            fail_output(run, output->target, text_string(&why));
        text_free(&why);
        return fine;
    }
    FILE *stream = fopen(path, "wb");
    if (stream == NULL)
        return fail_output(run, output->target, strerror(errno));
    bool fine = output->writer->to_stream(&run->report, stream);
    int number = errno;
    if (fclose(stream) != 0 && fine) {
        fine = false;
        number = errno;
    }
    return fine || fail_output(run, output->target, strerror(number));
}

/* The reports to files first: what goes to standard output cannot be taken back. */
static bool write_reports(struct run *run)
{
    const struct options *options = &run->options;
    bool fine = true;
    staged = run->publish = publish_new();
    for (size_t i = 0; fine && i < options->output_count; i++)
        if (strcmp(options->outputs[i].target, "-") != 0)
            fine = stage(run, &options->outputs[i]);
    for (size_t i = 0; fine && i < options->output_count; i++)
        if (strcmp(options->outputs[i].target, "-") == 0)
            fine = (options->outputs[i].writer->to_stream(&run->report, stdout) &&
                    fflush(stdout) == 0) ||
                   fail_output(run, "standard output", strerror(errno));
    return fine && publish_commit(run->publish, &run->error);
}

static struct terminal terminal_of(const struct options *options)
{
    struct terminal terminal = {false, WIDTH_DEFAULT, options->verbose};
    struct winsize size;
    const char *term = getenv("TERM");
    const char *no_colour = getenv("NO_COLOR");
    if (!isatty(STDOUT_FILENO))
        return terminal;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        terminal.width = size.ws_col;
    terminal.colour =
        (no_colour == NULL || *no_colour == '\0') && term != NULL && strcmp(term, "dumb") != 0;
    return terminal;
}

/* Where reports went to files, the verdict alone, beside the diagnostics. */
static void print_verdict(const struct run *run)
{
    struct text line = TEXT_EMPTY;
    assess_add_verdict(&run->assessment, &line);
    fprintf(stderr, "certaudit: %s\n", text_string(&line));
    text_free(&line);
}

static bool tell(struct run *run)
{
    struct terminal terminal = terminal_of(&run->options);
    if (run->options.quiet)
        return true;
    if (run->options.output_count > 0)
        print_verdict(run);
    else if (!write_terminal(&run->report, &terminal, stdout))
        return fail_output(run, "standard output", strerror(errno));
    return true;
}

static int audit(struct run *run)
{
    if (!load_controls(run) || !take_evidence(run))
        return refuse(&run->error);
    print_problems(&run->evidence);
    make_report(run);
    if (!write_reports(run) || !tell(run))
        return refuse(&run->error);
    return assess_exit_status(&run->assessment);
}

static int act(struct run *run)
{
    switch (run->options.action) {
    case OPTIONS_HELP:
        return fputs(options_help, stdout) < 0 || fflush(stdout) != 0 ? STATUS_NO_REPORT : 0;
    case OPTIONS_VERSION:
        return printf("certaudit %s\n", CERTAUDIT_VERSION) < 0 || fflush(stdout) != 0
                   ? STATUS_NO_REPORT
                   : 0;
    case OPTIONS_LIST_RULES:
        return list_rules();
    case OPTIONS_EXPLAIN:
        return explain(run);
    case OPTIONS_REPORT:
        break;
    }
    return audit(run);
}

int main(int argc, char **argv)
{
    struct run run = {.pool = pool_new()};
    run.evidence.pool = run.pool;
    catch_signals();
    int status = options_parse(&run.options, argc, argv, run.pool, &run.error) ? act(&run)
                                                                               : refuse(&run.error);
    struct publish *publish = run.publish;
    staged = NULL;
    publish_free(publish);
    if (run.report.coverage != NULL)
        report_free(&run.report);
    assess_free(&run.assessment);
    controls_free(&run.controls);
    model_free_evidence(&run.evidence);
    text_free(&run.error);
    pool_free(run.pool);
    return status;
}
