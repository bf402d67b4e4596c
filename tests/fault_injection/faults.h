/*
 * faults.h: the plan that a test shares with the program it runs. faults.so, which is loaded ahead
 * of the C library, counts the program's calls in it and lets one fail, or sends a signal there.
 * The plan is a file, named by $FAULTS, that both map.
 */
#ifndef FAULTS_H
#define FAULTS_H

enum faults_call {
    FAULTS_MEMORY, /* malloc, calloc: the libraries' */
    FAULTS_GROWTH, /* realloc: nearly all of them certaudit's own */
    FAULTS_OPEN,   /* to read */
    FAULTS_CREATE, /* open with O_CREAT, mkstemp, mkdtemp */
    FAULTS_READ,
    FAULTS_WRITE, /* what stdio hands to the system, to standard output too */
    FAULTS_CLOSE,
    FAULTS_STAT, /* stat, lstat, fstat */
    FAULTS_LIST, /* opendir, readdir */
    FAULTS_SYNC,
    FAULTS_MODE,
    FAULTS_LINK,
    FAULTS_RENAME,
    FAULTS_REMOVE, /* unlink, rmdir */
    FAULTS_CALLS
};

enum faults_action {
    FAULTS_FAIL,        /* that call alone */
    FAULTS_FAIL_ON,     /* it and every later one of its kind */
    FAULTS_CUT,         /* a write or read that does half, and those after it fail */
    FAULTS_RAISE,       /* the signal comes before the call */
    FAULTS_RAISE_BEHIND /* the signal comes when the call is done */
};

struct faults {
    enum faults_call call;
    enum faults_action action;
    unsigned at; /* which call of its kind, from 1; 0: none */
    int number;  /* errno, or the signal's */
    unsigned counts[FAULTS_CALLS];
};

#endif
