/*
 * limit.h: what hostile evidence can cost at most: each limit, its reason, and what the user sees
 * when it is reached. Limits of outside formats, such as a cell of Excel, are with their writers.
 */
#ifndef LIMIT_H
#define LIMIT_H

enum {
    /* Levels of nesting in a JSON document, because reading them takes stack. cJSON has the same
     * limit; no AWS output has more than ten levels. Problem: too-deep; the rest of the file is not
     * read. */
    LIMIT_DEPTH = 1000,

    /* Bytes of one document as UTF-8, because it is kept in memory, and its tree is larger. An
     * account has a few thousand certificates at most, of two kilobytes each. Problem: too-large.
     */
    LIMIT_DOCUMENT = 256 * 1024 * 1024,

    /* Bytes of a scope, waivers, baseline or controls file, because it is kept in memory. A
     * baseline of a hundred thousand findings has 150 MB. Error: larger than 256 MiB. */
    LIMIT_TABLE = 256 * 1024 * 1024,

    /* Problems printed for one file, because a list may have a million bad elements. The most
     * serious ones are, and the number of the others. */
    LIMIT_PROBLEMS = 10,

    /* Exports named in the reason of a conflict, as above. The number of the others is printed. */
    LIMIT_CONFLICTS = 10,

    /* Groups of domains, and domains of a group, in one reason or remediation: a certificate of ACM
     * has 100 names at most. The number of the others is printed. */
    LIMIT_TOLD = 100,

    /* Descriptions of one certificate that contradict each other and are compared with its
     * summaries. Each further one is a conflict anyway, which is reported. */
    LIMIT_DESCRIPTIONS = 16,

    /* Accounts times regions in Coverage, because a small file can name a million pairs. No
     * organisation has as many. A note says that only pairs with evidence have rows. */
    LIMIT_PAIRS = 50000,

    /* Threads, because each needs memory and an open file, and a process can open 1,024 files.
     * Nothing is printed: results do not depend on it. */
    LIMIT_JOBS = 64
};

#endif
