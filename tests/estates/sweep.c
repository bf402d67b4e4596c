/*
 * sweep.c: see sweep.h. Workers are processes for a few seeds each, because all memory of an estate
 * lives until its process ends. They write lines: `run NAME` and `wrong SEED SIZE NAME INVARIANT
 * MESSAGE`.
 */
#include "estates/sweep.h"
#include "base/memory.h"
#include "estates/answer.h"
#include "estates/operators.h"
#include "support/harness.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH = 8, WORKERS_MOST = 8, SIZES = ESTATE_CERTIFICATES + 1 };

/* A worker's state. */
struct round {
    const struct sweep *sweep;
    const char *folder;
    FILE *lines;
    struct estate estate;
    struct answer answer; /* of the estate as it is */
    const char *wrong;    /* what does not hold of that answer, by lines */
};

size_t sweep_operator_count(void)
{
    return operators_shape_count + operators_bytes_count + operators_folder_count;
}

static const struct estate_operator *operator_at(size_t number)
{
    if (number < operators_shape_count)
        return &operators_shape[number];
    number -= operators_shape_count;
    return number < operators_bytes_count ? &operators_bytes[number]
                                          : &operators_folder[number - operators_bytes_count];
}

const char *sweep_operator_name(size_t number)
{
    return operator_at(number)->name;
}

static void keep(const struct round *round, const char *name, const char *lines)
{
    const char *end = lines + strcspn(lines, " ");
    if (round->sweep->keep == NULL)
        return;
    const char *folder =
        harness_format("%s/%s-%.*s", round->sweep->keep, name, (int)(end - lines), lines);
    if (mkdir(folder, 0755) != 0)
        return; /* there is one */
    harness_tool("cp",
                 (const char *const[]){"-r", harness_format("%s/.", round->folder), folder, NULL});
}

/* Whether the invariant does not hold of the estate as it is, either: then no operator is at fault.
 */
static bool is_known(const struct round *round, const char *line)
{
    const char *invariant = harness_format("\n%.*s", (int)strcspn(line, " ") + 1, line);
    return strstr(round->wrong, invariant) != NULL;
}

/* Passes on what does not hold, and keeps the folder. */
static void end_report(const struct round *round, const char *name, FILE *report, char **text)
{
    fclose(report);
    fprintf(round->lines, "run %s %d\n", name, round->answer.status);
    for (const char *line = *text; *line != '\0'; line += strcspn(line, "\n") + 1) {
        if (is_known(round, line))
            continue;
        keep(round, name, line);
        fprintf(round->lines, "wrong %llu %zu %s %.*s\n", (unsigned long long)round->estate.seed,
                round->estate.size, name, (int)strcspn(line, "\n"), line);
    }
    free(*text);
}

static void compare_packs(const struct round *round, const char *again, FILE *report)
{
    const char *pack = round->answer.pack;
    if (strcmp(harness_names(pack), harness_names(again)) != 0)
        answer_wrong(report, "repeat", "%s; %s", harness_names(pack), harness_names(again));
    for (const char *const *name = harness_list(pack); *name != NULL; name++)
        if (harness_exists(harness_format("%s/%s", again, *name)) &&
            !harness_same_bytes(harness_format("%s/%s", pack, *name),
                                harness_format("%s/%s", again, *name)))
            answer_wrong(report, "repeat", "%s differs", *name);
}

/* With other numbers of threads, and folders made in another order. */
static void repeat(const struct round *round, FILE *report)
{
    struct estate turned = round->estate;
    for (size_t i = 0; i < turned.file_count; i++)
        turned.files[i] = round->estate.files[turned.file_count - 1 - i];
    answer_write(&turned, round->folder);
    bool one = round->estate.seed % 2 == 0;
    struct answer again = answer_run(&turned, round->folder, "again",
                                     (const char *const[]){"-j", one ? "1" : "4", NULL});
    if (again.status != round->answer.status || strcmp(again.error, round->answer.error) != 0)
        answer_wrong(report, "repeat", "status %d and %d, or other messages", round->answer.status,
                     again.status);
    else if (again.findings != NULL)
        compare_packs(round, again.pack, report);
    answer_delete(harness_format("%s/again", round->folder));
}

/* The text without line breaks. */
static const char *unwrapped(const char *text)
{
    char *copy = harness_keep(strdup(text)), *to = copy;
    for (const char *at = copy; *at != '\0'; at++)
        if (strchr(" \n", *at) == NULL || (to > copy && to[-1] != ' '))
            *to++ = *at == '\n' ? ' ' : *at;
    *to = '\0';
    return copy;
}

static void check_terminal(const struct round *round, FILE *report)
{
    struct answer answer = answer_run(&round->estate, round->folder, ANSWER_TERMINAL,
                                      (const char *const[]){"-v", NULL});
    const char *sentence = answer_verdict(round->answer.error);
    if (answer.status != round->answer.status)
        answer_wrong(report, "terminal", "status %d, with a pack %d", answer.status,
                     round->answer.status);
    if (sentence != NULL && strstr(unwrapped(answer.output), sentence) == NULL)
        answer_wrong(report, "terminal", "lacks the verdict %s: %s", sentence, answer.output);
    for (size_t i = 0; i < round->estate.file_count; i++) {
        const char *path = harness_format("exports/%s", round->estate.files[i].path);
        if (!round->estate.files[i].evidence && strstr(answer.error, path) == NULL &&
            strstr(answer.output, path) == NULL)
            answer_wrong(report, "verbose-files", "-v does not name %s", path);
    }
}

/* With an earlier cut-off, no upload before April 2014 is near the disclosure. */
static void check_cutoff(const struct round *round, FILE *report)
{
    struct answer answer = answer_run(&round->estate, round->folder, NULL,
                                      (const char *const[]){"--cutoff", "2010-01-01", NULL});
    bool moved = false;
    for (size_t i = 0; i < round->estate.count; i++) {
        const struct estate_certificate *at = &round->estate.certificates[i];
        bool early =
            at->iam && at->uploaded.at < ESTATE_CUTOFF && estate_counts(&round->estate, at);
        for (size_t row = 0; answer_next(&answer, at, &row);) {
            moved |= early && strcmp(answer_cell(answer.findings, row, "result"), "PASS") == 0;
            if (early && strcmp(answer_cell(answer.findings, row, "condition"),
                                "uploaded-near-disclosure") == 0)
                answer_wrong(report, "cutoff", "%s: %s", at->arn,
                             answer_cell(answer.findings, row, "reason"));
        }
    }
    if (moved && strstr(answer.error, "2010-01-01") == NULL)
        answer_wrong(report, "cutoff-unsaid", "the cut-off was moved: %s", answer.error);
}

/* The pack as the baseline of the same estate: nothing has vanished. Without a line of its
 * findings, or seen from an earlier as-of time, it is refused. */
static void check_baseline(const struct round *round, FILE *report)
{
    const char *findings = harness_format("%s/findings.csv", round->answer.pack);
    const char *text = harness_read(findings, NULL);
    const char *last = strrchr(text, '"');
    struct answer answer = answer_run(&round->estate, round->folder, NULL,
                                      (const char *const[]){"--baseline", "pack", NULL});
    if (answer.status != round->answer.status)
        answer_wrong(report, "baseline-same", "status %d, before %d", answer.status,
                     round->answer.status);
    answer = answer_run(
        &round->estate, round->folder, NULL,
        (const char *const[]){"--baseline", "pack", "--as-of", "2026-11-19T00:00:00Z", NULL});
    if (answer.status != 2 && round->answer.findings->count > 1)
        answer_wrong(report, "baseline-future", "status %d", answer.status);
    if (round->answer.findings->count < 2 || last == NULL)
        return;
    while (last > text && strncmp(last, "\r\n\"F-", 5) != 0)
        last--;
    harness_write(findings, harness_format("%.*s\r\n", (int)(last - text), text));
    answer = answer_run(&round->estate, round->folder, NULL,
                        (const char *const[]){"--baseline", "pack", NULL});
    if (answer.status != 2)
        answer_wrong(report, "baseline-pack", "a line less, status %d", answer.status);
    harness_write(findings, text);
}

/* The pack among the exports: certaudit's own reports are passed over. */
static void check_own_reports(const struct round *round, FILE *report)
{
    const char *to = harness_format("%s/exports/earlier", round->folder);
    harness_tool("cp", (const char *const[]){"-r", round->answer.pack, to, NULL});
    struct answer answer = answer_run(&round->estate, round->folder, NULL, NULL);
    if (answer.status != round->answer.status)
        answer_wrong(report, "own-reports", "status %d, before %d: %s", answer.status,
                     round->answer.status, answer.error);
}

static void run_estate(struct round *round)
{
    char *text = NULL;
    round->wrong = "";
    size_t length;
    FILE *report = open_memstream(&text, &length);
    HARNESS_REQUIRE(report != NULL, "open_memstream: %s", strerror(errno));
    answer_write(&round->estate, round->folder);
    round->answer = answer_run(&round->estate, round->folder, "pack", NULL);
    invariants_of_run(&round->answer, report);
    invariants_of_pack(&round->answer, round->folder, report);
    invariants_of_model(&round->estate, &round->answer, report);
    invariants_of_truth(&round->estate, &round->answer, report);
    bool complete = round->answer.findings != NULL;
    if (round->estate.seed % 4 == 0)
        repeat(round, report);
    if (round->estate.seed % 4 == 1)
        check_terminal(round, report);
    if (round->estate.seed % 4 == 1)
        check_cutoff(round, report);
    if (round->estate.seed % 4 == 2 && complete && round->estate.baseline_text == NULL)
        check_baseline(round, report);
    if (round->estate.seed % 4 == 3 && complete)
        check_own_reports(round, report);
    fflush(report);
    const char *wrong = harness_format("\n%s", text);
    end_report(round, "none", report, &text);
    round->wrong = wrong;
}

static bool is_closed(const char *result)
{
    return strcmp(result, "PASS") == 0 || strcmp(result, "NOT_APPLICABLE") == 0;
}

/* The result and the condition of a certificate; of several rows, the last. */
static const char *state_of(const struct answer *answer, const struct estate_certificate *at,
                            bool condition)
{
    const char *state = "absent";
    for (size_t row = 0; answer_next(answer, at, &row);)
        state = condition ? harness_format("%s %s", answer_cell(answer->findings, row, "result"),
                                           answer_cell(answer->findings, row, "condition"))
                          : answer_cell(answer->findings, row, "result");
    return state;
}

static void check_same(const struct round *round, const struct estate *changed,
                       const struct answer *answer, FILE *report)
{
    if (answer->status != round->answer.status)
        answer_wrong(report, "same-exit", "status %d, before %d: %s", answer->status,
                     round->answer.status, answer->error);
    if (answer->findings != NULL && answer->findings->count != round->answer.findings->count)
        answer_wrong(report, "same-rows", "%zu findings, before %zu", answer->findings->count - 1,
                     round->answer.findings->count - 1);
    for (size_t i = 0; i < changed->count; i++) {
        const char *before = state_of(&round->answer, &round->estate.certificates[i], true);
        const char *after = state_of(answer, &changed->certificates[i], true);
        if (strcmp(before, after) != 0)
            answer_wrong(report, "same-result", "%s: %s, before %s", changed->certificates[i].arn,
                         after, before);
    }
}

static bool is_recorded(const struct estate *estate, const struct estate_file *file,
                        size_t certificate, bool described)
{
    for (size_t i = 0; i < file->count; i++) {
        const struct estate_document *at = &estate->documents[file->documents[i]];
        for (size_t j = 0; j < at->count; j++)
            if (at->certificates[j] == certificate &&
                (!described || at->kind == ESTATE_DESCRIPTION))
                return true;
    }
    return false;
}

static bool has_lost(const struct estate *estate)
{
    bool lost = false;
    for (size_t i = 0; i < estate->document_count; i++)
        lost |= estate->documents[i].lost;
    for (size_t i = 0; i < estate->file_count; i++)
        lost |= estate->files[i].removed;
    return lost;
}

/* Whether an UNKNOWN finding names the file as its evidence. */
static bool is_open(const struct answer *answer, const char *path)
{
    for (size_t row = 1; row < answer->findings->count; row++)
        if (strcmp(answer_cell(answer->findings, row, "result"), "UNKNOWN") == 0 &&
            strcmp(answer_cell(answer->findings, row, "evidence_file"), path) == 0)
            return true;
    return false;
}

/* That no answer is cleaner, and that what has gone is named. */
static void check_no_cleaner(const struct round *round, const struct estate *changed,
                             const struct estate_file *file, const struct estate_operator *spoil,
                             const struct answer *answer, FILE *report)
{
    const char *path = harness_format("exports/%s", file->path);
    bool named = strstr(answer->error, path) != NULL || is_open(answer, path);
    if (answer->status == 0 && round->answer.status != 0 && !has_lost(changed))
        answer_wrong(report, "cleaner-exit", "status 0, before %d", round->answer.status);
    if (answer->status == 0 && (changed->broken || (spoil->flags & OPERATOR_FAULT)))
        answer_wrong(report, "fault-exit", "status 0, but %s cannot be used in full", path);
    if (changed->line > 0)
        path = harness_format("%s:%zu:", path, changed->line);
    if ((spoil->flags & OPERATOR_WARNED) && strstr(answer->error, path) == NULL)
        answer_wrong(report, "unnamed", "%s is not on standard error: %s", path, answer->error);
    if ((spoil->flags & OPERATOR_KEY) && strstr(answer->error, "rivate key") == NULL)
        answer_wrong(report, "private-key", "no word of it: %s", answer->error);
    for (size_t i = 0; i < changed->count; i++) {
        const struct estate_certificate *at = &changed->certificates[i];
        const char *before = state_of(&round->answer, &round->estate.certificates[i], false);
        const char *after = state_of(answer, at, false);
        if (is_closed(after) && (strcmp(before, "FAIL") == 0 || strcmp(before, "UNKNOWN") == 0))
            answer_wrong(report, "cleaner-result", "%s: %s, before %s", at->arn, after, before);
        if ((spoil->flags & OPERATOR_OPEN) && strcmp(after, "PASS") == 0 &&
            is_recorded(changed, file, i, true))
            answer_wrong(report, "still-pass", "%s: PASS, but nothing shows a renewal's state",
                         at->arn);
        if ((spoil->flags & OPERATOR_NAMED) && !named && strcmp(before, after) != 0 &&
            is_recorded(changed, file, i, false))
            answer_wrong(report, "unnamed", "%s is named nowhere; %s: %s, before %s", file->path,
                         at->arn, after, before);
    }
}

static void check_conflict(const struct estate *changed, const struct answer *answer, FILE *report)
{
    const struct estate_certificate *at = &changed->certificates[changed->touched];
    for (size_t row = 0; answer_next(answer, at, &row);) {
        const char *reason = answer_cell(answer->findings, row, "reason");
        if (is_closed(answer_cell(answer->findings, row, "result")) &&
            strstr(reason, "conflict") == NULL && strstr(reason, "contradict") == NULL)
            answer_wrong(report, "conflict", "%s: %s without a word: %s", at->arn,
                         answer_cell(answer->findings, row, "result"), reason);
    }
}

static void judge(const struct round *round, const struct estate *changed,
                  const struct estate_file *file, const struct estate_operator *spoil, FILE *report)
{
    struct answer answer = answer_run(changed, round->folder, NULL, NULL);
    if (spoil->flags & (OPERATOR_REFUSED | OPERATOR_REFUSABLE)) {
        if (answer.status != 2 && (spoil->flags & OPERATOR_REFUSED))
            answer_wrong(report, "refused", "status %d", answer.status);
        else if (answer.status != 2)
            check_same(round, changed, &answer, report);
        return;
    }
    invariants_of_run(&answer, report);
    invariants_of_truth(changed, &answer, report);
    if (answer.findings == NULL)
        return;
    check_no_cleaner(round, changed, file, spoil, &answer, report);
    if (spoil->flags & OPERATOR_SAME)
        check_same(round, changed, &answer, report);
    if (spoil->flags & OPERATOR_CONFLICT)
        check_conflict(changed, &answer, report);
}

/* A copy of the estate in which the operator has changed one file; NULL if it applies to none. */
static struct estate *change(const struct round *round, size_t number, struct estate_file **file)
{
    const struct estate *estate = &round->estate;
    uint64_t random = estate->seed * 7919 + estate->size * 104729 + number;
    size_t first = estate->file_count == 0 ? 0 : estate_below(&random, estate->file_count);
    for (size_t i = 0; i < estate->file_count; i++) {
        struct estate *changed = estate_copy(estate);
        *file = &changed->files[(first + i) % estate->file_count];
        if ((*file)->evidence && operator_at(number)->apply(changed, *file, &random))
            return changed;
    }
    return NULL;
}

static bool run_operator(const struct round *round, size_t number)
{
    struct estate_file *file;
    struct estate *changed = change(round, number, &file);
    char *text = NULL;
    size_t length;
    if (changed == NULL)
        return false;
    FILE *report = open_memstream(&text, &length);
    HARNESS_REQUIRE(report != NULL, "open_memstream: %s", strerror(errno));
    answer_write(changed, round->folder);
    judge(round, changed, file, operator_at(number), report);
    end_report(round, operator_at(number)->name, report, &text);
    return true;
}

static void run_seed(struct round *round, uint64_t seed)
{
    const struct sweep *sweep = round->sweep;
    size_t count = sweep_operator_count(), done = 0;
    estate_make(&round->estate, seed, sweep->size > 0 ? sweep->size : (size_t)(seed % SIZES));
    run_estate(round);
    if (round->answer.findings == NULL)
        return;
    for (size_t i = 0; i < count && done < sweep->operators; i++) {
        size_t number = (size_t)((seed * sweep->operators + i) % count);
        if (sweep->only == NULL || strcmp(sweep->only, operator_at(number)->name) == 0)
            done += run_operator(round, number);
    }
}

static const char *new_folder(void)
{
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || *parent == '\0') /* in memory, if there is such a folder */
        parent = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    char *folder = harness_keep(strdup(harness_format("%s/certaudit-estates.XXXXXX", parent)));
    HARNESS_REQUIRE(mkdtemp(folder) != NULL, "%s: %s", folder, strerror(errno));
    return folder;
}

static _Noreturn void work(const struct sweep *sweep, uint64_t first, size_t seeds, FILE *lines)
{
    struct round round = {.sweep = sweep, .folder = new_folder(), .lines = lines};
    harness_testing(false); /* a failure of the tests themselves ends this process with a message */
    for (size_t i = 0; i < seeds; i++)
        run_seed(&round, first + i);
    answer_delete(round.folder);
    _exit(fclose(lines) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

static struct sweep_failure *failure_of(struct sweep_tally *tally, const char *name,
                                        const char *invariant)
{
    for (size_t i = 0; i < tally->count; i++)
        if (strcmp(tally->failures[i].name, name) == 0 &&
            strcmp(tally->failures[i].invariant, invariant) == 0)
            return &tally->failures[i];
    tally->failures =
        memory_grow(tally->failures, &tally->room, tally->count + 1, sizeof *tally->failures);
    tally->failures[tally->count] = (struct sweep_failure){
        .name = harness_format("%s", name), .invariant = harness_format("%s", invariant)};
    return &tally->failures[tally->count++];
}

static void read_line(struct sweep_tally *tally, char *line)
{
    char *rest = NULL, *kind = strtok_r(line, " \n", &rest);
    if (kind != NULL && strcmp(kind, "run") == 0) {
        const char *name = strtok_r(NULL, " \n", &rest);
        size_t status = strtoul(strtok_r(NULL, " \n", &rest), NULL, 10);
        tally->runs++;
        if (strcmp(name, "none") == 0) {
            tally->estates++;
            tally->by_status[status < 3 ? status : 3]++;
        }
        for (size_t i = 0; i < sweep_operator_count(); i++)
            tally->rounds[i] += strcmp(operator_at(i)->name, name) == 0;
        return;
    }
    const char *seed = strtok_r(NULL, " ", &rest), *size = strtok_r(NULL, " ", &rest);
    const char *name = strtok_r(NULL, " ", &rest), *invariant = strtok_r(NULL, " ", &rest);
    struct sweep_failure *failure = failure_of(tally, name, invariant);
    size_t certificates = strtoul(size, NULL, 10);
    /* The smallest estate is the easiest to understand. */
    if (failure->count++ == 0 || certificates < failure->size) {
        failure->seed = strtoull(seed, NULL, 10);
        failure->size = certificates;
        failure->message = harness_format("%s", rest);
    }
}

static void collect(struct sweep_tally *tally, pid_t worker, FILE *lines, uint64_t first)
{
    char *line = NULL;
    size_t room = 0;
    int status;
    HARNESS_REQUIRE(waitpid(worker, &status, 0) == worker, "waitpid: %s", strerror(errno));
    rewind(lines);
    while (getline(&line, &room, lines) > 0)
        read_line(tally, line);
    free(line);
    fclose(lines);
    HARNESS_REQUIRE(status == 0, "estates: a worker failed, with a seed from %llu on",
                    (unsigned long long)first);
}

void sweep_run(const struct sweep *sweep, struct sweep_tally *tally)
{
    pid_t workers[WORKERS_MOST];
    FILE *lines[WORKERS_MOST];
    if (tally->rounds == NULL)
        tally->rounds = calloc(sweep_operator_count(), sizeof *tally->rounds);
    HARNESS_REQUIRE(tally->rounds != NULL && sweep->workers <= WORKERS_MOST, "memory");
    for (size_t at = 0; at < sweep->seeds;) {
        uint64_t first = sweep->first + at;
        size_t started = 0;
        for (; started < sweep->workers && at < sweep->seeds; started++, at += BATCH) {
            size_t seeds = sweep->seeds - at < BATCH ? sweep->seeds - at : BATCH;
            lines[started] = tmpfile();
            HARNESS_REQUIRE(lines[started] != NULL, "tmpfile: %s", strerror(errno));
            fflush(NULL);
            workers[started] = fork();
            HARNESS_REQUIRE(workers[started] >= 0, "fork: %s", strerror(errno));
            if (workers[started] == 0)
                work(sweep, sweep->first + at, seeds, lines[started]);
        }
        for (size_t i = 0; i < started; i++)
            collect(tally, workers[i], lines[i], first + i * BATCH);
    }
}

void sweep_free(struct sweep_tally *tally)
{
    free(tally->failures);
    free(tally->rounds);
}
