/* merge.c: see merge.h. Certificates and locations are found in open-addressing hash tables. */
#include "audit/merge.h"
#include "base/keyed_hash.h"
#include "base/memory.h"
#include "base/pool.h"
#include "evidence/observation.h"
#include <stdlib.h>
#include <string.h>

/* A slot is empty, or an item's number plus 1. Items have their hashes in an array. */
struct table {
    size_t *slots;
    size_t slot_count; /* a power of 2, at least twice the items */
    uint64_t *hashes;  /* by item */
    size_t count, hash_room;
};

static void table_resize(struct table *table, size_t slot_count)
{
    table->slots = memory_resize(table->slots, slot_count, sizeof *table->slots);
    memset(table->slots, 0, slot_count * sizeof *table->slots);
    table->slot_count = slot_count;
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = table->hashes[i] % slot_count;
        while (table->slots[slot] != 0)
            slot = (slot + 1) % slot_count;
        table->slots[slot] = i + 1;
    }
}

/* The number of the item that is the key, by its hash and is_key; of a new item, which the caller
 * must make, if there is none: it is then the highest. */
static size_t table_find(struct table *table, uint64_t hash,
                         bool (*is_key)(const void *items, size_t number, const void *key),
                         const void *items, const void *key)
{
    enum { FIRST_SLOTS = 1024 };
    if (table->count * 2 >= table->slot_count)
        table_resize(table, table->slot_count == 0 ? FIRST_SLOTS : table->slot_count * 2);
    size_t slot = hash % table->slot_count;
    for (; table->slots[slot] != 0; slot = (slot + 1) % table->slot_count) {
        size_t number = table->slots[slot] - 1;
        if (table->hashes[number] == hash && is_key(items, number, key))
            return number;
    }
    table->hashes =
        memory_grow(table->hashes, &table->hash_room, table->count + 1, sizeof *table->hashes);
    table->hashes[table->count++] = hash;
    table->slots[slot] = table->count;
    return table->count - 1;
}

static void table_free(struct table *table)
{
    free(table->slots);
    free(table->hashes);
}

/* The account and region of an ARN, not terminated; both empty if it has none. */
struct arn_location {
    const char *account, *region;
    size_t account_length, region_length;
};

static struct arn_location location_of(const struct observation *seen)
{
    static const char global[] = "global";
    struct arn_location at = {"", "", 0, 0};
    const char *arn = observation_arn(seen);
    const char *account = evidence_arn_field(arn, 5, &at.account_length);
    if (account != NULL) {
        at.account = account;
        at.region = evidence_arn_field(arn, 4, &at.region_length);
    }
    if (evidence_service(seen) == SERVICE_IAM) {
        at.region = global;
        at.region_length = sizeof global - 1;
    }
    return at;
}

struct merging {
    struct evidence *evidence;
    struct locations *locations;
    struct certificate **certificates;
    size_t certificate_count, certificate_room;
    struct table certificate_table, location_table;
    struct hash_key key;
};

static bool is_text(const char *text, const char *bytes, size_t length)
{
    return strncmp(text, bytes, length) == 0 && text[length] == '\0';
}

static bool is_location(const void *items, size_t number, const void *key)
{
    const struct locations *locations = items;
    const struct location *location = locations->sorted[number];
    const struct arn_location *at = key;
    return is_text(location->account, at->account, at->account_length) &&
           is_text(location->region, at->region, at->region_length);
}

static struct location *find_location(struct merging *merging, const struct arn_location *at)
{
    struct locations *locations = merging->locations;
    struct pool *pool = merging->evidence->pool;
    const uint64_t hashes[] = {keyed_hash(&merging->key, at->account, at->account_length),
                               keyed_hash(&merging->key, at->region, at->region_length)};
    uint64_t hash = keyed_hash(&merging->key, hashes, sizeof hashes);
    size_t number = table_find(&merging->location_table, hash, is_location, locations, at);
    if (number < locations->count)
        return locations->sorted[number];
    struct location *location = pool_alloc(pool, sizeof *location);
    location->account = pool_copy(pool, at->account, at->account_length);
    location->region = pool_copy(pool, at->region, at->region_length);
    locations->sorted = memory_grow(locations->sorted, &locations->room, locations->count + 1,
                                    sizeof *locations->sorted);
    locations->sorted[locations->count++] = location;
    return location;
}

static bool is_certificate(const void *items, size_t number, const void *key)
{
    const struct merging *merging = items;
    const struct certificate *certificate = merging->certificates[number];
    const struct observation *seen = key;
    return *certificate->arn != '\0' && certificate->service == evidence_service(seen) &&
           strcmp(certificate->arn, observation_arn(seen)) == 0 &&
           strcmp(certificate->id, observation_id(seen)) == 0;
}

/* The number of the record's certificate, which is made if it is new. */
static size_t find_certificate(struct merging *merging, const struct observation *seen,
                               struct location *location)
{
    const char *arn = observation_arn(seen), *id = observation_id(seen);
    /* A record without ARN is a certificate of its own: its address keeps it from the others. */
    const uint64_t hashes[] = {*arn != '\0' ? keyed_hash(&merging->key, arn, strlen(arn))
                                            : keyed_hash(&merging->key, &seen, sizeof seen),
                               keyed_hash(&merging->key, id, strlen(id))};
    uint64_t hash = keyed_hash(&merging->key, hashes, sizeof hashes);
    size_t number = table_find(&merging->certificate_table, hash, is_certificate, merging, seen);
    if (number < merging->certificate_count)
        return number;
    struct certificate *certificate = pool_alloc(merging->evidence->pool, sizeof *certificate);
    certificate->location = location;
    certificate->arn = arn;
    certificate->id = id;
    certificate->service = evidence_service(seen);
    merging->certificates =
        memory_grow(merging->certificates, &merging->certificate_room,
                    merging->certificate_count + 1, sizeof *merging->certificates);
    merging->certificates[merging->certificate_count++] = certificate;
    return number;
}

/* Finds the certificate of each record, and counts its records. */
static size_t *find_certificates(struct merging *merging)
{
    const struct evidence *evidence = merging->evidence;
    size_t *certificate_of = memory_resize(NULL, evidence->record_count, sizeof *certificate_of);
    for (size_t i = 0; i < evidence->record_count; i++) {
        const struct observation *seen = evidence->records[i];
        const struct arn_location at = location_of(seen);
        struct location *location = find_location(merging, &at);
        if (seen->file->account == NULL && *location->account != '\0')
            seen->file->account = location->account;
        certificate_of[i] = find_certificate(merging, seen, location);
        struct certificate *certificate = merging->certificates[certificate_of[i]];
        certificate->record_count++;
        certificate->listed |= seen->from_list;
        certificate->described |= !seen->from_list;
    }
    return certificate_of;
}

/* Gives each certificate its records, in their order: a run of one array. */
static void distribute_records(struct merging *merging, const size_t *certificate_of)
{
    const struct evidence *evidence = merging->evidence;
    const struct observation **next =
        pool_alloc(evidence->pool, evidence->record_count * sizeof *next);
    for (size_t i = 0; i < merging->certificate_count; i++) {
        merging->certificates[i]->records = next;
        next += merging->certificates[i]->record_count;
        merging->certificates[i]->record_count = 0;
    }
    for (size_t i = 0; i < evidence->record_count; i++) {
        struct certificate *certificate = merging->certificates[certificate_of[i]];
        certificate->records[certificate->record_count++] = evidence->records[i];
    }
}

/* What distinguishes records with the same masked ARN: a name, a time, and for ACM a serial
 * number. NULL and absent if it is not stated. */
struct identity {
    const char *name, *serial;
    const struct moment *time;
};

static struct identity identity_of(const struct observation *seen)
{
    const char *name = *seen->name != '\0' ? seen->name : NULL;
    if (seen->acm == NULL)
        return (struct identity){name, NULL, &seen->uploaded};
    return (struct identity){name, seen->acm->serial, &seen->acm->created};
}

/* A missing text comes first. */
static int compare_texts(const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return (left != NULL) - (right != NULL);
    return strcmp(left, right);
}

static int compare_moments(const struct moment *left, const struct moment *right)
{
    if (left->state != right->state)
        return left->state < right->state ? -1 : 1;
    return left->state == MOMENT_READABLE ? timestamp_compare(&left->at, &right->at)
                                          : compare_texts(left->text, right->text);
}

static int compare_name_and_time(const struct observation *left, const struct observation *right)
{
    const struct identity a = identity_of(left), b = identity_of(right);
    int order = compare_texts(a.name, b.name);
    return order != 0 ? order : compare_moments(a.time, b.time);
}

static int compare_serials(const struct observation *left, const struct observation *right)
{
    return compare_texts(identity_of(left).serial, identity_of(right).serial);
}

static int by_identity(const void *left, const void *right)
{
    const struct observation *a = *(const struct observation *const *)left;
    const struct observation *b = *(const struct observation *const *)right;
    int order = compare_name_and_time(a, b);
    if (order == 0)
        order = compare_serials(a, b);
    return order != 0 ? order : observation_compare(a, b);
}

static int by_source(const void *left, const void *right)
{
    return observation_compare(*(const struct observation *const *)left,
                               *(const struct observation *const *)right);
}

/* Whether no member that identifies a certificate has two values. */
static bool is_one(const struct certificate *certificate)
{
    struct identity known = identity_of(certificate->records[0]);
    for (size_t i = 1; i < certificate->record_count; i++) {
        const struct identity next = identity_of(certificate->records[i]);
        bool dated = next.time->state != MOMENT_ABSENT;
        if ((known.name != NULL && next.name != NULL && strcmp(known.name, next.name) != 0) ||
            (known.serial != NULL && next.serial != NULL &&
             strcmp(known.serial, next.serial) != 0) ||
            (known.time->state != MOMENT_ABSENT && dated &&
             !evidence_same_moment(known.time, next.time)))
            return false;
        known.name = known.name != NULL ? known.name : next.name;
        known.serial = known.serial != NULL ? known.serial : next.serial;
        known.time = known.time->state != MOMENT_ABSENT ? known.time : next.time;
    }
    return true;
}

/* The end of the run of records, sorted by identity, that can be one certificate. Without a serial
 * number, a record belongs to the only one that has its name and time. */
static size_t end_of_part(const struct observation *const *records, size_t count, size_t start)
{
    bool numbered = identity_of(records[start]).serial != NULL;
    size_t end = start + 1, first_numbered = 0;
    for (; end < count && compare_name_and_time(records[start], records[end]) == 0; end++) {
        if (compare_serials(records[end - 1], records[end]) == 0)
            continue;
        if (numbered) /* two serial numbers */
            return first_numbered != 0 ? first_numbered : end;
        numbered = true;
        first_numbered = end;
    }
    return end;
}

static void add_part(struct merging *merging, const struct certificate *whole,
                     const struct observation **records, size_t count)
{
    struct certificate *part = pool_alloc(merging->evidence->pool, sizeof *part);
    *part = *whole;
    part->records = records;
    part->record_count = count;
    part->redacted = true;
    part->listed = part->described = false;
    for (size_t i = 0; i < count; i++) {
        part->listed |= records[i]->from_list;
        part->described |= !records[i]->from_list;
    }
    merging->certificates =
        memory_grow(merging->certificates, &merging->certificate_room,
                    merging->certificate_count + 1, sizeof *merging->certificates);
    merging->certificates[merging->certificate_count++] = part;
}

/* The last part takes the certificate's place; the others are added. */
static void split(struct merging *merging, struct certificate *certificate)
{
    const struct observation **records = certificate->records;
    size_t count = certificate->record_count, start = 0;
    qsort(records, count, sizeof *records, by_identity);
    while (start < count) {
        size_t end = end_of_part(records, count, start);
        qsort(records + start, end - start, sizeof *records, by_source);
        add_part(merging, certificate, records + start, end - start);
        start = end;
    }
    *certificate = *merging->certificates[--merging->certificate_count];
}

/* A masked ARN may be that of several certificates. */
static void split_redacted(struct merging *merging)
{
    size_t count = merging->certificate_count;
    for (size_t i = 0; i < count; i++) {
        struct certificate *certificate = merging->certificates[i];
        if (certificate->record_count > 1 && evidence_is_masked_arn(certificate->arn) &&
            !is_one(certificate))
            split(merging, certificate);
    }
}

static int by_location(const void *left, const void *right)
{
    const struct location *a = *(const struct location *const *)left;
    const struct location *b = *(const struct location *const *)right;
    int order = strcmp(a->account, b->account);
    return order != 0 ? order : strcmp(a->region, b->region);
}

static void rank_locations(struct locations *locations)
{
    if (locations->count > 0)
        qsort(locations->sorted, locations->count, sizeof *locations->sorted, by_location);
    for (size_t i = 0; i < locations->count; i++)
        locations->sorted[i]->rank = i;
}

struct certificate **merge_certificates(struct evidence *evidence, struct locations *locations,
                                        size_t *count)
{
    struct merging merging = {.evidence = evidence, .locations = locations, .key = hash_key_new()};
    size_t *certificate_of = find_certificates(&merging);
    distribute_records(&merging, certificate_of);
    split_redacted(&merging);
    rank_locations(locations);
    free(certificate_of);
    table_free(&merging.certificate_table);
    table_free(&merging.location_table);
    *count = merging.certificate_count;
    return merging.certificates;
}

void merge_free(struct locations *locations)
{
    free(locations->sorted);
}
