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
