/* fault_runs.c: see fault_runs.h. */
#include "fault_injection/fault_runs.h"
#include "base/memory.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SLOTS_MOST = 8, CANNOT_EXECUTE = 127 };

/* The folder that contains `inputs` and the folder of each slot; the content of the inputs. */
static const char *parent;
static struct text inputs;

/* Makes one run at a time. */
struct slot {
    const char *folder; /* of the plan, and of `out` and `err`: standard output and error */
    const char *reports, *temporary;
    struct faults *plan;
    pid_t child;
    unsigned at;
};

/* A sweep in progress. */
struct sweep_state {
    const struct fault_sweep *sweep;
    struct slot slots[SLOTS_MOST];
    size_t slot_count;
    struct text before; /* the tree ahead of any run */
    struct fault_result undisturbed, result;
    unsigned wrong;
    struct text messages; /* about the first wrong runs */
};

static char *copy(const char *text)
{
    return harness_keep(strdup(text));
}

static void add_file(struct text *text, const char *path)
{
    char buffer[BUFSIZ];
    ssize_t got;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    HARNESS_REQUIRE(file >= 0, "%s: %s", path, strerror(errno));
    while ((got = read(file, buffer, sizeof buffer)) > 0)
        text_add_bytes(text, buffer, (size_t)got);
    HARNESS_REQUIRE(got == 0, "%s: %s", path, strerror(errno));
    close(file);
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

/* Adds each name with its content to content, and each name to names. */
static void add_tree(struct text *content, struct text *names, const char *folder)
{
    struct dirent **entries = NULL;
    struct text path = TEXT_EMPTY;
    struct stat status;
    int count = scandir(folder, &entries, NULL, by_name);
    HARNESS_REQUIRE(count >= 0, "%s: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            text_clear(&path);
            text_addf(&path, "%s/%s", folder, name);
            HARNESS_REQUIRE(lstat(path.bytes, &status) == 0, "%s", path.bytes);
            text_addf(content, "%s\n", name);
            text_addf(names, " %s", name);
            if (S_ISDIR(status.st_mode))
                add_tree(content, names, path.bytes);
            else if (S_ISREG(status.st_mode))
                add_file(content, path.bytes);
        }
        free(entries[i]);
    }
    free(entries);
    text_free(&path);
}

/* The fault, for messages: `read 7 fails`. */
static const char *describe(const struct fault_sweep *sweep, unsigned at)
{
    static const char *const calls[FAULTS_CALLS] = {
        "malloc", "realloc", "open",  "create", "read",   "write",  "close",
        "stat",   "readdir", "fsync", "fchmod", "linkat", "rename", "unlink"};
    static const char *const actions[] = {"fails", "and all later ones fail", "is cut short",
                                          "comes after a signal", "comes before a signal"};
    return harness_format("%s: %s %u %s", sweep->command->name, calls[sweep->call], at,
                          actions[sweep->action]);
}

bool fault_runs_same(const struct text *left, const struct text *right)
{
    return left->length == right->length &&
           memcmp(text_string(left), text_string(right), left->length) == 0;
}

/* A few lines test as much as all lines would, and take less time. */
static const char *first_lines(const char *path)
{
    enum { LINES = 6 };
    const char *text = harness_read(path, NULL), *end = text;
    for (int i = 0; i < LINES && *end != '\0'; i++)
        end += strcspn(end, "\n") + 1;
    return harness_format("%.*s", (int)(end - text), text);
}

void fault_runs_make_inputs(void)
{
    static const char describe[] = "production-111122223333/ap-southeast-2/describe";
    const char *const exports[] = {
        "staging-444455556666/iam", "staging-444455556666/us-east-1",
        harness_format("%s/1054c118-9532-490b-abac-e8c962cb7556.json", describe),
        harness_format("%s/a6da21d1-12f4-4c10-b10f-468690412c7e.json", describe)};
    static const char *const added[] = {"scope.csv", "waivers.csv", "baseline.csv"};
    struct text names = TEXT_EMPTY;
    parent = harness_folder();
    const char *folder = harness_format("%s/inputs", parent);
    HARNESS_REQUIRE(mkdir(folder, 0755) == 0 &&
                        mkdir(harness_format("%s/exports", folder), 0755) == 0,
                    "%s: %s", folder, strerror(errno));
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++)
        harness_tool("cp",
                     (const char *const[]){"-r", harness_format("fixtures/example/%s", exports[i]),
                                           harness_format("%s/exports/", folder), NULL});
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++)
        harness_write(harness_format("%s/%s", folder, added[i]),
                      first_lines(harness_format("fixtures/engagement/%s", added[i])));
    harness_write(harness_format("%s/controls.csv", folder),
                  "rule,framework,version,control,title,relation,conditions,rationale,origin\n"
                  "IAM-033,Frame,1,1.1,Title,direct,,Why,own\n"
                  "ACM-005,Frame,1,1.2,Title,supporting,,Why,own\n");
    text_clear(&inputs);
    add_tree(&inputs, &names, folder);
    text_free(&names);
}

void fault_runs_check_inputs(void)
{
    struct text now = TEXT_EMPTY, names = TEXT_EMPTY;
    add_tree(&now, &names, harness_format("%s/inputs", parent));
    HARNESS_REQUIRE(fault_runs_same(&now, &inputs), "the inputs changed:%s", text_string(&names));
    text_free(&now);
    text_free(&names);
}

static void remove_tree(const char *path)
{
    struct dirent **entries = NULL;
    struct stat status;
    if (lstat(path, &status) != 0)
        return;
    if (!S_ISDIR(status.st_mode)) {
        HARNESS_REQUIRE(unlink(path) == 0, "%s: %s", path, strerror(errno));
        return;
    }
    int count = scandir(path, &entries, NULL, by_name);
    HARNESS_REQUIRE(count >= 0, "%s: %s", path, strerror(errno));
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            remove_tree(harness_format("%s/%s", path, name));
        free(entries[i]);
    }
    free(entries);
    HARNESS_REQUIRE(rmdir(path) == 0, "%s: %s", path, strerror(errno));
}

/* Makes the folders as they are ahead of a run. */
static void reset_folders(const struct slot *slot, const struct fault_command *command)
{
    static const char *const reports[] = {"report.csv", "report.md", "report.xlsx"};
    const char *const folders[] = {slot->reports, slot->temporary};
    for (size_t i = 0; i < 2; i++) {
        remove_tree(folders[i]);
        HARNESS_REQUIRE(mkdir(folders[i], 0755) == 0, "%s: %s", folders[i], strerror(errno));
    }
    for (size_t i = 0; command->replaces && i < sizeof reports / sizeof reports[0]; i++)
        harness_write(harness_format("%s/%s", slot->reports, reports[i]), "the old report\n");
}

static void open_slot(struct slot *slot, const struct fault_command *command)
{
    char *folder = copy(harness_format("%s/slot.XXXXXX", parent));
    HARNESS_REQUIRE(mkdtemp(folder) != NULL, "%s: %s", folder, strerror(errno));
    *slot = (struct slot){.folder = folder,
                          .reports = harness_format("%s/reports", folder),
                          .temporary = harness_format("%s/tmp", folder)};
    reset_folders(slot, command);
    int file = open(harness_format("%s/plan", folder), O_RDWR | O_CREAT, 0600);
    HARNESS_REQUIRE(file >= 0 && ftruncate(file, sizeof *slot->plan) == 0, "%s", folder);
    void *map = mmap(NULL, sizeof *slot->plan, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    HARNESS_REQUIRE(map != MAP_FAILED, "%s: %s", folder, strerror(errno));
    slot->plan = map;
    close(file);
}

static void redirect(const char *path, int flags, int to)
{
    int file = open(path, flags, 0644);
    if (file < 0 || dup2(file, to) < 0)
        _exit(CANNOT_EXECUTE);
    close(file);
}

static char *const *argument_vector(const struct fault_command *command)
{
    size_t count = 0;
    while (command->arguments[count] != NULL)
        count++;
    char **vector = harness_keep(memory_resize(NULL, count + 2, sizeof *vector));
    vector[0] = copy("certaudit");
    for (size_t i = 0; i <= count; i++)
        vector[i + 1] = i < count ? copy(command->arguments[i]) : NULL;
    return vector;
}

static _Noreturn void execute(const struct slot *slot, char *const *arguments,
                              char *const *environment)
{
    if (chdir(slot->folder) != 0)
        _exit(CANNOT_EXECUTE);
    redirect("/dev/null", O_RDONLY, STDIN_FILENO);
    redirect("out", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    redirect("err", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    if (chdir("reports") == 0)
        execve(harness_program(), arguments, environment);
    _exit(CANNOT_EXECUTE);
}

static void start(const struct fault_sweep *sweep, struct slot *slot, unsigned at)
{
    static const char *library;
    char *const *arguments = argument_vector(sweep->command);
    if (library == NULL)
        library = harness_format("LD_PRELOAD=%s", harness_built("fault_injection/faults.so"));
    char *const environment[] = {copy(library),
                                 copy(harness_format("FAULTS=%s/plan", slot->folder)),
                                 copy(harness_format("TMPDIR=%s", slot->temporary)), NULL};
    *slot->plan = (struct faults){sweep->call, sweep->action, at, sweep->number, {0}};
    slot->at = at;
    fflush(NULL);
    slot->child = fork();
    HARNESS_REQUIRE(slot->child >= 0, "fork: %s", strerror(errno));
    if (slot->child == 0)
        execute(slot, arguments, environment);
}

static void read_result(struct fault_result *result, const struct slot *slot, int status)
{
    result->status = WIFEXITED(status) ? WEXITSTATUS(status) : HARNESS_SIGNALLED + WTERMSIG(status);
    text_clear(&result->output);
    text_clear(&result->err);
    text_clear(&result->tree);
    text_clear(&result->names);
    add_file(&result->output, harness_format("%s/out", slot->folder));
    add_file(&result->err, harness_format("%s/err", slot->folder));
    add_tree(&result->tree, &result->names, slot->reports);
    add_tree(&result->tree, &result->names, slot->temporary);
}

/* Judges the run that ended in the slot. */
static void judge_run(struct sweep_state *state, struct slot *slot, int status)
{
    enum { MESSAGES = 5 };
    const struct fault_sweep *sweep = state->sweep;
    read_result(&state->result, slot, status);
    const char *wrong = sweep->judge(sweep, &state->result, &state->undisturbed, &state->before);
    slot->child = 0;
    if (wrong != NULL && state->wrong++ < MESSAGES)
        text_addf(&state->messages, "%s: %s: status %d, files:%s, standard error: %s\n",
                  describe(sweep, slot->at), wrong, state->result.status,
                  text_string(&state->result.names), text_string(&state->result.err));
    if (!fault_runs_same(&state->result.tree, &state->before))
        reset_folders(slot, sweep->command);
}

static struct slot *wait_for_one(struct sweep_state *state)
{
    int status;
    pid_t child = wait(&status);
    HARNESS_REQUIRE(child > 0, "wait: %s", strerror(errno));
    for (size_t i = 0; i < state->slot_count; i++)
        if (state->slots[i].child == child) {
            judge_run(state, &state->slots[i], status);
            return &state->slots[i];
        }
    HARNESS_FAIL("an unknown child process ended");
}

/* Runs without a fault. Returns how often the kind of call is made. */
static unsigned run_undisturbed(struct sweep_state *state)
{
    struct slot *slot = &state->slots[0];
    struct text names = TEXT_EMPTY;
    int status;
    add_tree(&state->before, &names, slot->reports);
    add_tree(&state->before, &names, slot->temporary);
    text_free(&names);
    start(state->sweep, slot, UINT_MAX);
    HARNESS_REQUIRE(waitpid(slot->child, &status, 0) == slot->child, "wait: %s", strerror(errno));
    read_result(&state->undisturbed, slot, status);
    slot->child = 0;
    HARNESS_REQUIRE(state->undisturbed.status == 1, "%s without a fault: status %d: %s",
                    state->sweep->command->name, state->undisturbed.status,
                    text_string(&state->undisturbed.err));
    reset_folders(slot, state->sweep->command);
    unsigned count = slot->plan->counts[state->sweep->call];
    HARNESS_REQUIRE(count > 0, "%s: never called", describe(state->sweep, 1));
    return count;
}

void fault_result_free(struct fault_result *result)
{
    text_free(&result->output);
    text_free(&result->err);
    text_free(&result->tree);
    text_free(&result->names);
}

static void open_state(struct sweep_state *state)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    state->slot_count = processors < 1            ? 1
                        : processors > SLOTS_MOST ? SLOTS_MOST
                                                  : (size_t)processors;
    for (size_t i = 0; i < state->slot_count; i++)
        open_slot(&state->slots[i], state->sweep->command);
}

static void close_state(struct sweep_state *state)
{
    fault_result_free(&state->result);
    fault_result_free(&state->undisturbed);
    text_free(&state->before);
    text_free(&state->messages);
    for (size_t i = 0; i < state->slot_count; i++)
        munmap(state->slots[i].plan, sizeof *state->slots[i].plan);
}

/* A sample has a fault at the first call, and at one or two more. */
static unsigned sample_stride(const struct fault_sweep *sweep, unsigned calls)
{
    enum { RUNS = 3 };
    unsigned stride = (calls + RUNS - 1) / RUNS;
    return harness_full() || stride < sweep->stride ? sweep->stride : stride;
}

void fault_runs_sweep(const struct fault_sweep *sweep, struct fault_counts *counts)
{
    struct sweep_state state = {.sweep = sweep};
    size_t busy = 0;
    unsigned runs = 0;
    open_state(&state);
    unsigned calls = run_undisturbed(&state), stride = sample_stride(sweep, calls);
    for (unsigned at = 1; at <= calls; at += stride, runs++)
        start(sweep, busy < state.slot_count ? &state.slots[busy++] : wait_for_one(&state), at);
    for (; busy > 0; busy--)
        wait_for_one(&state);
    counts->calls += calls;
    counts->runs += runs;
    counts->planned += (calls + sweep->stride - 1) / sweep->stride;
    HARNESS_REQUIRE(state.wrong == 0, "%u of %u runs ended wrong:\n%s", state.wrong, runs,
                    text_string(&state.messages));
    close_state(&state);
    fault_runs_check_inputs();
}

unsigned fault_runs_pause(const struct fault_command *command, enum faults_call call, unsigned at,
                          void (*change)(void), struct fault_result *result)
{
    const struct fault_sweep sweep = {command, call, FAULTS_RAISE, SIGSTOP, 1, NULL};
    struct slot slot;
    int status = 0;
    open_slot(&slot, command);
    start(&sweep, &slot, at == 0 ? UINT_MAX : at);
    HARNESS_REQUIRE(waitpid(slot.child, &status, WUNTRACED) == slot.child, "waitpid: %s",
                    strerror(errno));
    if (WIFSTOPPED(status)) {
        change();
        kill(slot.child, SIGCONT);
        HARNESS_REQUIRE(waitpid(slot.child, &status, 0) == slot.child, "waitpid: %s",
                        strerror(errno));
    }
    read_result(result, &slot, status);
    unsigned count = slot.plan->counts[call];
    munmap(slot.plan, sizeof *slot.plan);
    return count;
}
