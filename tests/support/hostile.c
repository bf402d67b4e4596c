/* hostile.c: see hostile.h. */
#include "support/hostile.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/attack_strings.h"
#include "support/cli.h"
#include <string.h>

#define ACCOUNT ":111122223333:"
#define TITLE "=<b>`x`|\x1B[31m \xE2\x80\xAE \xFF ![x](http://e.example)"

size_t hostile_count(void)
{
    return attack_string_count - 1;
}

const char *hostile_arn(enum hostile_kind kind, size_t number)
{
    static const char *const kinds[] = {"failed", "waits", "status", "waived", "gone"};
    return harness_format("arn:aws:acm:eu-west-1" ACCOUNT "certificate/%s/%zu/%s", kinds[kind],
                          number, attack_string_at(number).raw);
}

const char *hostile_iam_arn(size_t number)
{
    return harness_format("arn:aws:iam:" ACCOUNT "server-certificate/%zu/%s", number,
                          attack_string_at(number).raw);
}

static const char *kept(struct text *text)
{
    text_add(text, "");
    return harness_keep(text->bytes);
}

/* `"name":"value",` */
static void add_member(struct text *json, const char *name, const char *value)
{
    text_addf(json, "\"%s\":%s,", name, attack_json(value));
}

static void begin_certificate(struct text *json, const char *arn, const char *name,
                              const char *status)
{
    text_add(json, "{\"Certificate\":{");
    add_member(json, "CertificateArn", arn);
    add_member(json, "DomainName", name);
    add_member(json, "Status", status);
}

static void add_failed(struct text *json, enum hostile_kind kind, size_t number)
{
    const char *raw = attack_string_at(number).raw, *quoted = attack_json(raw);
    begin_certificate(json, hostile_arn(kind, number), raw, "FAILED");
    add_member(json, "FailureReason", raw);
    add_member(json, "Issuer", raw);
    add_member(json, "Serial", raw);
    add_member(json, "KeyAlgorithm", raw);
    add_member(json, "RenewalEligibility", raw);
    text_addf(json, "\"InUseBy\":[%s],\"SubjectAlternativeNames\":[%s,%s],\"x\":1}},\n", quoted,
              quoted, quoted);
}

/* Three domains: by DNS, by mail, by HTTP. */
static void add_waiting(struct text *json, size_t number)
{
    const char *raw = attack_string_at(number).raw, *quoted = attack_json(raw);
    begin_certificate(json, hostile_arn(HOSTILE_WAITS, number), raw, "PENDING_VALIDATION");
    add_member(json, "CreatedAt", "2026-11-19T00:00:00Z");
    text_addf(json, "\"DomainValidationOptions\":[");
    text_addf(json, "{\"DomainName\":%s,\"ValidationMethod\":\"DNS\",\"ResourceRecord\":{", quoted);
    text_addf(json, "\"Name\":%s,\"Type\":%s,\"Value\":%s}},", quoted, quoted, quoted);
    text_addf(json, "{\"DomainName\":%s,\"ValidationDomain\":%s,", quoted, quoted);
    text_addf(json, "\"ValidationMethod\":\"EMAIL\",\"ValidationEmails\":[%s]},", quoted);
    text_addf(json, "{\"DomainName\":%s,\"ValidationMethod\":%s,\"HttpRedirect\":{", quoted,
              quoted);
    text_addf(json, "\"RedirectFrom\":%s,\"RedirectTo\":%s}}]}},\n", quoted, quoted);
}

static void add_iam(struct text *json, size_t number)
{
    const char *raw = attack_string_at(number).raw;
    text_add(json, "{\"ServerCertificateMetadata\":{");
    add_member(json, "ServerCertificateName", raw);
    add_member(json, "ServerCertificateId", raw);
    add_member(json, "Path", raw);
    add_member(json, "Arn", hostile_iam_arn(number));
    add_member(json, "Expiration", raw);
    text_addf(json, "\"UploadDate\":%s}},\n",
              number % 2 == 0 ? "\"2012-01-01T00:00:00Z\"" : attack_json(raw));
}

/* A certificate in an account, or a region, of that name. A colon would end the field. */
static void add_place(struct text *json, size_t number, enum hostile_place where)
{
    const char *raw = attack_string_at(number).raw;
    if (strchr(raw, ':') != NULL)
        return;
    begin_certificate(json,
                      where == HOSTILE_ACCOUNTS
                          ? harness_format("arn:aws:acm:eu-west-1:%s:certificate/a", raw)
                          : harness_format("arn:aws:acm:%s" ACCOUNT "certificate/a", raw),
                      raw, "ISSUED");
    text_add(json, "\"Type\":\"IMPORTED\"}},\n");
}

static void write_export(const char *path, enum hostile_place where)
{
    struct text json = TEXT_EMPTY;
    text_add(&json, "[\n");
    for (size_t i = 0; i < hostile_count(); i++) {
        add_failed(&json, HOSTILE_FAILED, i);
        add_failed(&json, HOSTILE_WAIVED, i);
        add_waiting(&json, i);
        begin_certificate(&json, hostile_arn(HOSTILE_STATUS, i), attack_string_at(i).raw,
                          attack_string_at(i).raw);
        text_add(&json, "\"x\":1}},\n");
        add_iam(&json, i);
        add_place(&json, i, where);
    }
    add_failed(&json, HOSTILE_FAILED, hostile_count());
    text_add(&json, "{\"CertificateSummaryList\":[]}]\n");
    harness_write(path, kept(&json));
}

/* Adds the value as count quoted fields, with an apostrophe if it looks like a formula. */
static void add_fields(struct text *csv, const char *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_add(csv, ",\"");
        for (const char *at = value; *at != '\0'; at++)
            text_addf(csv, "%s%c", *at == '"' ? "\"" : "", *at);
        text_add(csv, "\"");
    }
}

const char *hostile_scope_account(size_t number)
{
    return harness_format("9%011zu", number);
}

/* The string with an apostrophe wherever a reader removes one. */
static const char *guarded(const char *raw)
{
    struct text text = TEXT_EMPTY;
    text_add(&text, "'");
    for (; *raw != '\0'; raw++)
        text_addf(&text, "%c%s", *raw, strchr(";\t\r\n", *raw) != NULL ? "'" : "");
    return kept(&text);
}

static void write_additions(const char *folder)
{
    struct text scope = TEXT_EMPTY, waivers = TEXT_EMPTY, baseline = TEXT_EMPTY;
    text_add(&scope, "x,account,region,service,name,owner,environment,note,in_scope\r\n");
    text_add(&waivers, "x,arn,owner,approver,reason,ticket,rule,approved,expires\r\n");
    text_add(&baseline, "x,arn,certificate,ref,rule,result,as_of\r\n");
    for (size_t i = 0; i < hostile_count(); i++) {
        const char *raw = attack_string_at(i).raw;
        text_addf(&scope, ",%s,*,*", hostile_scope_account(i));
        add_fields(&scope, raw, 4);
        text_addf(&scope, ",%s\r\n", i % 2 == 0 ? "yes" : "no");
        add_fields(&waivers, harness_format("*/waived/%zu/*", i), 1);
        add_fields(&waivers, raw, 4);
        text_add(&waivers, ",ACM-005,2026-01-01,2026-12-31\r\n");
        add_fields(&baseline, guarded(hostile_arn(HOSTILE_GONE, i)), 1);
        add_fields(&baseline, guarded(raw), 2);
        text_add(&baseline, ",ACM-005,FAIL,2026-01-01T00:00:00Z\r\n");
    }
    harness_write(harness_format("%s/scope.csv", folder), kept(&scope));
    harness_write(harness_format("%s/waivers.csv", folder), kept(&waivers));
    harness_write(harness_format("%s/baseline.csv", folder), kept(&baseline));
}

static const char *path_of(size_t number)
{
    const char *name = attack_name(number);
    return name != NULL && strcmp(name, "-") == 0 ? "./-" : name;
}

const char *hostile_file_name(size_t number)
{
    struct text name = TEXT_EMPTY;
    if (path_of(number) == NULL)
        return NULL;
    text_add_visible(&name, path_of(number));
    return kept(&name);
}

/* A file named like the string, which contains a JSON error at that string. */
static void write_file(const char *folder, size_t number)
{
    const char *key = attack_json(attack_string_at(number % hostile_count()).raw);
    harness_write(harness_format("%s/%s", folder, path_of(number)),
                  harness_format("{\"n\":%zu,%s:1,%s:2}\n", number, key, key));
}

static struct harness_result run(struct hostile *hostile, const char *const *first)
{
    static const char *const common[] = {"--as-of",    HARNESS_AS_OF,
                                         "--scope",    "../add/scope.csv",
                                         "--waivers",  "../add/waivers.csv",
                                         "--baseline", "../add/baseline.csv",
                                         "--title",    TITLE,
                                         "--",         "../export.json"};
    const size_t count = sizeof common / sizeof *common;
    const char **arguments = memory_resize(NULL, attack_name_count + count + 4, sizeof *arguments);
    size_t at = 0;
    harness_keep(arguments);
    for (; *first != NULL; first++)
        arguments[at++] = *first;
    memcpy(arguments + at, common, sizeof common);
    at += count;
    for (size_t i = 0; i < attack_name_count; i++)
        if (path_of(i) != NULL)
            arguments[at++] = path_of(i);
    arguments[at] = NULL;
    struct harness_result result =
        harness_run(&(struct harness_run){.folder = hostile->folder, .arguments = arguments});
    cli_ends(&result, 1);
    return result;
}

struct hostile hostile_run(enum hostile_place where)
{
    const char *parent = harness_folder();
    struct hostile hostile = {.folder = harness_format("%s/in", parent),
                              .pack = harness_format("%s/pack", parent)};
    harness_tool("mkdir", CLI_LIST(hostile.folder, harness_format("%s/add", parent)));
    write_export(harness_format("%s/export.json", parent), where);
    write_additions(harness_format("%s/add", parent));
    for (size_t i = 0; i < attack_name_count; i++) {
        if (path_of(i) == NULL)
            continue;
        write_file(hostile.folder, i);
        hostile.files++;
    }
    struct harness_result packed = run(&hostile, CLI_LIST("--pack", hostile.pack));
    struct harness_result shown = run(&hostile, CLI_LIST("-v"));
    hostile.output = packed.output;
    hostile.error = packed.error;
    hostile.shown = shown.output;
    hostile.shown_error = shown.error;
    return hostile;
}
