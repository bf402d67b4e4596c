/*
 * sandbox_calls.h: the system calls that the sandbox refuses with any arguments, by libseccomp's
 * names, for sandbox.c and its test. The audit needs none.
 */
#ifndef SANDBOX_CALLS_H
#define SANDBOX_CALLS_H

#include <seccomp.h>

/* Unknown to the libseccomp of Debian 12; the numbers are the same on every architecture. */
enum {
    SANDBOX_FCHMODAT2 = 452,
    SANDBOX_SETXATTRAT = 463,
    SANDBOX_REMOVEXATTRAT = 466,
    SANDBOX_OPEN_TREE_ATTR = 467,
    SANDBOX_FILE_SETATTR = 469
};

static const int sandbox_calls[] = {
    /* network and other sockets */
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg),
    SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(recvmmsg),
    /* new programs and processes; clone depends on its flags, since threads need it */
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
    /* other processes: their memory, descriptors, signals and priorities */
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(process_madvise), SCMP_SYS(process_mrelease), SCMP_SYS(kcmp), SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(kill), SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(setpriority),
    SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_setscheduler), SCMP_SYS(sched_setparam),
    SCMP_SYS(sched_setattr), SCMP_SYS(ioprio_set), SCMP_SYS(move_pages), SCMP_SYS(migrate_pages),
    SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open),
    /* other ways to make system calls, which this filter does not see */
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    /* modes, owners, times and attributes of files by path, which Landlock does not cover;
     * truncate, which it covers only from ABI 3 on */
    SCMP_SYS(chmod), SCMP_SYS(fchmodat), SANDBOX_FCHMODAT2, SCMP_SYS(chown), SCMP_SYS(lchown),
    SCMP_SYS(fchown), SCMP_SYS(fchownat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr), SANDBOX_SETXATTRAT, SCMP_SYS(removexattr), SCMP_SYS(lremovexattr),
    SCMP_SYS(fremovexattr), SANDBOX_REMOVEXATTRAT, SANDBOX_FILE_SETATTR, SCMP_SYS(utime),
    SCMP_SYS(utimes), SCMP_SYS(futimesat), SCMP_SYS(utimensat), SCMP_SYS(truncate),
    /* other views of the file system */
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(mount_setattr), SCMP_SYS(move_mount),
    SCMP_SYS(open_tree), SANDBOX_OPEN_TREE_ATTR, SCMP_SYS(fsopen), SCMP_SYS(fspick),
    SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(pivot_root), SCMP_SYS(chroot),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at),
    SCMP_SYS(fanotify_init), SCMP_SYS(quotactl), SCMP_SYS(quotactl_fd),
    /* the kernel and the machine */
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(keyctl), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot),
    SCMP_SYS(acct), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(syslog), SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname), SCMP_SYS(personality), SCMP_SYS(iopl), SCMP_SYS(ioperm)};

enum { SANDBOX_CALLS = sizeof sandbox_calls / sizeof sandbox_calls[0] };

#endif
