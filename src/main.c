/* main.c: connects the parts: options, evidence, findings, reports. */
#include "audit/assess.h"
#include "audit/baseline.h"
#include "audit/verdict.h"
#include "base/build_info.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/progress.h"
#include "base/publish.h"
#include "base/safe_text.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "cli/explain.h"
#include "cli/options.h"
#include "cli/paths.h"
#include "csv/read_baseline.h"
#include "csv/read_controls.h"
#include "csv/read_scope.h"
#include "csv/read_waivers.h"
#include "ingest/inputs.h"
#include "outputs.h"
#include "pack/check_sums.h"
#include "report/prepare.h"
#include "rules/controls.h"
#include "terminal/write_terminal.h"
#include "writers.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STATUS_NO_REPORT = 2, WIDTH_DEFAULT = 80, PROGRESS_DELAY = 1000 /* milliseconds */ };

/* Cleaned up by end_by_signal and memory_exhausted, which run at any time on any thread. */
static struct publish *volatile staged;
static struct progress *volatile shown;

/* The final exit status once it is known, used if memory runs out during cleanup; before that, -1.
 */
static volatile int settled = -1;

/* Removes the unfinished reports. Other threads still run, and must not create them again. */
static void drop_staged(void)
{
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_NOFILE, &none); /* if it fails, a temporary file may remain */
    publish_abandon(staged);
}

/* Runs on any thread. The first to call it ends the process; the others wait. */
_Noreturn void memory_exhausted(void)
{
    static const char message[] = "certaudit: out of memory: no report was written\n";
    static atomic_flag ending = ATOMIC_FLAG_INIT;
    while (atomic_flag_test_and_set(&ending))
        pause();
    if (settled >= 0)
        _exit(settled);
    progress_abandon(shown);
    drop_staged();
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
        _exit(STATUS_NO_REPORT); /* the message is lost; no help for it */
    _exit(STATUS_NO_REPORT);
}

static void end_by_signal(int number)
{
    progress_abandon(shown);
    drop_staged();
    signal(number, SIG_DFL);
    raise(number); /* is delivered when this handler returns and the signal is unblocked */
}

static void catch_signals(void)
{
    static const int numbers[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT, SIGPIPE,
                                  SIGALRM, SIGXCPU, SIGUSR1, SIGUSR2};
    struct sigaction before, action = {.sa_handler = end_by_signal};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        /* Signals that the parent ignored (nohup) stay ignored. */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    /* Then a write past the file size limit fails instead. */
    signal(SIGXFSZ, SIG_IGN);
}

/* Everything that one run owns. */
struct run {
    struct pool *pool;
    struct options options;
    struct evidence evidence;
    struct controls controls;
    struct scope scope;
    struct waivers waivers;
    struct baseline baseline;
    struct assessment assessment;
    struct report report;
    struct publish *publish;
    struct thread_pool *threads; /* for reading, judging and writing */
    const char *program;         /* its SHA-256, if the run prints it */
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

static bool refuse_stdout(struct run *run)
{
    text_addf(&run->error, "standard output: cannot be written: %s", strerror(errno));
    return false;
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
    if (unknown != NULL)
        explain_add_unknown_framework(controls, unknown, &run->error);
    return fine && unknown == NULL;
}

/* The auditor's own files. They are read before the evidence because a bad line ends the run. */
static bool load_additions(struct run *run)
{
    const struct options *options = &run->options;
    struct assessment *assessment = &run->assessment;
    if (options->scope != NULL) {
        if (!read_scope(&run->scope, options->scope, run->pool, &run->error))
            return false;
        assessment->scope = &run->scope;
    }
    if (options->waivers != NULL) {
        if (!read_waivers(&run->waivers, options->waivers, run->pool, &run->error))
            return false;
        assessment->waivers = &run->waivers;
    }
    if (options->baseline != NULL) {
        if ((read_baseline_is_pack(options->baseline) &&
             !check_sums(options->baseline, &run->error)) ||
            !read_baseline(&run->baseline, options->baseline, &options->policy.as_of, run->pool,
                           &run->error))
            return false;
        assessment->baseline = &run->baseline;
    }
    return true;
}

/* Whether the terminal is unknown or can only print lines. */
static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return term == NULL || strcmp(term, "dumb") == 0;
}

/* Shows progress only on a terminal. */
static void begin_progress(const struct options *options, const char *label)
{
    if (!options->quiet && isatty(STDERR_FILENO) && !is_dumb())
        shown = progress_new(STDERR_FILENO, label, PROGRESS_DELAY);
}

/* To be called before anything else is printed. */
static void end_progress(void)
{
    struct progress *progress = shown;
    progress_stop(progress);
    shown = NULL;
    progress_free(progress);
}

static bool take_evidence(struct run *run)
{
    const struct options *options = &run->options;
    const char **targets = pool_alloc(run->pool, (options->output_count + 1) * sizeof *targets);
    size_t count = 0;
    for (size_t i = 0; i < options->output_count; i++)
        if (strcmp(options->outputs[i].target, "-") != 0)
            targets[count++] = options->outputs[i].target;
    begin_progress(options, "reading");
    bool fine = inputs_read(&run->evidence, options->paths, options->path_count, targets, count,
                            run->threads, shown, &run->error);
    end_progress();
    return fine;
}

/* With -v, what became of each file that is not used, and why. */
static void add_state(const struct evidence_file *file, struct text *line)
{
    struct text reason = TEXT_EMPTY;
    if (file->state == EVIDENCE_USED)
        return;
    evidence_add_reason(file, &reason);
    text_addf(line, "certaudit: %s: %s%s%s\n", file->name, evidence_state_name(file->state),
              reason.length > 0 ? ": " : "", text_string(&reason));
    text_free(&reason);
}

/* Problems that are not faults are printed with -v only, but for private keys. */
static void add_problems(const struct evidence_file *file, bool verbose, struct text *line)
{
    const struct problems *problems = &file->problems;
    size_t kept = problems->count < LIMIT_PROBLEMS ? problems->count : LIMIT_PROBLEMS;
    bool all = verbose || file->fault, key = false;
    for (size_t i = 0; i < kept; i++) {
        if (all || problems->kept[i].id == DIAG_PRIVATE_KEY)
            diag_add_line(&problems->kept[i], line);
        key |= problems->kept[i].id == DIAG_PRIVATE_KEY;
    }
    if (all && kept < problems->count)
        text_addf(line, "certaudit: %s: %zu more problem%s not shown\n", file->name,
                  problems->count - kept, problems->count - kept == 1 ? "" : "s");
    if (file->private_key_line > 0 && !key)
        diag_add_line(&(struct diag){DIAG_PRIVATE_KEY, file->name, file->private_key_line, 0, NULL},
                      line);
}

static void print_problems(const struct evidence *evidence, bool verbose)
{
    struct text line = TEXT_EMPTY, safe = TEXT_EMPTY;
    for (size_t i = 0; i < evidence->file_count; i++) {
        if (verbose)
            add_state(evidence->files[i], &line);
        add_problems(evidence->files[i], verbose, &line);
        text_clear(&safe);
        safe_text_add(&safe, text_string(&line), true);
        fputs(text_string(&safe), stderr);
        text_clear(&line);
    }
    text_free(&line);
    text_free(&safe);
}

static enum listed listed(const struct options *options)
{
    if (options->pack != NULL || options->baseline != NULL)
        return LISTED_ALL;
    for (size_t i = 0; i < options->output_count; i++)
        if (!options->outputs[i].writer->findings_alone)
            return LISTED_ALL;
    return options->output_count > 0 ? LISTED_FINDINGS : LISTED_OPEN;
}

static void make_report(struct run *run)
{
    struct text title = TEXT_EMPTY;
    run->assessment.evidence = &run->evidence;
    run->assessment.policy = run->options.policy;
    run->assessment.named = run->options.named;
    run->assessment.threads = run->threads;
    run->assessment.listed = listed(&run->options);
    run->assessment.rules = run->options.rules;
    run->assessment.rule_count = run->options.rule_count;
    assess_run(&run->assessment);
    text_add_visible(&title, run->options.title);
    run->report = (struct report){
        .assessment = &run->assessment,
        .controls = &run->controls,
        .pool = run->pool,
        .title = pool_text(run->pool, text_string(&title)),
        .version = build_info_version,
        .program = run->program,
        .workers = run->threads,
        .controls_path = run->options.controls,
    };
    run->report.paths = paths_printable(&run->options, run->pool, &run->report.path_count);
    text_free(&title);
    report_prepare(&run->report);
}

static struct terminal terminal_of(const struct options *options)
{
    struct terminal terminal = {false, WIDTH_DEFAULT, options->verbose};
    struct winsize size;
    const char *no_colour = getenv("NO_COLOR");
    if (!isatty(STDOUT_FILENO))
        return terminal;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        terminal.width = size.ws_col;
    terminal.colour = (no_colour == NULL || *no_colour == '\0') && !is_dumb();
    return terminal;
}

/* The verdict on standard error, for runs that write reports. */
static void print_verdict(const struct run *run)
{
    struct text lines = TEXT_EMPTY, safe = TEXT_EMPTY;
    verdict_add(&run->assessment, &lines);
    safe_text_add(&safe, text_string(&lines), true);
    for (const char *at = text_string(&safe); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        fprintf(stderr, "certaudit: %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
    text_free(&lines);
    text_free(&safe);
}

/* The summary on standard output, for runs that write no report. */
static bool print_summary(struct run *run)
{
    struct terminal terminal = terminal_of(&run->options);
    if (run->options.quiet || write_terminal(&run->report, &terminal, stdout))
        return true;
    return refuse_stdout(run);
}

static bool write_reports(struct run *run)
{
    const struct options *options = &run->options;
    struct output *outputs = pool_alloc(run->pool, options->output_count * sizeof *outputs);
    for (size_t i = 0; i < options->output_count; i++)
        outputs[i] = (struct output){options->outputs[i].target, options->outputs[i].writer};
    staged = run->publish = publish_new();
    begin_progress(options, "writing reports");
    run->report.progress = shown;
    bool fine = outputs_write(&run->report, outputs, options->output_count, options->pack,
                              run->publish, &run->error);
    run->report.progress = NULL;
    end_progress();
    return fine;
}

static int audit(struct run *run)
{
    bool reports = run->options.output_count > 0 || run->options.pack != NULL;
    run->threads = thread_pool_new(run->options.jobs);
    if (!load_controls(run) || !load_additions(run) ||
        !paths_check(&run->options, run->baseline.file, &run->error) || !take_evidence(run))
        return refuse(&run->error);
    print_problems(&run->evidence, run->options.verbose);
    make_report(run);
    if (reports && !run->options.quiet)
        print_verdict(run); /* first, so that the pack's digest is the last line on a terminal */
    if (reports ? !write_reports(run) : !print_summary(run))
        return refuse(&run->error);
    return verdict_exit_status(&run->assessment);
}

static void print_sandbox(const struct sandbox *sandbox)
{
    struct text lines = TEXT_EMPTY;
    sandbox_add(sandbox, &lines);
    fputs(text_string(&lines), stderr);
    text_free(&lines);
}

/* What --help, --version, --list-rules and --explain print. */
static int print_answer(struct run *run)
{
    const struct options *options = &run->options;
    struct text text = TEXT_EMPTY;
    if (options->action == OPTIONS_HELP)
        options_add_help(&text);
    else if (options->action == OPTIONS_VERSION)
        text_addf(&text, "certaudit %s\ncommit %s\nSHA-256 %s\n", build_info_version,
                  build_info_commit, run->program);
    else if (options->action == OPTIONS_LIST_RULES)
        explain_add_list(&text);
    else if (load_controls(run))
        explain_add_rule(options->explained, &run->controls, &text);
    if (fputs(text_string(&text), stdout) < 0 || fflush(stdout) != 0)
        refuse_stdout(run);
    text_free(&text);
    return run->error.length > 0 ? refuse(&run->error) : 0;
}

static int act(struct run *run)
{
    const struct options *options = &run->options;
    bool needs_digest = options->action == OPTIONS_VERSION || options->pack != NULL;
    if (!paths_exist(options, &run->error) ||
        (needs_digest && !build_info_find_sha256(&run->program, run->pool, &run->error)))
        return refuse(&run->error);
    struct sandbox sandbox;
    if (!paths_confine(options, run->pool, &sandbox, &run->error))
        return refuse(&run->error);
    if (options->verbose)
        print_sandbox(&sandbox);
    return options->action == OPTIONS_REPORT ? audit(run) : print_answer(run);
}

/* The report formats; *count is set. */
static struct options_type *report_types(struct pool *pool, size_t *count)
{
    size_t writer_count = 0;
    while (writers[writer_count] != NULL)
        writer_count++;
    struct options_type *types = pool_alloc(pool, writer_count * sizeof *types);
    for (size_t i = 0; i < writer_count; i++)
        types[i] = (struct options_type){writers[i]->format, writers[i]->ending,
                                         writers[i]->to_stream != NULL, writers[i]};
    *count = writer_count;
    return types;
}

int main(int argc, char **argv)
{
    struct run run = {.pool = pool_new()};
    size_t type_count;
    const struct options_type *types = report_types(run.pool, &type_count);
    run.evidence.pool = run.pool;
    catch_signals();
    int status = options_parse(&run.options, argc, argv, types, type_count, run.pool, &run.error)
                     ? act(&run)
                     : refuse(&run.error);
    publish_abandon(run.publish);
    settled = status;
    staged = NULL;
    publish_free(run.publish);
    report_free(&run.report);
    thread_pool_free(run.threads);
    assess_free(&run.assessment);
    controls_free(&run.controls);
    scope_free(&run.scope);
    waivers_free(&run.waivers);
    baseline_free(&run.baseline);
    evidence_free(&run.evidence);
    text_free(&run.error);
    pool_free(run.pool);
    return status;
}
