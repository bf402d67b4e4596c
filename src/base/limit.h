/*
 * limit.h: the limits on what hostile evidence can cost, each with its reason and with what is
 * said where it is reached. Limits of outside formats (a cell of Excel) stand with their writers.
 */
#ifndef LIMIT_H
#define LIMIT_H

enum {
    /* Levels of nesting in a document: reading them takes stack. It is cJSON's own limit too; no
     * AWS output has more than ten. Said: too-deep, and nothing behind it is read. */
    LIMIT_DEPTH = 1000,

    /* Bytes of one document, as UTF-8: it is in memory whole, and its tree is larger. An account
     * has thousands of certificates at most, of two kilobytes. Said: too-large. */
    LIMIT_DOCUMENT = 256 * 1024 * 1024,

    /* Bytes of a scope, a register of waivers, a baseline or a control table: it is in memory
     * whole. A baseline of a hundred thousand findings has 150 MB. Said: larger than 256 MiB. */
    LIMIT_TABLE = 256 * 1024 * 1024,

    /* Problems of one file that are told: a list may hold a million bad elements. Said: how many
     * more there are. */
    LIMIT_PROBLEMS = 10,

    /* Exports that the reason of a conflict names, for the same cause. Said: how many more. */
    LIMIT_CONFLICTS = 10,

    /* Descriptions of one certificate that differ in Status or RenewalStatus and are held against
     * its summaries. The API has seven and four values; each further one is a conflict by itself,
     * which is said, and counts. */
    LIMIT_DESCRIPTIONS = 16,

    /* Accounts times regions, each of which would have a row: both come from the exports, so that a
     * small file can name a million pairs. No organisation has as many. Said: a note that only the
     * pairs that are seen have rows. */
    LIMIT_PAIRS = 50000,

    /* Threads: each has memory and an open file of its own, and a system allows 1,024 open files.
     * Said: nothing, the result is the same. */
    LIMIT_JOBS = 64
};

#endif
