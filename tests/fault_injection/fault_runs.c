/* fault_runs.c: see fault_runs.h. */
#include "base/memory.h"
#include "fault_injection/check_faults.h"
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

/* The folder of all beds, with `inputs` in it, and what the inputs were. */
static const char *ground;
static struct text inputs;

/* One run at a time. */
struct slot {
    const char *folder; /* of the plan, and of out and err: standard output and error */
    const char *reports, *temporary;
    struct faults *plan;
    pid_t child;
    unsigned at;
};

struct bed {
    const struct faults_sweep *sweep;
    struct slot slots[SLOTS_MOST];
    size_t slot_count;
    struct text before; /* the folders ahead of any run */
    struct faults_end undisturbed, end;
    unsigned wrong;
    struct text told;
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

/* Each name with what is there, and the names alone. */
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

const char *faults_name(const struct faults_sweep *sweep)
{
    static const char *const calls[FAULTS_CALLS] = {"memory", "growth", "open",   "create", "read",
                                                    "write",  "close",  "stat",   "list",   "sync",
                                                    "mode",   "link",   "rename", "remove"};
    static const char *const actions[] = {"fails", "fails from", "is cut", "after a signal",
                                          "before a signal"};
    return harness_format("%s %s", calls[sweep->call], actions[sweep->action]);
}

bool faults_same(const struct text *left, const struct text *right)
{
    return left->length == right->length &&
           memcmp(text_string(left), text_string(right), left->length) == 0;
}

/* A few lines are as good as all, and cost less. */
static const char *first_lines(const char *path)
{
    enum { LINES = 6 };
    const char *text = harness_read(path, NULL), *end = text;
    for (int i = 0; i < LINES && *end != '\0'; i++)
        end += strcspn(end, "\n") + 1;
    return harness_format("%.*s", (int)(end - text), text);
}

void faults_make_inputs(void)
{
    static const char describe[] = "production-111122223333/ap-southeast-2/describe";
    const char *const exports[] = {
        "staging-444455556666/iam", "staging-444455556666/us-east-1",
        harness_format("%s/1054c118-9532-490b-abac-e8c962cb7556.json", describe),
        harness_format("%s/a6da21d1-12f4-4c10-b10f-468690412c7e.json", describe)};
    static const char *const added[] = {"scope.csv", "waivers.csv", "baseline.csv"};
    struct text names = TEXT_EMPTY;
    ground = harness_folder();
    const char *folder = harness_format("%s/inputs", ground);
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

void faults_check_inputs(void)
{
    struct text now = TEXT_EMPTY, names = TEXT_EMPTY;
    add_tree(&now, &names, harness_format("%s/inputs", ground));
    HARNESS_REQUIRE(faults_same(&now, &inputs), "the inputs changed:%s", text_string(&names));
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

/* The folders as they are ahead of a run. */
static void lay(const struct slot *slot, const struct faults_run *run)
{
    static const char *const reports[] = {"report.csv", "report.md", "report.xlsx"};
    const char *const folders[] = {slot->reports, slot->temporary};
    for (size_t i = 0; i < 2; i++) {
        remove_tree(folders[i]);
        HARNESS_REQUIRE(mkdir(folders[i], 0755) == 0, "%s: %s", folders[i], strerror(errno));
    }
    for (size_t i = 0; run->old && i < sizeof reports / sizeof reports[0]; i++)
        harness_write(harness_format("%s/%s", slot->reports, reports[i]), "the old report\n");
}

static void open_slot(struct slot *slot, const struct faults_run *run)
{
    char *folder = copy(harness_format("%s/slot.XXXXXX", ground));
    HARNESS_REQUIRE(mkdtemp(folder) != NULL, "%s: %s", folder, strerror(errno));
    *slot = (struct slot){.folder = folder,
                          .reports = harness_format("%s/reports", folder),
                          .temporary = harness_format("%s/tmp", folder)};
    lay(slot, run);
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

static char *const *argument_vector(const struct faults_run *run)
{
    size_t count = 0;
    while (run->arguments[count] != NULL)
        count++;
    char **vector = harness_keep(memory_resize(NULL, count + 2, sizeof *vector));
    vector[0] = copy("certaudit");
    for (size_t i = 0; i <= count; i++)
        vector[i + 1] = i < count ? copy(run->arguments[i]) : NULL;
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

static void start(const struct faults_sweep *sweep, struct slot *slot, unsigned at)
{
    static const char *preload;
    char *const *arguments = argument_vector(sweep->run);
    if (preload == NULL)
        preload = harness_format("LD_PRELOAD=%s", harness_built("fault_injection/faults.so"));
    char *const environment[] = {copy(preload),
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

static void note_end(struct faults_end *end, const struct slot *slot, int status)
{
    end->status = WIFEXITED(status) ? WEXITSTATUS(status) : HARNESS_SIGNALLED + WTERMSIG(status);
    text_clear(&end->out);
    text_clear(&end->err);
    text_clear(&end->tree);
    text_clear(&end->names);
    add_file(&end->out, harness_format("%s/out", slot->folder));
    add_file(&end->err, harness_format("%s/err", slot->folder));
    add_tree(&end->tree, &end->names, slot->reports);
    add_tree(&end->tree, &end->names, slot->temporary);
}

/* Judges the run of the slot that ended. */
static void settle(struct bed *bed, struct slot *slot, int status)
{
    enum { TOLD = 5 };
    const struct faults_sweep *sweep = bed->sweep;
    note_end(&bed->end, slot, status);
    const char *wrong = sweep->judge(sweep, &bed->end, &bed->undisturbed, &bed->before);
    slot->child = 0;
    if (wrong != NULL && bed->wrong++ < TOLD)
        text_addf(&bed->told, "%s: %s %u: %s: status %d,%s: %s", sweep->run->name,
                  faults_name(sweep), slot->at, wrong, bed->end.status,
                  text_string(&bed->end.names), text_string(&bed->end.err));
    if (!faults_same(&bed->end.tree, &bed->before))
        lay(slot, sweep->run);
}

static struct slot *wait_for_one(struct bed *bed)
{
    int status;
    pid_t child = wait(&status);
    HARNESS_REQUIRE(child > 0, "wait: %s", strerror(errno));
    for (size_t i = 0; i < bed->slot_count; i++)
        if (bed->slots[i].child == child) {
            settle(bed, &bed->slots[i], status);
            return &bed->slots[i];
        }
    HARNESS_FAIL("an unknown child ended");
}

/* How often the kind of call is made, and what comes of it. */
static unsigned run_undisturbed(struct bed *bed)
{
    struct slot *slot = &bed->slots[0];
    struct text names = TEXT_EMPTY;
    int status;
    add_tree(&bed->before, &names, slot->reports);
    add_tree(&bed->before, &names, slot->temporary);
    text_free(&names);
    start(bed->sweep, slot, UINT_MAX);
    HARNESS_REQUIRE(waitpid(slot->child, &status, 0) == slot->child, "wait: %s", strerror(errno));
    note_end(&bed->undisturbed, slot, status);
    slot->child = 0;
    HARNESS_REQUIRE(bed->undisturbed.status == 1, "undisturbed: status %d: %s",
                    bed->undisturbed.status, text_string(&bed->undisturbed.err));
    lay(slot, bed->sweep->run);
    return slot->plan->counts[bed->sweep->call];
}

void faults_end_free(struct faults_end *end)
{
    text_free(&end->out);
    text_free(&end->err);
    text_free(&end->tree);
    text_free(&end->names);
}

static void close_bed(struct bed *bed)
{
    faults_end_free(&bed->end);
    faults_end_free(&bed->undisturbed);
    text_free(&bed->before);
    text_free(&bed->told);
    for (size_t i = 0; i < bed->slot_count; i++)
        munmap(bed->slots[i].plan, sizeof *bed->slots[i].plan);
}

unsigned faults_sweep(const struct faults_sweep *sweep, unsigned *calls)
{
    struct bed bed = {.sweep = sweep};
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t busy = 0;
    unsigned runs = 0;
    bed.slot_count = processors < 1 ? 1 : processors > SLOTS_MOST ? SLOTS_MOST : (size_t)processors;
    for (size_t i = 0; i < bed.slot_count; i++)
        open_slot(&bed.slots[i], sweep->run);
    unsigned count = run_undisturbed(&bed);
    HARNESS_REQUIRE(count > 0, "%s: %s: no such call", sweep->run->name, faults_name(sweep));
    for (unsigned at = 1; at <= count; at += sweep->stride, runs++)
        start(sweep, busy < bed.slot_count ? &bed.slots[busy++] : wait_for_one(&bed), at);
    for (; busy > 0; busy--)
        wait_for_one(&bed);
    *calls += count;
    HARNESS_REQUIRE(bed.wrong == 0, "%u of %u runs ended wrong:\n%s", bed.wrong, runs,
                    text_string(&bed.told));
    close_bed(&bed);
    faults_check_inputs();
    return runs;
}

unsigned faults_pause(const struct faults_run *run, enum faults_call call, unsigned at,
                      void (*change)(void), struct faults_end *end)
{
    const struct faults_sweep sweep = {run, call, FAULTS_RAISE, SIGSTOP, 1, NULL};
    struct slot slot;
    int status = 0;
    open_slot(&slot, run);
    start(&sweep, &slot, at == 0 ? UINT_MAX : at);
    HARNESS_REQUIRE(waitpid(slot.child, &status, WUNTRACED) == slot.child, "waitpid: %s",
                    strerror(errno));
    if (WIFSTOPPED(status)) {
        change();
        kill(slot.child, SIGCONT);
        HARNESS_REQUIRE(waitpid(slot.child, &status, 0) == slot.child, "waitpid: %s",
                        strerror(errno));
    }
    note_end(end, &slot, status);
    unsigned count = slot.plan->counts[call];
    munmap(slot.plan, sizeof *slot.plan);
    return count;
}
