/*
 * generate.c: see estate.h. Many estates are clean or have one flaw, so that what an operator hides
 * shows in the exit status; the others are wild.
 */
#include "base/memory.h"
#include "estates/estate.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

enum temper { CLEAN, ONE_FLAW, WILD };
#define DAY INT64_C(86400)
#define PICK(random, ...)                                                                          \
    pick(random, (const char *const[]){__VA_ARGS__},                                               \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static const char *pick(uint64_t *random, const char *const *values, size_t count)
{
    return values[estate_below(random, count)];
}

static const char *hex(uint64_t *random, size_t count)
{
    return harness_format("%.*s", (int)count,
                          harness_format("%016llx", (unsigned long long)estate_next(random)));
}

static void make_places(struct estate *estate)
{
    static const char *const regions[] = {"eu-west-1", "ap-southeast-2", "us-gov-west-1",
                                          "sa-east-1", "eu-central-1"};
    uint64_t *random = &estate->random;
    estate->account_count = 1 + estate_below(random, ESTATE_ACCOUNTS - 1);
    for (size_t i = 0; i < estate->account_count; i++)
        estate->accounts[i] = harness_format(
            "%012llu",
            (unsigned long long)(estate_next(random) % (i == 0 ? 100000000000 : 1000000000000)));
    size_t first = estate_below(random, 5), count = estate_below(random, ESTATE_REGIONS);
    estate->regions[estate->region_count++] = "us-east-1";
    for (size_t i = 0; i < count; i++)
        estate->regions[estate->region_count++] = regions[(first + i) % 5];
    estate->time_style = (int)estate_below(random, 3);
    estate->folders = estate_chance(random, 70);
}

/* Seconds from the as-of time; many are at an edge. */
static int64_t lifetime(uint64_t *random)
{
    static const int64_t edges[] = {0,       1,        3 * DAY,      7 * DAY, 7 * DAY + 1,
                                    8 * DAY, 30 * DAY, 30 * DAY + 1, 90 * DAY};
    if (estate_chance(random, 40))
        return edges[estate_below(random, sizeof edges / sizeof edges[0])];
    return (int64_t)estate_below(random, 380) * DAY + 12345;
}

static struct estate_time good(int64_t at)
{
    return (struct estate_time){ESTATE_TIME_GOOD, at};
}

static void make_good(struct estate *estate, struct estate_certificate *at)
{
    uint64_t *random = &estate->random;
    at->whole = true;
    at->created = good(ESTATE_AS_OF - DAY * (int64_t)(10 + estate_below(random, 400)));
    at->not_after = good(ESTATE_AS_OF + lifetime(random));
    if (at->iam) {
        at->uploaded = good(ESTATE_CUTOFF + (int64_t)estate_below(random, 4000) * DAY);
        at->in_use = -1;
        return;
    }
    at->status = "ISSUED";
    at->type = estate_chance(random, 75) ? "AMAZON_ISSUED" : PICK(random, "IMPORTED", "PRIVATE");
    at->key = PICK(random, "RSA-2048", "RSA-2048", "EC-prime256v1", "RSA_4096");
    at->origin = PICK(random, NULL, "AWS_MANAGED", "ACME");
    at->in_use = (int)estate_below(random, 2);
    if (strcmp(at->type, "AMAZON_ISSUED") == 0)
        at->renewal = PICK(random, NULL, NULL, "SUCCESS", "PENDING_AUTO_RENEWAL");
    if (at->renewal == NULL && estate_chance(random, 10)) {
        at->status = PICK(random, "EXPIRED", "INACTIVE", "REVOKED");
        at->not_after = good(ESTATE_AS_OF - lifetime(random) - 1);
    }
    if (strcmp(at->type, "AMAZON_ISSUED") == 0 && strcmp(at->status, "ISSUED") == 0 &&
        estate_chance(random, 10))
        at->update = PICK(random, "PENDING_DOMAIN_VALIDATION", "FAILED", "SUCCESS");
}

static void spoil_iam(uint64_t *random, struct estate_certificate *at)
{
    switch (estate_below(random, 8)) {
    case 0:
        at->uploaded.kind = ESTATE_TIME_ABSENT;
        break;
    case 1:
        at->uploaded.kind = ESTATE_TIME_ODD;
        break;
    case 2:
        at->uploaded.kind = ESTATE_TIME_NO_ZONE;
        break;
    default:
        at->uploaded.at = ESTATE_CUTOFF - 1 - (int64_t)estate_below(random, 1000) * DAY;
        if (estate_chance(random, 30))
            at->not_after.at = ESTATE_AS_OF - 400 * DAY;
    }
}

static void spoil_acm(uint64_t *random, struct estate_certificate *at)
{
    at->status = "ISSUED";
    at->type = "AMAZON_ISSUED";
    at->renewal = at->update = NULL;
    at->not_after = good(ESTATE_AS_OF + lifetime(random));
    switch (estate_below(random, 9)) {
    case 0:
    case 1:
        at->status = "PENDING_VALIDATION";
        at->created.at = ESTATE_AS_OF - 3600 * (int64_t)estate_below(random, 100);
        break;
    case 2:
        at->status = PICK(random, "VALIDATION_TIMED_OUT", "FAILED");
        break;
    case 3:
    case 4:
        at->renewal = PICK(random, "PENDING_VALIDATION", "FAILED");
        if (estate_chance(random, 40))
            at->not_after.at = ESTATE_AS_OF - 1 - lifetime(random);
        break;
    case 5:
        at->renewal = "WAITING";
        break;
    case 6:
        at->not_after.at = ESTATE_AS_OF - 1 - lifetime(random);
        break;
    case 7:
        *(estate_chance(random, 50) ? &at->status : &at->type) = PICK(random, NULL, "SOMETHING");
        break;
    default:
        at->not_after.kind = estate_chance(random, 50) ? ESTATE_TIME_ABSENT : ESTATE_TIME_ODD;
    }
    if (at->status != NULL && strcmp(at->status, "ISSUED") != 0 && at->type != NULL)
        at->not_after.kind = ESTATE_TIME_ABSENT;
}

static void make_certificate(struct estate *estate, bool flawed)
{
    uint64_t *random = &estate->random;
    struct estate_certificate *at = &estate->certificates[estate->count];
    at->iam = estate_chance(random, 30);
    at->account = estate_below(random, estate->account_count);
    at->region = at->iam ? 0 : estate_below(random, estate->region_count);
    at->name = harness_format("c%s.example.com", hex(random, 8));
    if (at->iam) {
        at->name = harness_format("c%s", hex(random, 8));
        at->id = harness_format("ASCAEXAMPLE%s", hex(random, 10));
        at->arn = harness_format("arn:aws:iam::%s:server-certificate/%s",
                                 estate->accounts[at->account], at->name);
    } else
        at->arn = harness_format("arn:aws:acm:%s:%s:certificate/%s-%s-4%s-a%s-%s",
                                 estate->regions[at->region], estate->accounts[at->account],
                                 hex(random, 8), hex(random, 4), hex(random, 3), hex(random, 3),
                                 hex(random, 12));
    make_good(estate, at);
    if (flawed && at->iam)
        spoil_iam(random, at);
    else if (flawed)
        spoil_acm(random, at);
    estate->count++;
}

static struct estate_document *add_document(struct estate *estate, enum estate_kind kind,
                                            cJSON *tree, size_t account, size_t region)
{
    HARNESS_REQUIRE(estate->document_count < ESTATE_DOCUMENTS, "too many documents");
    struct estate_document *at = &estate->documents[estate->document_count++];
    *at =
        (struct estate_document){.kind = kind, .tree = tree, .account = account, .region = region};
    return at;
}

static struct estate_file *add_file(struct estate *estate, const char *folder, const char *name)
{
    HARNESS_REQUIRE(estate->file_count < ESTATE_FILES, "too many files");
    struct estate_file *at = &estate->files[estate->file_count];
    *at = (struct estate_file){.evidence = true};
    at->path =
        harness_format("%s%s-%zu.json", estate->folders ? folder : "", name, estate->file_count++);
    at->layout = (enum estate_layout)estate_below(&estate->random, 4);
    return at;
}

static void put_last(struct estate *estate, struct estate_file *file)
{
    file->documents[file->count++] = estate->document_count - 1;
}

static void record(struct estate *estate, struct estate_document *document, size_t certificate)
{
    struct estate_certificate *at = &estate->certificates[certificate];
    document->certificates[document->count++] = certificate;
    at->listed |= document->kind != ESTATE_DESCRIPTION && document->kind != ESTATE_IAM_GET;
    at->described |= document->kind == ESTATE_DESCRIPTION || document->kind == ESTATE_IAM_GET;
}

static void add_list(struct estate *estate, size_t account, size_t region, bool iam)
{
    size_t all[ESTATE_CERTIFICATES], count = 0;
    uint64_t *random = &estate->random;
    const char *folder = harness_format("%s/%s/", estate->accounts[account],
                                        iam ? "global" : estate->regions[region]);
    for (size_t i = 0; i < estate->count; i++) {
        const struct estate_certificate *at = &estate->certificates[i];
        if (at->iam == iam && at->account == account && (iam || at->region == region))
            all[count++] = i;
    }
    bool wild = estate->temper == WILD, flawed = wild && estate_chance(random, 25);
    bool truncated = (flawed && estate_chance(random, 50)) || estate->truncate == 0;
    if ((flawed && !truncated) ||
        (count == 0 && (!estate->folders || (wild && estate_chance(random, 40)))))
        return;
    estate->truncate--;
    if (truncated && count > 1)
        count -= 1;
    cJSON *tree = iam ? estate_iam_list(estate, all, count, truncated)
                      : estate_list(estate, all, count, truncated);
    struct estate_document *list =
        add_document(estate, iam ? ESTATE_IAM_LIST : ESTATE_LIST, tree, account, region);
    list->truncated = truncated;
    for (size_t i = 0; i < count; i++)
        record(estate, list, all[i]);
    put_last(estate, add_file(estate, folder, iam ? "iam" : "list"));
}

/* A description, or a loose summary: alone in a file, or in the file of its account. */
static void add_record(struct estate *estate, size_t certificate, struct estate_file **shared)
{
    struct estate_certificate *at = &estate->certificates[certificate];
    uint64_t *random = &estate->random;
    bool wild = estate->temper == WILD;
    bool summary = wild && !at->iam && !at->listed && estate_chance(random, 30);
    enum estate_kind kind = at->iam   ? ESTATE_IAM_GET
                            : summary ? ESTATE_SUMMARY
                                      : ESTATE_DESCRIPTION;
    if (!at->iam && !summary)
        at->whole = certificate != estate->cut_down && (!wild || estate_chance(random, 85));
    cJSON *tree = at->iam   ? estate_iam_get(estate, certificate)
                  : summary ? estate_summary(estate, certificate)
                            : estate_description(estate, certificate);
    record(estate, add_document(estate, kind, tree, at->account, at->region), certificate);
    struct estate_file *file = shared[at->account];
    if (file == NULL || file->count == ESTATE_CERTIFICATES || estate_chance(random, 30)) {
        const char *region = at->iam ? "global" : estate->regions[at->region];
        file = add_file(estate, harness_format("%s/%s/", estate->accounts[at->account], region),
                        "describe");
        if (estate_chance(random, 60))
            shared[at->account] = file;
    }
    put_last(estate, file);
}

static void make_documents(struct estate *estate)
{
    struct estate_file *shared[ESTATE_ACCOUNTS] = {NULL};
    uint64_t *random = &estate->random;
    for (size_t i = 0; i < estate->account_count; i++) {
        add_list(estate, i, 0, true);
        for (size_t j = 0; j < estate->region_count; j++)
            add_list(estate, i, j, false);
    }
    for (size_t i = 0; i < estate->count; i++) {
        const struct estate_certificate *at = &estate->certificates[i];
        bool needed = !at->listed || (!at->iam && estate_truth(at) != ESTATE_NOT_APPLICABLE);
        if (!at->listed || estate_chance(random, needed && estate->temper != WILD ? 100
                                                 : at->iam                        ? 20
                                                                                  : 85))
            add_record(estate, i, shared);
    }
}

static struct estate_file *add_noise(struct estate *estate, const char *name, const char *bytes)
{
    struct estate_file *file = add_file(estate, "", "noise");
    file->path = name;
    file->evidence = false;
    file->bytes = bytes;
    file->length = strlen(bytes);
    return file;
}

static void make_noise(struct estate *estate)
{
    uint64_t *random = &estate->random;
    if (estate_chance(random, 30))
        add_noise(estate, "README.txt", "Exports of November. Questions to the platform team.\n");
    if (estate_chance(random, 30))
        add_noise(estate, "vpcs.json", "{\"Vpcs\": [{\"VpcId\": \"vpc-0a1b\", \"Status\": 1}]}\n");
    if (estate_chance(random, 20))
        add_noise(estate, "caller.json",
                  harness_format("{\"UserId\": \"AIDAEXAMPLE\", \"Account\": \"%s\", \"Arn\": "
                                 "\"arn:aws:iam::%s:user/audit\"}\n",
                                 estate->accounts[0], estate->accounts[0]));
    if (estate->count > 0 && estate_chance(random, 15))
        add_noise(estate, "tags.json",
                  harness_format("{\"ResourceTagMappingList\": [{\"ResourceARN\": \"%s\", "
                                 "\"Tags\": []}]}\n",
                                 estate->certificates[0].arn));
    if (estate->temper != WILD || !estate_chance(random, 25))
        return;
    if (estate_chance(random, 50)) {
        add_noise(estate, "exports.zip", "PK\003\004 not really");
        estate->faulty = true;
    } else {
        add_noise(estate, "listeners.json",
                  harness_format("{\"Listeners\": [{\"Port\": 443, \"Certificates\": [{"
                                 "\"CertificateArn\": \"arn:aws:acm:us-east-1:%s:certificate/%s-"
                                 "1111-4111-a111-%s\"}]}]}\n",
                                 estate->accounts[0], hex(random, 8), hex(random, 12)));
        estate->mentioned = estate_in_scope(estate, 0, "us-east-1", false) != 0;
        estate->may_be_gap |= !estate->mentioned;
    }
}

static void add_line(struct estate *estate, size_t account, const char *region, const char *service,
                     bool in_scope)
{
    if (estate->scope_count < ESTATE_LINES)
        estate->scope[estate->scope_count++] =
            (struct estate_scope_line){estate->accounts[account], region, service, in_scope};
}

static void scope_account(struct estate *estate, size_t account)
{
    uint64_t *random = &estate->random;
    size_t style = estate_below(random, 10);
    const char *some = estate->regions[estate_below(random, estate->region_count)];
    if (style <= 3)
        add_line(estate, account, NULL, NULL, true);
    if (style == 3)
        add_line(estate, account, some, "acm", false);
    if (style == 4)
        add_line(estate, account, NULL, NULL, false);
    if (style == 5) {
        add_line(estate, account, NULL, "acm", true);
        add_line(estate, account, "global", "iam", false);
    }
    if (style == 6 || style == 7) {
        add_line(estate, account, "global", "iam", true);
        for (size_t i = 0; i < estate->region_count; i++)
            if (style == 6 || estate_chance(random, 60))
                add_line(estate, account, estate->regions[i], "acm", true);
    }
    if (style == 8) {
        add_line(estate, account, NULL, "iam", true);
        add_line(estate, account, some, "acm", true);
    } /* 9: the account is not in the scope */
}

static void make_scope(struct estate *estate)
{
    uint64_t *random = &estate->random;
    if (!estate_chance(random, 60))
        return;
    estate->scoped = true;
    if (estate->temper != WILD) /* flat, there would be no list of an empty place */
        estate->folders = true;
    else if (estate->account_count < ESTATE_ACCOUNTS && estate_chance(random, 20))
        estate->accounts[estate->account_count++] =
            harness_format("%012llu", (unsigned long long)(estate_next(random) % 1000000000000));
    for (size_t i = 0; i < estate->account_count; i++)
        scope_account(estate, i);
    if (estate->scope_count == 0)
        add_line(estate, 0, NULL, NULL, true);
    estate->scope_text = "account,region,service,name,owner,environment,in_scope,note\n";
    for (size_t i = 0; i < estate->scope_count; i++) {
        const struct estate_scope_line *at = &estate->scope[i];
        estate->scope_text = harness_format("%s%s,%s,%s,Name,Owner,test,%s\n", estate->scope_text,
                                            at->account, at->region == NULL ? "*" : at->region,
                                            at->service == NULL ? "*" : at->service,
                                            at->in_scope ? "yes," : "no,sandbox");
    }
    estate->scope_length = strlen(estate->scope_text);
}

static void make_waivers(struct estate *estate)
{
    uint64_t *random = &estate->random;
    if (estate->count == 0 || !estate_chance(random, 30))
        return;
    estate->waivers_text = "rule,arn,owner,approver,approved,reason,ticket,expires\n";
    for (size_t i = 0; i < estate->count; i++) {
        const struct estate_certificate *at = &estate->certificates[i];
        if (!estate_chance(random, estate_truth(at) == ESTATE_FAIL ? 60 : 10))
            continue;
        struct estate_waiver waiver = {.arn = estate_chance(random, 8) ? "*" : at->arn,
                                       .iam = at->iam,
                                       .in_force = estate_chance(random, 70)};
        estate->waivers[estate->waiver_count++] = waiver;
        estate->waivers_text =
            harness_format("%s%s,%s,Team,Chief,2026-01-05,Agreed,T-%zu,%s\n", estate->waivers_text,
                           at->iam ? "IAM-033" : "ACM-005", waiver.arn, i,
                           waiver.in_force ? "2026-12-31" : "2026-06-30");
    }
}

static void make_baseline(struct estate *estate)
{
    uint64_t *random = &estate->random;
    if (!estate_chance(random, 15))
        return;
    const char *text = "\"result\",\"rule\",\"arn\",\"as_of\"\r\n";
    for (size_t i = 0; i < estate->count; i++) {
        const struct estate_certificate *at = &estate->certificates[i];
        if (estate_chance(random, 60))
            text = harness_format("%s\"%s\",\"%s\",\"%s\",\"2026-08-20T00:00:00Z\"\r\n", text,
                                  PICK(random, "PASS", "FAIL", "UNKNOWN"),
                                  at->iam ? "IAM-033" : "ACM-005", at->arn);
    }
    if (estate->temper == WILD && estate_chance(random, 50)) {
        text = harness_format("%s\"FAIL\",\"ACM-005\",\"arn:aws:acm:us-east-1:%s:"
                              "certificate/%s-2222-4222-a222-%s\",\"2026-08-20T00:00:00Z\"\r\n",
                              text, estate->accounts[0], hex(random, 8), hex(random, 12));
        estate->vanished = estate_in_scope(estate, 0, "us-east-1", false) != 0;
        estate->may_be_gap |= !estate->vanished;
    }
    estate->baseline_text = text;
}

void estate_make(struct estate *estate, uint64_t seed, size_t size)
{
    *estate = (struct estate){.seed = seed,
                              .size = size,
                              .random = seed * 1000 + size,
                              .cut_down = SIZE_MAX,
                              .truncate = SIZE_MAX};
    uint64_t *random = &estate->random;
    size_t turn = estate_below(random, 100), flawed = SIZE_MAX;
    estate->temper = turn < 35 ? CLEAN : turn < 75 ? ONE_FLAW : WILD;
    size_t count = size == 0 ? 0 : estate_below(random, size) + 1;
    size_t kind = estate_below(random, 6);
    if (estate->temper == ONE_FLAW && count > 0)
        *(kind == 0   ? &estate->cut_down
          : kind == 1 ? &estate->truncate
                      : &flawed) = estate_below(random, kind == 1 ? 2 : count);
    make_places(estate);
    for (size_t i = 0; i < count; i++)
        make_certificate(estate,
                         i == flawed || (estate->temper == WILD && estate_chance(random, 40)));
    make_scope(estate);
    make_documents(estate);
    make_noise(estate);
    make_waivers(estate);
    make_baseline(estate);
}

static const char *print(const cJSON *tree, bool formatted)
{
    char *text = formatted ? cJSON_Print(tree) : cJSON_PrintUnformatted(tree);
    HARNESS_REQUIRE(text != NULL, "cJSON_Print");
    return harness_keep(text);
}

const char *estate_render(const struct estate *estate, const struct estate_file *file,
                          size_t *length)
{
    const char *text = "";
    if (file->bytes != NULL) {
        *length = file->length;
        return file->bytes;
    }
    enum estate_layout layout = file->layout;
    for (size_t i = 0; i < file->count; i++) {
        const char *document =
            print(estate->documents[file->documents[i]].tree, layout != ESTATE_JSON_LINES);
        text =
            harness_format("%s%s%s", text, i > 0 && layout == ESTATE_ARRAY ? ",\n" : "", document);
        if (layout != ESTATE_ARRAY)
            text = harness_format("%s\n", text);
    }
    if (layout == ESTATE_ARRAY)
        text = harness_format("[\n%s\n]\n", text);
    *length = strlen(text);
    return text;
}

struct estate *estate_copy(const struct estate *estate)
{
    struct estate *copy = harness_keep(memory_resize(NULL, 1, sizeof *copy));
    *copy = *estate;
    for (size_t i = 0; i < copy->document_count; i++)
        copy->documents[i].tree = cJSON_Duplicate(estate->documents[i].tree, true);
    return copy;
}
