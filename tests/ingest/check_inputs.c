/* check_inputs.c: which files there are, and what becomes of each. */
#include "aws/check_readers.h"
#include "base/thread_pool.h"
#include "ingest/check_text.h"
#include "support/harness.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORD(arn)                                                                                \
    "{\"ServerCertificateMetadataList\": [{\"Arn\": \"" arn "\","                                  \
    " \"UploadDate\": \"2015-01-01T00:00:00Z\"}]}"
#define WHOAMI "{\"UserId\": \"x\", \"Account\": \"1\"}"

static const char *folder;

static const char *in(const char *name)
{
    return harness_format("%s/%s", folder, name);
}

static void put(const char *name, const char *text)
{
    harness_write(in(name), text);
}

static void put_bytes(const char *name, const char *bytes, size_t count)
{
    FILE *stream = fopen(in(name), "wb");
    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, count, stream), count);
    ck_assert_int_eq(fclose(stream), 0);
}

static void make_folder(const char *name)
{
    ck_assert_int_eq(mkdir(in(name), 0755), 0);
}

static void set_up(void)
{
    folder = harness_folder();
}

/* `NAME: state[!][ problem][, used]; ` for each file, in order; ! is a fault. */
static const char *shown(const struct evidence *evidence)
{
    static const char *const states[] = {"used",      "partial",   "unusable", "unread",
                                         "unrelated", "duplicate", "skipped"};
    struct text text = TEXT_EMPTY;
    for (size_t i = 0; i < evidence->file_count; i++) {
        const struct evidence_file *file = evidence->files[i];
        size_t prefix = strlen(folder);
        const char *name =
            strncmp(file->name, folder, prefix) == 0 ? file->name + prefix + 1 : file->name;
        text_addf(&text, "%s: %s%s%s%s\n", name, states[file->state], file->fault ? "!" : "",
                  file->problems.count > 0 ? " " : "",
                  file->problems.count > 0 ? diag_name(file->problems.kept[0].id) : "");
    }
    return facts_kept(&text);
}

static struct evidence *take(const char *const *paths, size_t count)
{
    struct evidence *evidence = facts_evidence();
    const char *error;
    ck_assert_msg(readers_run(evidence, paths, count, NULL, 0, &error), "%s", error);
    return evidence;
}

/* Fails where the folder, walked, does not give this. */
static void walks_to(const char *expected)
{
    ck_assert_str_eq(shown(take(&folder, 1)), expected);
}

START_TEST(test_content)
{
    put("a.json", RECORD("a"));
    put("b.txt", RECORD("b"));
    put("c", "\xEF\xBB\xBF \n\t[" RECORD("c") "]");
    put("d.txt", "notes");
    put("e.json", "notes");
    put("f.JSONL", "notes");
    put("g.NdJson", "");
    put("h.csv", "");
    put("i.txt", "{");
    put("j.json", RECORD("j") "{");
    put("k.json", WHOAMI);
    put("l.json", RECORD("l") WHOAMI);
    put_bytes("m.txt", "\0{\0}", 4);
    put_bytes("n.txt", "{\0}\0", 4);
    put_bytes("o.txt", "\0x\0y", 4);
    walks_to("a.json: used\n"
             "b.txt: used\n"
             "c: used\n"
             "d.txt: skipped\n"
             "e.json: unusable! not-json\n"
             "f.JSONL: unusable! not-json\n"
             "g.NdJson: unusable! empty-file\n"
             "h.csv: skipped\n"
             "i.txt: unusable! json-ends-early\n"
             "j.json: partial! json-ends-early\n"
             "k.json: unrelated unrelated\n"
             "l.json: used unrelated\n"
             "m.txt: unusable! bad-utf8\n"
             "n.txt: unusable! bad-utf8\n"
             "o.txt: skipped\n");
}
END_TEST

/* Text with traces is unusable, whatever its name; certaudit's own files are skipped. */
START_TEST(test_text_files)
{
    put("a.txt", "CertificateArn : arn:aws:acm:us-east-1:1:certificate/1\n");
    put("b", "notes\nAn error occurred (AccessDenied) when calling the ListCertificates operation");
    put_bytes("c.log",
              "\xFF\xFE"
              "R\0e\0n\0e\0w\0a\0l\0S\0t\0a\0t\0u\0s\0",
              28);
    put("d.csv",
        "rule,arn,owner,approver,approved,reason,expires\nx,arn:aws:acm:x:1:certificate/1,,,,,\n");
    put("e.csv", "arn\narn:aws:acm:x:1:certificate/1\n");
    put("f.md", "notes");
    put("g.json", "CertificateArn: x\n");
    /* JSON is always read, whatever it says. */
    put("h.csv", "{\"ref\": \"result\"}\nCertificateArn");
    put("i.csv", "rule,arn,result\nx,y,z\n{\"Certificate\": {\"CertificateArn\": \"x\"}}\n");
    put("j.csv", "account,region,service,in_scope\n111122223333,iam\n");
    walks_to("a.txt: unusable! not-json\n"
             "b: unusable! command-failed\n"
             "c.log: unusable! not-json\n"
             "d.csv: skipped\n"
             "e.csv: unusable! not-json\n"
             "f.md: skipped\n"
             "g.json: unusable! not-json\n"
             "h.csv: unusable! json-syntax\n"
             "i.csv: unusable! not-json\n"
             "j.csv: skipped\n");
    const struct evidence *evidence = take(&folder, 1);
    ck_assert_uint_eq(evidence->files[1]->problems.kept[0].line, 2);
    ck_assert(evidence->files[4]->hashed && !evidence->files[5]->hashed);
    ck_assert_str_eq(evidence->files[3]->reason, "a waiver register");
    ck_assert_str_eq(evidence->files[5]->reason, "not JSON, and without traces of certificates");
}
END_TEST

/* A private key is warned of in every file, and is not a fault. */
START_TEST(test_private_keys)
{
#define KEY "-----BEGIN PRIVATE KEY-----"
    put("a.json", RECORD("a") "\n{\"key\": \"" KEY "\\nMC\"}");
    put("b.json", RECORD("a") "\n{\"key\": \"" KEY "\\nMC\"}");
    put("c.json", RECORD("c") "x\n\n" KEY);
    put("d.pem", "\n" KEY "\nMC\n");
    put("e.zip", "PK" KEY);
    put("f.json", "{\"x\": \"" KEY "\"}");
    put("g.txt", "x");
#undef KEY
    static const size_t lines[] = {2, 2, 3, 2, 1, 1, 0};
    walks_to("a.json: used unrelated\n"
             "b.json: duplicate private-key\n"
             "c.json: partial! json-syntax\n"
             "d.pem: skipped private-key\n"
             "e.zip: unusable! archive\n"
             "f.json: unrelated unrelated\n"
             "g.txt: skipped\n");
    const struct evidence *evidence = take(&folder, 1);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        ck_assert_uint_eq(evidence->files[i]->private_key_line, lines[i]);
    ck_assert_uint_eq(evidence->files[2]->problems.count, 2);
}
END_TEST

/* What stops the file is kept first, whatever comes before it; and the rest does not depend on the
 * threads that read its batches. */
static const struct {
    const char *before, *last;
    size_t times;
    const char *first, *second, *tenth;
} orders[] = {
    {"{\"LoadBalancers\":[]}\n", "{\"Certificate\": {\"Sta", 10, "json-ends-early", "unrelated",
     "unrelated"},
    {"{\"LoadBalancers\":[]}\n", "null\n", 20, "null-document", "unrelated", "unrelated"},
    {"{\"LoadBalancers\":[]}\n", "null\n{", 20, "json-ends-early", "null-document", "unrelated"},
    {"{\"LoadBalancers\":[]}\n", "null\nAn error occurred (", 9000, "command-failed",
     "null-document", "unrelated"},
    {"{\"CertificateSummaryList\":[],\"NextToken\":\"x\"}\n", "{", 11, "json-ends-early",
     "truncated-list", "truncated-list"},
    {"null\n", "[]\n{\"LoadBalancers\":[]}\n", 11, "null-document", "null-document",
     "null-document"},
};

START_TEST(test_order)
{
    static const size_t jobs[] = {1, 2, 8};
    struct text text = TEXT_EMPTY, error = TEXT_EMPTY;
    for (size_t i = 0; i < orders[_i].times; i++)
        text_add(&text, orders[_i].before);
    text_add(&text, orders[_i].last);
    put("a.json", text_string(&text));
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        HARNESS_ROW("row %d, %zu jobs", _i, jobs[i]);
        struct evidence *evidence = facts_evidence();
        struct thread_pool *threads = thread_pool_new(jobs[i]);
        ck_assert(inputs_read(evidence, &folder, 1, NULL, 0, threads, NULL, &error));
        thread_pool_free(threads);
        const struct problems *problems = &evidence->files[0]->problems;
        ck_assert(evidence->files[0]->fault);
        ck_assert_uint_gt(problems->count, orders[_i].times);
        ck_assert_str_eq(diag_name(problems->kept[0].id), orders[_i].first);
        ck_assert_str_eq(diag_name(problems->kept[1].id), orders[_i].second);
        ck_assert_str_eq(diag_name(problems->kept[9].id), orders[_i].tenth);
        for (size_t j = 1; j < LIMIT_PROBLEMS; j++)
            ck_assert(problems->kept[j - 1].id != problems->kept[j].id ||
                      problems->kept[j - 1].line < problems->kept[j].line);
        ck_assert_uint_eq(problems->harmless, strstr(orders[_i].before, "LoadBalancers") != NULL
                                                  ? orders[_i].times
                                                  : (size_t)(_i == 5));
    }
    text_free(&text);
}
END_TEST

START_TEST(test_archives)
{
    static const char *const endings[] = {"zip", "7z",  "gz",  "tgz", "tar", "bz2",
                                          "xz",  "msg", "eml", "ZIP", "Gz"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        put(harness_format("x.%s", endings[i]), "PK\x03\x04");
    put("real.zip", RECORD("a"));
    put("zip", "PK\x03\x04");
    const struct evidence *evidence = take(&folder, 1);
    const char *found = shown(evidence);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        facts_holds(found, harness_format("x.%s: unusable! archive\n", endings[i]));
    facts_holds(found, "real.zip: used\n");
    facts_holds(found, "\nzip: skipped\n");
}
END_TEST

START_TEST(test_walk)
{
    make_folder("sub");
    make_folder("sub/deeper");
    make_folder(".hidden");
    put("sub/deeper/a.json", RECORD("a"));
    put("sub.json", RECORD("b"));
    put(".hidden.json", RECORD("c"));
    put(".hidden/d.json", RECORD("d"));
    ck_assert_int_eq(symlink("sub.json", in("link.json")), 0);
    ck_assert_int_eq(symlink("sub.json", in("link.txt")), 0);
    ck_assert_int_eq(symlink("nowhere", in("dangling.json")), 0);
    ck_assert_int_eq(symlink("sub", in("folder.json")), 0);
    ck_assert_int_eq(mkfifo(in("pipe.json"), 0600), 0);
    ck_assert_int_eq(mkfifo(in("pipe"), 0600), 0);
    walks_to("dangling.json: unusable! link\n"
             "link.json: unusable! link\n"
             "link.txt: skipped\n"
             "pipe: skipped\n"
             "pipe.json: unusable! not-regular\n"
             "sub.json: used\n"
             "sub/deeper/a.json: used\n");
}
END_TEST

/* Names that are not valid text. */
START_TEST(test_names)
{
    put("a\nb.json", RECORD("a"));
    put("\xFF\x1B.json", RECORD("b"));
    put("\xC3\xA9.json", RECORD("c"));
    walks_to("\\xFF\\x1B.json: used\n"
             "a\\x0Ab.json: used\n"
             "\xC3\xA9.json: used\n");
}
END_TEST

/* What may not be opened; root may open all, and becomes another for a while. */
START_TEST(test_unreadable)
{
    enum { NOBODY = 65534 };
    uid_t me = geteuid();
    make_folder("closed");
    put("closed/a.json", RECORD("a"));
    put("b.json", RECORD("b"));
    put("c.json", RECORD("c"));
    ck_assert_int_eq(chmod(in("closed"), 0), 0);
    ck_assert_int_eq(chmod(in("b.json"), 0), 0);
    if (me == 0)
        ck_assert_int_eq(seteuid(NOBODY), 0);
    const char *found = shown(take(&folder, 1)), *path = in("b.json"), *error;
    bool named = readers_run(facts_evidence(), &path, 1, NULL, 0, &error);
    if (me == 0)
        ck_assert_int_eq(seteuid(0), 0);
    ck_assert_int_eq(chmod(in("closed"), 0755), 0);
    ck_assert_str_eq(found, "b.json: unusable! cannot-open\n"
                            "c.json: used\n"
                            "closed: unusable! cannot-open\n");
    ck_assert(!named);
    facts_holds(error, path);
}
END_TEST

START_TEST(test_duplicates)
{
    put("a.json", RECORD("a"));
    put("b.json", RECORD("a"));
    put("c.json", RECORD("a") "\n"); /* other bytes */
    put("e1.json", "");
    put("e2.json", "");
    put("n1.json", "nothing");
    put("n2.json", "nothing");
    put("p1.json", RECORD("p") "{");
    put("p2.json", RECORD("p") "{");
    put("s1.txt", "skipped");
    put("s2.txt", "skipped");
    put("w1.json", WHOAMI);
    put("w2.json", WHOAMI);
    const struct evidence *evidence = take(&folder, 1);
    ck_assert_str_eq(shown(evidence), "a.json: used\n"
                                      "b.json: duplicate\n"
                                      "c.json: used\n"
                                      "e1.json: unusable! empty-file\n"
                                      "e2.json: unusable! empty-file\n"
                                      "n1.json: unusable! not-json\n"
                                      "n2.json: unusable! not-json\n"
                                      "p1.json: partial! json-ends-early\n"
                                      "p2.json: duplicate\n"
                                      "s1.txt: skipped\n"
                                      "s2.txt: skipped\n"
                                      "w1.json: unrelated unrelated\n"
                                      "w2.json: duplicate\n");
    ck_assert_uint_eq(evidence->record_count, 3);
    size_t lists = 0;
    for (const struct listing *list = evidence->listings; list != NULL; list = list->next)
        lists++;
    ck_assert_uint_eq(lists, 3);
    ck_assert_ptr_eq(evidence->files[1]->original, evidence->files[0]);
}
END_TEST

/* A file in which nothing is used is a fault if it was named, or the same bytes were. */
START_TEST(test_named)
{
    make_folder("sub");
    put("sub/a.json", WHOAMI);
    put("sub/b.json", WHOAMI);
    put("notes.txt", "notes");
    put("both.json", WHOAMI RECORD("b"));
    put("sub/x.zip", "PK");
    const char *const none[] = {in("sub")}, *const first[] = {in("sub"), in("sub/a.json")};
    const char *const second[] = {in("sub/b.json"), in("sub")};
    const char *const others[] = {in("notes.txt"), in("sub/x.zip")};
    ck_assert_str_eq(shown(take(none, 1)),
                     "sub/a.json: unrelated unrelated\nsub/b.json: duplicate\n"
                     "sub/x.zip: unusable! archive\n");
    const char *fault = "sub/a.json: unrelated! unrelated\nsub/b.json: duplicate\n"
                        "sub/x.zip: unusable! archive\n";
    ck_assert_str_eq(shown(take(first, 2)), fault);
    ck_assert_str_eq(shown(take(second, 2)), fault);
    ck_assert_str_eq(shown(take(others, 2)),
                     "notes.txt: unusable! not-json\nsub/x.zip: unusable! archive\n");
    const char *const both = in("both.json");
    ck_assert_str_eq(shown(take(&both, 1)), "both.json: used unrelated\n");
}
END_TEST

/* The same path, in any of the ways to write it, is read once. */
START_TEST(test_twice)
{
    make_folder("sub");
    put("sub/a.json", RECORD("a"));
    const char *const paths[] = {in("sub/a.json"), in("sub///"), in("sub"), in("sub/a.json"),
                                 in("sub/")};
    const struct evidence *evidence = take(paths, 5);
    ck_assert_str_eq(shown(evidence), "sub/a.json: used\n");
    ck_assert(evidence->files[0]->named);
    ck_assert_uint_eq(evidence->record_count, 1);
    ck_assert_str_eq(shown(take(paths + 1, 1)), "sub/a.json: used\n");
}
END_TEST

START_TEST(test_missing)
{
    static const char *const names[] = {"none", "a.json/", "none/", "link.json"};
    HARNESS_ROW("%s", names[_i]);
    const char *error, *empty = "";
    put("a.json", RECORD("a"));
    ck_assert_int_eq(symlink("nowhere", in("link.json")), 0);
    const char *path = in(names[_i]);
    ck_assert(!readers_run(facts_evidence(), &path, 1, NULL, 0, &error));
    facts_holds(error, path);
    ck_assert(!readers_run(facts_evidence(), &empty, 1, NULL, 0, &error));
    ck_assert_uint_gt(strlen(error), strlen("\"\": "));
}
END_TEST

/* A link on the command line is followed, to a file or to a folder. */
START_TEST(test_link)
{
    make_folder("sub");
    put("sub/a.json", RECORD("a"));
    put("b.json", RECORD("b"));
    ck_assert_int_eq(symlink("sub", in("s")), 0);
    ck_assert_int_eq(symlink("b.json", in("t")), 0);
    const char *const paths[] = {in("s"), in("t")};
    ck_assert_str_eq(shown(take(paths, 2)), "s/a.json: used\nt: used\n");
}
END_TEST

/* A report of an earlier run is not an input; evidence is never overwritten. */
START_TEST(test_targets)
{
    put("a.json", RECORD("a"));
    put("report.csv", "\"ref\"\r\n");
    const char *error, *const paths[] = {folder, in("report.csv"), in("a.json")};
    const char *report = in("report.csv"), *json = in("a.json");
    struct evidence *evidence = facts_evidence();
    ck_assert_msg(readers_run(evidence, paths, 1, &report, 1, &error), "%s", error);
    ck_assert_str_eq(shown(evidence), "a.json: used\n");
    ck_assert(!readers_run(facts_evidence(), paths, 1, &json, 1, &error));
    facts_holds(error, in("a.json"));
    facts_holds(error, "this is an input file");
    for (size_t i = 1; i <= 2; i++) {
        ck_assert(
            !readers_run(facts_evidence(), paths + i, 1, i == 1 ? &report : &json, 1, &error));
        facts_holds(error, "this is an input file");
    }
    evidence = facts_evidence();
    ck_assert(readers_run(evidence, paths + 2, 1, &report, 1, &error));
    ck_assert_str_eq(shown(evidence), "a.json: used\n");
}
END_TEST

/* What is at a target is left out, even a link, however its path is written; another name of the
 * same file is read. */
START_TEST(test_target_places)
{
    make_folder("sub");
    put("a.json", RECORD("a"));
    put("report.csv", "{}");
    ck_assert_int_eq(link(in("a.json"), in("sub/twin.csv")), 0);
    ck_assert_int_eq(symlink("a.json", in("sub/link.json")), 0);
    ck_assert_int_eq(symlink("nowhere", in("dangling.json")), 0);
    ck_assert_int_eq(symlink("sub", in("folder")), 0);
    ck_assert_int_eq(unlink(in("report.csv")), 0);
    const char *const targets[] = {in("report.csv"), in("folder/./link.json"),
                                   in("sub/../dangling.json")};
    struct evidence *evidence = facts_evidence();
    const char *error;
    ck_assert_msg(readers_run(evidence, &folder, 1, targets, 3, &error), "%s", error);
    ck_assert_str_eq(shown(evidence), "a.json: used\nsub/twin.csv: duplicate\n");
    const char *json = in("a.json"), *twin = in("sub/twin.csv");
    evidence = facts_evidence();
    ck_assert_msg(readers_run(evidence, &json, 1, &twin, 1, &error), "%s", error);
    ck_assert_str_eq(shown(evidence), "a.json: used\n");
}
END_TEST

/* A FIFO can be read only once: a second name of it is refused before any file is opened. */
START_TEST(test_fifo_twice)
{
    const char *error;
    ck_assert_int_eq(mkfifo(in("pipe"), 0600), 0);
    ck_assert_int_eq(link(in("pipe"), in("twin")), 0);
    ck_assert_int_eq(symlink("pipe", in("link")), 0);
    static const char *const names[] = {"pipe", "twin", "link"};
    const char *const paths[] = {in("pipe"), in(names[_i])};
    ck_assert(!readers_run(facts_evidence(), paths, 2, NULL, 0, &error));
    facts_holds(error, paths[1]);
    facts_holds(error, "given twice");
}
END_TEST

START_TEST(test_device)
{
    const char *path = "/dev/null", *error;
    ck_assert(!readers_run(facts_evidence(), &path, 1, NULL, 0, &error));
    ck_assert_str_eq(error, "/dev/null: is a device, not a file; copy its content into a file");
}
END_TEST

/* Of several that cannot be opened the first is named, for any number of threads, and nothing is
 * added. A FIFO is not opened then, which would block, although it is the first of all. */
START_TEST(test_first_unopened)
{
    enum { FILES = 70, FIRST = 20, SECOND = 25, THIRD = 66, NOBODY = 65534 };
    static const size_t jobs[] = {1, 2, 8};
    const char *paths[FILES], *error = "";
    struct evidence *evidence = facts_evidence();
    struct text text = TEXT_EMPTY;
    uid_t me = geteuid();
    for (int i = 0; i < FILES; i++) {
        const char *name = harness_format("%02d.json", i);
        paths[i] = in(name);
        if (i == 0) {
            ck_assert_int_eq(mkfifo(paths[i], 0666), 0);
            continue;
        }
        put(name, RECORD("a"));
        ck_assert_int_eq(chmod(paths[i], i == FIRST || i == SECOND || i == THIRD ? 0 : 0644), 0);
    }
    if (me == 0)
        ck_assert_int_eq(seteuid(NOBODY), 0);
    struct thread_pool *threads = thread_pool_new(jobs[_i]);
    bool fine = inputs_read(evidence, paths, FILES, NULL, 0, threads, NULL, &text);
    thread_pool_free(threads);
    if (me == 0)
        ck_assert_int_eq(seteuid(0), 0);
    error = facts_kept(&text);
    ck_assert(!fine);
    ck_assert_str_eq(error, harness_format("%s: Permission denied", paths[FIRST]));
    ck_assert_uint_eq(evidence->file_count, 0);
    ck_assert_uint_eq(evidence->record_count, 0);
}
END_TEST

/* The digest and size are the whole file's, whatever of it was used. */
START_TEST(test_digest)
{
    put("a.json", RECORD("a") "x and more behind it");
    const struct evidence *evidence = take(&folder, 1);
    const char *sum = harness_tool("sha256sum", (const char *const[]){in("a.json"), NULL});
    ck_assert(evidence->files[0]->hashed);
    ck_assert_int_eq(strncmp(sum, evidence->files[0]->sha256, DIGEST_HEX - 1), 0);
    ck_assert_uint_eq(evidence->files[0]->bytes, strlen(RECORD("a") "x and more behind it"));
}
END_TEST

Suite *inputs_suite(void);
Suite *inputs_suite(void)
{
    Suite *suite = suite_create("inputs");
    TCase *inputs = tcase_create("inputs");
    tcase_add_checked_fixture(inputs, set_up, NULL);
    tcase_add_test(inputs, test_content);
    tcase_add_test(inputs, test_text_files);
    tcase_add_test(inputs, test_private_keys);
    tcase_add_loop_test(inputs, test_order, 0, (int)(sizeof orders / sizeof orders[0]));
    tcase_add_test(inputs, test_archives);
    tcase_add_test(inputs, test_walk);
    tcase_add_test(inputs, test_names);
    tcase_add_test(inputs, test_unreadable);
    tcase_add_test(inputs, test_duplicates);
    tcase_add_test(inputs, test_named);
    tcase_add_test(inputs, test_twice);
    tcase_add_loop_test(inputs, test_missing, 0, 4);
    tcase_add_test(inputs, test_link);
    tcase_add_test(inputs, test_targets);
    tcase_add_test(inputs, test_target_places);
    tcase_add_loop_test(inputs, test_fifo_twice, 0, 3);
    tcase_add_test(inputs, test_device);
    tcase_add_loop_test(inputs, test_first_unopened, 0, 3);
    tcase_add_test(inputs, test_digest);
    suite_add_tcase(suite, inputs);
    suite_add_tcase(suite, text_cases());
    return suite;
}
