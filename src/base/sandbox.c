/* sandbox.c: see sandbox.h. These calls exist only on Linux. */
#define _GNU_SOURCE /* O_PATH, syscall */
#include "base/sandbox.h"
#include "base/text.h"

#ifdef CERTAUDIT_WITHOUT_SANDBOX /* the sanitizers and gcov need what it refuses */

bool sandbox_enter(const struct sandbox_files *files, struct sandbox *sandbox, struct text *error)
{
    static const char left_out[] = "left out of this build";
    (void)files;
    (void)error;
    *sandbox = (struct sandbox){left_out, left_out, 0};
    return true;
}

#else

#include "base/sandbox_calls.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const uint64_t low_half = UINT32_MAX; /* the kernel uses 32 bits of an ioctl request */

/* Refuses a call if the argument matches. */
static bool refuse_if(scmp_filter_ctx filter, int call, struct scmp_arg_cmp argument)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, argument) == 0;
}

/* False if a rule cannot be added. libseccomp skips calls that this architecture lacks. */
static bool add_refusals(scmp_filter_ctx filter)
{
    const scmp_datum_t own = (scmp_datum_t)getpid();
    bool fine = true;
    for (size_t i = 0; fine && i < SANDBOX_CALLS; i++)
        fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), sandbox_calls[i], 0) == 0;
    /* New processes, but not threads. A filter cannot see the flags of clone3; on ENOSYS the C
     * library uses clone instead. */
    fine = fine &&
           refuse_if(filter, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    /* Signals to other processes, and their limits; in prlimit64, 0 is this process. */
    fine = fine && refuse_if(filter, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_NE, own, 0)) &&
           refuse_if(filter, SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_NE, 0, 0));
    /* Input pushed to the terminal, for the next program to read. */
    return fine &&
           refuse_if(filter, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, low_half, TIOCSTI)) &&
           refuse_if(filter, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_MASKED_EQ, low_half, TIOCLINUX));
}

static const char *refuse_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        return "cannot make a filter";
    bool made = add_refusals(filter);
    bool loaded = made && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded ? NULL : made ? "not in this kernel" : "cannot make a filter";
}

/* From Landlock ABI 3 to 6, newer than the headers of Debian 12. */
static const uint64_t access_truncate = UINT64_C(1) << 14, access_ioctl_dev = UINT64_C(1) << 15;
static const uint64_t net_bind_connect = 3, scope_abstract_socket_signal = 3;

/* struct landlock_ruleset_attr of ABI 6; an older kernel accepts its first members. */
struct ruleset {
    uint64_t files, net, scoped;
};

enum { NEWEST_ABI = 6 };

/* Sets what this version can restrict, and returns the size of the structure it accepts. */
static size_t set_rules(struct ruleset *rules, int version)
{
    *rules = (struct ruleset){.files = LANDLOCK_ACCESS_FS_REFER - 1}; /* everything in ABI 1 */
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

/* These errors are not about the file: without its rule, opening it later would fail with another
 * error, "Permission denied". */
static bool is_shortage(int number)
{
    return number == EMFILE || number == ENFILE || number == ENOMEM;
}

/* Adds a rule for the path. A path that cannot be opened has none: the same error is reported when
 * it is used. Neither has a pipe, which is outside of all file systems. */
static bool allow(int ruleset, const char *path, uint64_t access, uint64_t only_folders,
                  struct text *error)
{
    struct stat status;
    int descriptor = open(path, O_PATH | O_CLOEXEC);
    bool fine = descriptor >= 0 && fstat(descriptor, &status) == 0;
    if (fine) {
        struct landlock_path_beneath_attr rule = {access, descriptor};
        if (!S_ISDIR(status.st_mode))
            rule.allowed_access &= ~only_folders;
        fine = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    }
    int number = errno;
    if (descriptor >= 0)
        (void)close(descriptor);
    if (fine || !is_shortage(number))
        return true;
    text_add_visible(error, path);
    text_addf(error, ": cannot be opened: %s", strerror(number));
    return false;
}

static bool allow_all(int ruleset, const struct sandbox_files *files, uint64_t known,
                      struct text *error)
{
    const uint64_t only_folders = LANDLOCK_ACCESS_FS_READ_DIR;
    const uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | only_folders;
    /* Whatever a report replaces is kept under a second name meanwhile, even a link or a FIFO. */
    const uint64_t make = LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
                          LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                          LANDLOCK_ACCESS_FS_MAKE_SOCK;
    const uint64_t write = make | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                           LANDLOCK_ACCESS_FS_REMOVE_DIR | access_truncate;
    bool fine = true;
    for (size_t i = 0; fine && i < files->read_count; i++)
        fine = allow(ruleset, files->read[i], read, only_folders, error);
    for (size_t i = 0; fine && i < files->write_count; i++)
        fine = allow(ruleset, files->write[i], (read | write) & known, 0, error);
    return fine;
}

/* NULL, or why files are not confined. If a path cannot be allowed, error says why. */
static const char *confine_files(const struct sandbox_files *files, int *version,
                                 struct text *error)
{
    struct ruleset rules;
    *version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (*version < 1)
        return "not in this kernel";
    if (*version > NEWEST_ABI)
        *version = NEWEST_ABI;
    size_t size = set_rules(&rules, *version);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0)
        return "cannot make rules";
    bool confined = allow_all(ruleset, files, rules.files, error) &&
                    syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    (void)close(ruleset);
    return confined ? NULL : "refused by this system";
}

bool sandbox_enter(const struct sandbox_files *files, struct sandbox *sandbox, struct text *error)
{
    static const char refusal[] = "refused by this system";
    *sandbox = (struct sandbox){refusal, refusal, 0};
    /* Otherwise the kernel accepts a filter only from root. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return true;
    sandbox->files = confine_files(files, &sandbox->version, error);
    sandbox->calls = refuse_calls();
    return error->length == 0;
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
                  "certaudit: sandbox: file access is limited to inputs and report folders "
                  "(Landlock, ABI %d)\n",
                  sandbox->version);
    else
        text_addf(text, "certaudit: sandbox: file access is not limited (Landlock: %s)\n",
                  sandbox->files);
}
