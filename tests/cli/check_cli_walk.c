/* check_cli_walk.c: which files in a folder are read, and how the others are listed. */
#include "base/text.h"
#include "support/cli.h"
#include "support/sheet.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECONDS = 60 };

/* An entry of the folder `tree`; state NULL: no row of Evidence. */
struct entry {
    const char *name, *state;
    enum { FILE_OF, LINK_TO, FIFO_AT, FOLDER_AT, SECRET_OF } kind;
    const char *content;
};

/* Folders come before their content. A file is skipped if its first character cannot begin JSON and
 * it has no traces of certificates. Links and FIFOs named like JSON, archives by name, and
 * everything that cannot be opened are unusable: they might be exports. */
static const struct entry tree[] = {
    {"a.json", "used", FILE_OF, CLI_FAIL},
    {"b-copy.json", "duplicate", FILE_OF, CLI_FAIL},
    {"sub", NULL, FOLDER_AT, NULL},
    {"sub/export.txt", "used", FILE_OF, "\n \t" CLI_PASS},
    {"sub/no-ending", "used", FILE_OF,
     "\xef\xbb\xbf[" CLI_IAM("third", "2021-01-01T00:00:00Z") "]"},
    {"sub/broken.jsonl", "unusable", FILE_OF, CLI_BROKEN},
    {"text.json", "unusable", FILE_OF, "An error occurred\n"},
    {"TEXT.NDJSON", "unusable", FILE_OF, "words\n"},
    {"empty.json", "unusable", FILE_OF, ""},
    {"empty.txt", "skipped", FILE_OF, ""},
    {"notes.md", "skipped", FILE_OF, "words\n"},
    {"yaml.txt", "unusable", FILE_OF, "Certificate:\n  CertificateArn: x\n"},
    {"error.log", "unusable", FILE_OF, "\nAn error occurred (AccessDenied) when calling\n"},
    {"vpcs.json", "unrelated", FILE_OF, CLI_UNRELATED},
    {"old.zip", "unusable", FILE_OF, "PK\x03\x04"},
    {"OLD.TAR.GZ", "unusable", FILE_OF, "\x1f\x8b"},
    {"mail.Msg", "unusable", FILE_OF, "words\n"},
    {".hidden.json", NULL, FILE_OF, CLI_BROKEN},
    {".hidden", NULL, FOLDER_AT, NULL},
    {".hidden/x.json", NULL, FILE_OF, CLI_BROKEN},
    {"link.json", "unusable", LINK_TO, "a.json"},
    {"dangling.json", "unusable", LINK_TO, "nowhere"},
    {"link.txt", "skipped", LINK_TO, "a.json"},
    {"link-to-folder", NULL, LINK_TO, "sub"},
    {"pipe.json", "unusable", FIFO_AT, NULL},
    {"pipe", "skipped", FIFO_AT, NULL},
    {"secret.json", "unusable", SECRET_OF, CLI_PASS},
    {"secret.txt", "unusable", SECRET_OF, CLI_PASS},
};

static void make(const char *folder, const struct entry *entry)
{
    const char *path = harness_format("%s/tree/%s", folder, entry->name);
    switch (entry->kind) {
    case FILE_OF:
    case SECRET_OF:
        harness_write(path, entry->content);
        if (entry->kind == SECRET_OF)
            ck_assert_int_eq(chmod(path, 0), 0);
        break;
    case LINK_TO:
        ck_assert_int_eq(symlink(entry->content, path), 0);
        break;
    case FIFO_AT:
        ck_assert_int_eq(mkfifo(path, 0644), 0);
        break;
    case FOLDER_AT:
        ck_assert_int_eq(mkdir(path, 0755), 0);
        break;
    }
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        count++;
    return count;
}

/* `file | state` of each row of Evidence in the folder's report.xlsx. */
static void evidence_states(const char *folder, struct sheet_set *found)
{
    const char *sheets = harness_format("%s/sheets", folder);
    harness_tool("xlsx2csv", CLI_LIST("--all", "--quoting", "all",
                                      harness_format("%s/report.xlsx", folder), sheets));
    struct sheet *evidence = sheet_read_csv(harness_format("%s/Evidence.csv", sheets));
    sheet_skip_to(evidence, "file");
    for (size_t row = 1; row < evidence->count; row++)
        sheet_set_add(found, sheet_join(evidence, row, CLI_LIST("file", "state")));
}

static void states_are(struct sheet_set *expected, struct sheet_set *found)
{
    const char *difference = sheet_set_difference(expected, found);
    HARNESS_REQUIRE(*difference == '\0', "%s", difference);
}

/* Runs unprivileged because root can read everything. */
START_TEST(folder_is_walked)
{
    const char *folder = harness_folder(), *tools = harness_folder();
    struct sheet_set expected = {0}, found = {0};
    harness_tool("cp", CLI_LIST(harness_program(), harness_format("%s/certaudit", tools)));
    ck_assert_int_eq(chmod(folder, 0777), 0);
    ck_assert_int_eq(mkdir(harness_format("%s/tree", folder), 0755), 0);
    for (size_t i = 0; i < sizeof tree / sizeof tree[0]; i++) {
        make(folder, &tree[i]);
        if (tree[i].state != NULL)
            sheet_set_add(&expected, harness_format("tree/%s | %s", tree[i].name, tree[i].state));
    }
    struct harness_run how = {.program = harness_format("%s/certaudit", tools),
                              .folder = folder,
                              .arguments = CLI_LIST("tree", "-o", "report.xlsx"),
                              .unprivileged = true};
    struct harness_result result = harness_run(&how);
    cli_ends(&result, 1);
    evidence_states(folder, &found);
    states_are(&expected, &found);
}
END_TEST

START_TEST(unrelated_and_skipped_files_in_a_folder_are_harmless)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/vpcs.json", folder), CLI_UNRELATED);
    harness_write(harness_format("%s/notes.txt", folder), "words\n");
    struct harness_result result = CLI_RUN(folder, ".");
    cli_ends(&result, 0);
    result = CLI_RUN(folder, ".", "notes.txt");
    cli_ends(&result, 3);
}
END_TEST

/* Without -v only faults are printed; with it, what became of every file that is not used. */
START_TEST(verbose_names_every_file_that_is_not_used)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/copy.json", folder), CLI_PASS);
    harness_write(harness_format("%s/vpcs.json", folder), CLI_UNRELATED);
    harness_write(harness_format("%s/notes.txt", folder), "words\n");
    ck_assert_int_eq(symlink("notes.txt", harness_format("%s/link.txt", folder)), 0);
    struct harness_result result = CLI_RUN(folder, ".");
    cli_ends(&result, 0);
    ck_assert_str_eq(result.error, "");
    result = CLI_RUN(folder, "-v", ".");
    cli_ends(&result, 0);
    HARNESS_CONTAINS(result.error, "certaudit: ./in.json: duplicate: the same bytes as "
                                   "./copy.json, which is used\n");
    HARNESS_CONTAINS(result.error, "certaudit: ./link.txt: skipped: a symbolic link\n");
    HARNESS_CONTAINS(result.error,
                     "certaudit: ./notes.txt: skipped: not JSON, and without traces of "
                     "certificates\n");
    HARNESS_CONTAINS(result.error, "certaudit: ./vpcs.json: unrelated\n"
                                   "certaudit: ./vpcs.json:1:1: not the output of a command");
    harness_write(harness_format("%s/yaml.txt", folder), "a\nCertificateArn: x\n");
    result = CLI_RUN(folder, "-v", ".");
    cli_ends(&result, 3);
    HARNESS_CONTAINS(result.error, "certaudit: ./yaml.txt: unusable\n"
                                   "certaudit: ./yaml.txt:2: not JSON (it looks like --output "
                                   "yaml); run the command again with --output json\n");
    result = CLI_RUN(folder, ".");
    HARNESS_CONTAINS(result.error, "certaudit: ./yaml.txt:2: not JSON");
    HARNESS_LACKS(result.error, "vpcs.json");
}
END_TEST

/* The reports of an earlier run, and the auditor's own files, name certificates. */
START_TEST(own_files_in_a_folder_are_skipped)
{
    const char *folder = cli_folder(CLI_FAIL);
    harness_write(harness_format("%s/scope.csv", folder),
                  "account,region,service,name,owner,environment,in_scope,note\n"
                  "111122223333,*,*,x,y,z,yes,\n");
    harness_write(harness_format("%s/waivers.csv", folder),
                  "rule,arn,owner,approver,approved,reason,ticket,expires\n"
                  "IAM-033,arn:aws:iam::111122223333:server-certificate/x,a,b,2026-01-01,c,d,"
                  "2026-12-31\n");
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--as-of", HARNESS_AS_OF, "--scope", "scope.csv", "--waivers",
                "waivers.csv", "--pack", "old");
    ck_assert_int_ne(result.status, 2);
    result = CLI_RUN(folder, "in.json", "--as-of", HARNESS_AS_OF, "--scope", "scope.csv",
                     "--baseline", "old", "--waivers", "waivers.csv", "--pack", "old2");
    ck_assert_int_ne(result.status, 2);
    result = CLI_RUN(folder, "in.json", "--as-of", HARNESS_AS_OF, "-o", "-", "--format", "csv");
    int status = result.status;
    const char *findings = result.output;
    result = CLI_RUN(folder, ".", "--as-of", HARNESS_AS_OF, "-o", "-", "--format", "csv", "-v");
    cli_ends(&result, status);
    HARNESS_LACKS(result.error, "unusable");
    for (const char *const *name = harness_list(harness_format("%s/old2", folder)); *name != NULL;
         name++)
        HARNESS_CONTAINS(result.error, harness_format("certaudit: ./old2/%s: skipped: ", *name));
    HARNESS_CONTAINS(result.error, "findings.csv: skipped: a report of certaudit\n");
    HARNESS_CONTAINS(result.error, "waivers.csv: skipped: a waiver register\n");
    ck_assert_uint_eq(strlen(result.output),
                      strlen(findings) + 2 * count_of(findings, "\"in.json"));
}
END_TEST

/* A warning, without -v too, and never the key itself; the evidence is complete. */
START_TEST(private_keys_are_warned_of)
{
    const char *folder = cli_folder(CLI_PASS);
    harness_write(harness_format("%s/key.txt", folder),
                  "x\n-----BEGIN RSA PRIVATE KEY-----\nU0VDUkVU\n");
    struct harness_result result = CLI_RUN(folder, ".");
    cli_ends(&result, 0);
    ck_assert_str_eq(result.error, "certaudit: ./key.txt:2: contains a private key; the evidence "
                                   "itself needs protection: restrict access to it, and tell its "
                                   "sender\n");
    HARNESS_CONTAINS(result.output, "Private keys: 1 file contains one; protect the evidence: "
                                    "./key.txt, line 2.");
    harness_write(harness_format("%s/key.json", folder),
                  "[\"-----BEGIN PRIVATE KEY-----\", \"U0VDUkVU\"]\n");
    result = CLI_RUN(folder, ".", "--pack", "../pack");
    cli_ends(&result, 3);
    HARNESS_CONTAINS(result.error, "certaudit: ./key.json:1:2: this is a bare value");
    HARNESS_LACKS(result.error, "U0VDUkVU");
    const char *page = harness_read(harness_format("%s/../pack/report.md", folder), NULL);
    HARNESS_CONTAINS(page, "Private keys: 2 files contain one; protect the evidence: ");
    const char *found = harness_tool(
        "sh", CLI_LIST("-c", "! grep -rl U0VDUkVU \"$0\"", harness_format("%s/../pack", folder)));
    ck_assert_str_eq(found, "");
}
END_TEST

/* Ten harmless problems and more hide nothing: what stops a file is printed, in Evidence, and
 * requested. */
START_TEST(what_stops_a_file_is_told_first)
{
    static const char *const befores[] = {"{\"LoadBalancers\":[]}\n",
                                          "{\"CertificateSummaryList\":[],\"NextToken\":\"x\"}\n"};
    const char *folder = harness_folder();
    struct text export = TEXT_EMPTY;
    for (int i = 0; i < 12; i++)
        text_add(&export, befores[_i]);
    text_add(&export, CLI_PASS "{\"Certificate\": {");
    harness_write(harness_format("%s/in.json", folder), text_string(&export));
    text_free(&export);
    struct harness_result result =
        CLI_RUN(folder, "in.json", "--as-of", HARNESS_AS_OF, "--pack", "pack");
    cli_ends(&result, 3);
    const char *first = "certaudit: in.json:14:18: the JSON is cut off (inside an object)";
    HARNESS_REQUIRE(strncmp(result.error, first, strlen(first)) == 0, "%s", result.error);
    const char *evidence = harness_read(harness_format("%s/pack/evidence.csv", folder), NULL);
    HARNESS_CONTAINS(evidence, "\"14\",\"18\",\"the JSON is cut off");
    const char *requests = harness_read(harness_format("%s/pack/requests.md", folder), NULL);
    HARNESS_CONTAINS(requests, "in.json, line 14, column 18: the JSON is cut off");
}
END_TEST

/* More incomplete lists than problems are kept may hide another fault. */
START_TEST(many_incomplete_lists_hide_no_fault)
{
    const char *folder = harness_folder();
    struct text export = TEXT_EMPTY;
    for (int i = 0; i < 10; i++)
        text_add(&export, "{\"CertificateSummaryList\":[],\"NextToken\":\"x\"}\n");
    harness_write(harness_format("%s/lists.json", folder), text_string(&export));
    text_add(&export, "null\n");
    harness_write(harness_format("%s/more.json", folder), text_string(&export));
    text_free(&export);
    struct harness_result result = CLI_RUN(folder, "lists.json", "more.json", "--pack", "pack");
    cli_ends(&result, 3);
    const char *requests = harness_read(harness_format("%s/pack/requests.md", folder), NULL);
    HARNESS_CONTAINS(requests, "File more.json");
    HARNESS_LACKS(requests, "File lists.json");
}
END_TEST

START_TEST(same_path_is_read_once)
{
    const char *folder = cli_folder(CLI_PASS);
    struct sheet_set expected = {0}, found = {0};
    struct harness_result result = CLI_RUN(folder, "in.json", "in.json", "-o", "report.xlsx");
    cli_ends(&result, 0);
    sheet_set_add(&expected, "in.json | used");
    evidence_states(folder, &found);
    states_are(&expected, &found);
}
END_TEST

/* Control characters and bytes that are not UTF-8 do not reach the terminal. */
START_TEST(unusual_names_are_escaped)
{
    const char *folder = harness_folder();
    struct sheet_set expected = {0}, found = {0};
    ck_assert_int_eq(mkdir(harness_format("%s/tree", folder), 0755), 0);
    harness_write(harness_format("%s/tree/a\x1b[1m\xff.json", folder), CLI_BROKEN);
    struct harness_result result = CLI_RUN(folder, "tree", "-o", "report.xlsx");
    cli_ends(&result, 3);
    HARNESS_REQUIRE(strstr(result.error, "certaudit: tree/a\\x1B[1m\\xFF.json:") != NULL, "%s",
                    result.error);
    sheet_set_add(&expected, "tree/a\\x1B[1m\\xFF.json | unusable");
    evidence_states(folder, &found);
    states_are(&expected, &found);
}
END_TEST

/* The empty lists of two regions have the same bytes, and each counts for its own region. */
START_TEST(equal_empty_lists_keep_their_regions)
{
    static const char *const regions[] = {"eu-west-1", "us-east-1"};
    const char *folder = cli_folder(CLI_PASS);
    for (int i = 0; i < 2; i++) {
        const char *path = harness_format("%s/x/111122223333/%s", folder, regions[i]);
        harness_tool("mkdir", CLI_LIST("-p", path));
        harness_write(harness_format("%s/list.json", path), "{\"CertificateSummaryList\": []}\n");
    }
    struct harness_result result =
        CLI_RUN(folder, "x", "in.json", "--as-of", HARNESS_AS_OF, "-o", "report.md");
    const char *report = harness_read(harness_format("%s/report.md", folder), NULL);
    HARNESS_REQUIRE(result.status != 2, "%s", result.error);
    for (int i = 0; i < 2; i++) {
        const char *cells = harness_format("| 111122223333 | %s | acm | 1 | 0 |", regions[i]);
        const char *row = strstr(report, cells);
        HARNESS_REQUIRE(row != NULL, "expected a row with a list for %s, got:\n%s", regions[i],
                        report);
        const char *note = strstr(row, harness_format("- Row %c.", row[-2]));
        HARNESS_REQUIRE(note != NULL, "expected a note for row %c", row[-2]);
        note = harness_format("%.*s", (int)strcspn(note, "\n"), note);
        HARNESS_REQUIRE(strstr(note, "from the path") != NULL, "%s", note);
    }
}
END_TEST

TCase *cli_walk_case(void)
{
    TCase *tcase = tcase_create("walk");
    tcase_set_timeout(tcase, SECONDS);
    tcase_add_test(tcase, folder_is_walked);
    tcase_add_test(tcase, unrelated_and_skipped_files_in_a_folder_are_harmless);
    tcase_add_test(tcase, verbose_names_every_file_that_is_not_used);
    tcase_add_test(tcase, own_files_in_a_folder_are_skipped);
    tcase_add_test(tcase, private_keys_are_warned_of);
    tcase_add_loop_test(tcase, what_stops_a_file_is_told_first, 0, 2);
    tcase_add_test(tcase, many_incomplete_lists_hide_no_fault);
    tcase_add_test(tcase, same_path_is_read_once);
    tcase_add_test(tcase, unusual_names_are_escaped);
    tcase_add_test(tcase, equal_empty_lists_keep_their_regions);
    return tcase;
}
