/*
 * cli.h: what the tests of the command line share: small exports, and runs of the program in a
 * folder. check_cli.c makes a suite of the test cases in the check_cli_*.c files.
 */
#ifndef CLI_H
#define CLI_H

#include "support/harness.h"

/* An IAM list of one certificate. */
#define CLI_IAM(name, date)                                                                        \
    "{\"ServerCertificateMetadataList\": [{\"Path\": \"/\", \"ServerCertificateName\": \"" name    \
    "\", \"ServerCertificateId\": \"ASCAEXAMPLE" name "\", "                                       \
    "\"Arn\": \"arn:aws:iam::111122223333:server-certificate/" name "\", "                         \
    "\"UploadDate\": \"" date "\", \"Expiration\": \"2030-01-01T00:00:00Z\"}]}\n"
#define CLI_FAIL CLI_IAM("old", "2012-05-06T07:08:09Z")
#define CLI_PASS CLI_IAM("new", "2020-05-06T07:08:09Z")
#define CLI_UNKNOWN CLI_IAM("odd", "some day")
#define CLI_BROKEN "{\"ServerCertificateMetadataList\": [\n"
#define CLI_EMPTY_LIST "{\"ServerCertificateMetadataList\": []}\n"
#define CLI_UNRELATED "{\"Vpcs\": []}\n"

#define CLI_LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Runs the program in folder. */
#define CLI_RUN(where, ...)                                                                        \
    harness_run(&(struct harness_run){.folder = (where), .arguments = CLI_LIST(__VA_ARGS__)})

/* A new folder with in.json, of this content. */
const char *cli_folder(const char *content);
/* Fails the test if the exit status is different. */
void cli_ends(const struct harness_result *result, int status);

TCase *cli_usage_case(void);
TCase *cli_run_case(void);
TCase *cli_publish_case(void);
TCase *cli_walk_case(void);
TCase *cli_terminal_case(void);
TCase *cli_jobs_case(void);
TCase *cli_progress_case(void);

#endif
