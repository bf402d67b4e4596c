/* sandbox.c: see sandbox.h. Linux alone has these calls. */
#define _GNU_SOURCE /* O_PATH, syscall */
#include "base/sandbox.h"
#include "base/text.h"

#ifdef CERTAUDIT_WITHOUT_SANDBOX /* the sanitizers and gcov do what it refuses */

struct sandbox sandbox_enter(const struct sandbox_files *files)
{
    static const char left_out[] = "left out of this build";
    (void)files;
    return (struct sandbox){left_out, left_out, 0};
}

#else

#include "base/sandbox_calls.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const uint64_t low_half = UINT32_MAX; /* the kernel takes an ioctl's request as 32 bits */

/* Refuses a call where an argument compares so. */
static bool refuse_where(scmp_filter_ctx filter, int call, struct scmp_arg_cmp argument)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, argument) == 0;
}

/* False where a rule cannot be added. A call that this machine does not have is left out by
 * libseccomp itself. */
static bool add_refusals(scmp_filter_ctx filter)
{
    const scmp_datum_t own = (scmp_datum_t)getpid();
    bool fine = true;
    for (size_t i = 0; fine && i < SANDBOX_CALLS; i++)
        fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), sandbox_calls[i], 0) == 0;
    /* A process, not a thread. Of clone3 a filter cannot see the flags: the C library then takes
     * clone. */
    fine = fine &&
           refuse_where(filter, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    /* A signal to another process, and another process's limits: 0 is this one. */
    fine = fine && refuse_where(filter, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_NE, own, 0)) &&
           refuse_where(filter, SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_NE, 0, 0));
    /* Text put in for whoever reads the terminal next. */
    return fine &&
           refuse_where(filter, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, low_half, TIOCSTI)) &&
           refuse_where(filter, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, low_half, TIOCLINUX));
}

static const char *refuse_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        return "no filter can be made";
    bool made = add_refusals(filter);
    bool loaded = made && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded ? NULL : made ? "not in this kernel" : "no filter can be made";
}

/* Of Landlock's ABI 3 to 6: these are newer than the headers of Debian 12. */
static const uint64_t access_truncate = UINT64_C(1) << 14, access_ioctl_dev = UINT64_C(1) << 15;
static const uint64_t net_bind_connect = 3, scope_abstract_socket_signal = 3;

/* struct landlock_ruleset_attr as of ABI 6; an older kernel takes the beginning. */
struct ruleset {
    uint64_t files, net, scoped;
};

enum { LANDLOCK_KNOWN = 6 };

static size_t describe(struct ruleset *rules, int version)
{
    *rules = (struct ruleset){.files = LANDLOCK_ACCESS_FS_REFER - 1}; /* all of ABI 1 */
    if (version >= 2)
        rules->files |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        rules->files |= access_truncate;
    if (version >= 5)
        rules->files |= access_ioctl_dev;
    rules->net = net_bind_connect;
    rules->scoped = scope_abstract_socket_signal;
    return version >= 6   ? sizeof *rules
           : version >= 4 ? offsetof(struct ruleset, scoped)
                          : offsetof(struct ruleset, net);
}

/* Where the path cannot be opened, or is of no file system (a pipe), there is nothing to add. */
static void allow(int ruleset, const char *path, uint64_t access, uint64_t of_folders)
{
    struct stat status;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0)
        return;
    if (fstat(place, &status) == 0) {
        struct landlock_path_beneath_attr rule = {access, place};
        if (!S_ISDIR(status.st_mode))
            rule.allowed_access &= ~of_folders;
        (void)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    (void)close(place);
}

static void allow_all(int ruleset, const struct sandbox_files *files, uint64_t known)
{
    const uint64_t of_folders = LANDLOCK_ACCESS_FS_READ_DIR;
    const uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | of_folders;
    /* Whatever stands where a report goes is kept under a second name: a link or a FIFO, too. */
    const uint64_t make = LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
                          LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                          LANDLOCK_ACCESS_FS_MAKE_SOCK;
    const uint64_t write = make | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                           LANDLOCK_ACCESS_FS_REMOVE_DIR | access_truncate;
    for (size_t i = 0; i < files->read_count; i++)
        allow(ruleset, files->read[i], read, of_folders);
    for (size_t i = 0; i < files->write_count; i++)
        allow(ruleset, files->write[i], (read | write) & known, 0);
}

static const char *confine_files(const struct sandbox_files *files, int *version)
{
    struct ruleset rules;
    *version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (*version < 1)
        return "not in this kernel";
    if (*version > LANDLOCK_KNOWN)
        *version = LANDLOCK_KNOWN;
    size_t size = describe(&rules, *version);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0)
        return "no rules can be made";
    allow_all(ruleset, files, rules.files);
    bool confined = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    (void)close(ruleset);
    return confined ? NULL : "refused by this system";
}

struct sandbox sandbox_enter(const struct sandbox_files *files)
{
    static const char refusal[] = "refused by this system";
    struct sandbox sandbox = {refusal, refusal, 0};
    /* Without it the kernel takes a filter from root alone. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return sandbox;
    sandbox.files = confine_files(files, &sandbox.version);
    sandbox.calls = refuse_calls();
    return sandbox;
}

#endif

void sandbox_add(const struct sandbox *sandbox, struct text *text)
{
    if (sandbox->calls == NULL)
        text_add(text, "certaudit: sandbox: network and other programs are refused (seccomp)\n");
    else
        text_addf(text, "certaudit: sandbox: system calls are not filtered (seccomp: %s)\n",
                  sandbox->calls);
    if (sandbox->files == NULL)
        text_addf(text,
                  "certaudit: sandbox: no files but the inputs and the reports' folders "
                  "(Landlock, ABI %d)\n",
                  sandbox->version);
    else
        text_addf(text, "certaudit: sandbox: files are not confined (Landlock: %s)\n",
                  sandbox->files);
}
