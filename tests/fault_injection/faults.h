/*
 * faults.h: the plan of a fault, which a test shares with the program that it runs. The library
 * faults.so, preloaded into the program, counts the program's calls in the plan, and makes one fail
 * or sends a signal. The plan is a file that both processes map; $FAULTS is its path.
 */
#ifndef FAULTS_H
#define FAULTS_H

enum faults_call {
    FAULTS_MEMORY, /* malloc, calloc: mostly by libraries */
    FAULTS_GROWTH, /* realloc: mostly by certaudit */
    FAULTS_OPEN,   /* to read */
    FAULTS_CREATE, /* open with O_CREAT, mkstemp, mkdtemp */
    FAULTS_READ,
    FAULTS_WRITE, /* by stdio, also to standard output */
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
    FAULTS_FAIL,       /* only that call */
    FAULTS_FAIL_ON,    /* that call and all later ones of its kind */
    FAULTS_CUT,        /* the read or write does half, and all later ones fail */
    FAULTS_RAISE,      /* a signal before the call */
    FAULTS_RAISE_AFTER /* a signal after the call */
};

struct faults {
    enum faults_call call;
    enum faults_action action;
    unsigned at; /* the number of the call, among those of its kind, from 1; 0: none */
    int number;  /* of errno, or of the signal */
    unsigned counts[FAULTS_CALLS];
};

#endif
