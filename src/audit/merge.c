/* merge.c: see merge.h. */
#include "audit/merge.h"
#include "base/memory.h"
#include "base/pool.h"
#include "evidence/record.h"
#include <assert.h>
#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A record, by a number that those of one certificate share. */
struct key {
    uint64_t hash;
    size_t index;
};

/* Only to bring together what may belong together: eight bytes at a time, then the rest. */
static uint64_t add_hash(uint64_t hash, const char *bytes, size_t length)
{
    const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t word;
    hash ^= length;
    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = (hash ^ word) * prime;
        hash ^= hash >> 29;
    }
    word = 0;
    memcpy(&word, bytes, length);
    hash = (hash ^ word) * prime;
    return hash ^ hash >> 29;
}

static int by_hash(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Sorts by hash and index: first into as many heaps as there are values of the hash's first bits,
 * so that most heaps have few keys. However the hashes fall, no heap takes longer than qsort. */
static void sort_keys(struct key *keys, size_t count)
{
    enum { BITS = 16, HEAPS = 1 << BITS };
    size_t *ends = memory_resize(NULL, HEAPS, sizeof *ends), sum = 0;
    struct key *sorted = memory_resize(NULL, count, sizeof *sorted);
    for (size_t i = 0; i < HEAPS; i++)
        ends[i] = 0;
    for (size_t i = 0; i < count; i++)
        ends[keys[i].hash >> (64 - BITS)]++;
    for (size_t i = 0; i < HEAPS; i++) {
        sum += ends[i];
        ends[i] = sum - ends[i]; /* where the heap begins */
    }
    for (size_t i = 0; i < count; i++)
        sorted[ends[keys[i].hash >> (64 - BITS)]++] = keys[i];
    for (size_t i = 0, start = 0; i < HEAPS; start = ends[i++])
        if (ends[i] - start > 1)
            qsort(sorted + start, ends[i] - start, sizeof *sorted, by_hash);
    if (count > 0)
        memcpy(keys, sorted, count * sizeof *keys);
    free(sorted);
    free(ends);
}

static int compare_locations(const void *left, const void *right)
{
    const struct location *a = left, *b = right;
    int order = strcmp(a->account, b->account);
    return order != 0 ? order : strcmp(a->region, b->region);
}

static int by_place(const void *left, const void *right)
{
    return compare_locations(*(const struct location *const *)left,
                             *(const struct location *const *)right);
}

static bool is_field(const char *text, const char *field, size_t length)
{
    return strncmp(text, field, length) == 0 && text[length] == '\0';
}

/* The ARN's fields, which end in no NUL; both empty where it has none. */
struct fields {
    const char *account, *region;
    size_t account_length, region_length;
};

static struct fields fields_of(const struct record *record)
{
    struct fields fields = {"", "", 0, 0};
    const char *arn = record_arn(record);
    const char *account = evidence_arn_field(arn, 5, &fields.account_length);
    if (account != NULL) {
        fields.account = account;
        fields.region = evidence_arn_field(arn, 4, &fields.region_length);
    }
    if (record_service(record) == SERVICE_IAM) {
        fields.region = "global";
        fields.region_length = strlen(fields.region);
    }
    return fields;
}

static bool is_at(const struct location *place, const struct fields *fields)
{
    return is_field(place->account, fields->account, fields->account_length) &&
           is_field(place->region, fields->region, fields->region_length);
}

/* A place that was not met lately: from the tree of all, or new. */
static struct location *find_location(struct locations *locations, struct pool *pool,
                                      const struct fields *fields)
{
    struct location sought = {.account = pool_copy(pool, fields->account, fields->account_length),
                              .region = pool_copy(pool, fields->region, fields->region_length)};
    struct location *const *found = tfind(&sought, &locations->tree, compare_locations);
    if (found != NULL)
        return *found;
    struct location *place = pool_alloc(pool, sizeof *place);
    *place = sought;
    if (tsearch(place, &locations->tree, compare_locations) == NULL)
        memory_exhausted();
    locations->sorted = memory_grow(locations->sorted, &locations->room, locations->count + 1,
                                    sizeof *locations->sorted);
    locations->sorted[locations->count++] = place;
    return place;
}

static void note_arn(struct location *place, const char *arn)
{
    if (place->arn == NULL) {
        place->arn = arn;
        place->common = strlen(arn);
    }
    if (strncmp(place->arn, arn, place->common) == 0)
        return;
    size_t common = 0;
    while (place->arn[common] ==
           arn[common]) /* they differ before either ends, or where one does */
        common++;
    place->common = common;
}

/* Finds the place of each record, and its hash while it is at hand: what the records hold lies in
 * memory in their order, and going over it twice takes twice as long. Places that were met lately
 * are found without the tree. */
static void look_at_records(const struct evidence *evidence, struct locations *locations,
                            struct key *keys, struct location **place_of)
{
    enum { LATELY = 1024 };
    struct location *lately[LATELY] = {NULL};
    for (size_t i = 0; i < evidence->record_count; i++) {
        record_expect(evidence->records, i, evidence->record_count);
        const struct record *record = evidence->records[i];
        const char *arn = record_arn(record), *id = record_id(record);
        const struct fields fields = fields_of(record);
        uint64_t hash = add_hash(0, fields.account, fields.account_length);
        struct location **met =
            &lately[add_hash(hash, fields.region, fields.region_length) % LATELY];
        if (*met == NULL || !is_at(*met, &fields))
            *met = find_location(locations, evidence->pool, &fields);
        note_arn(*met, arn);
        place_of[i] = *met;
        if (record_file(record)->account == NULL && *(*met)->account != '\0')
            record_file(record)->account = (*met)->account;
        keys[i] = (struct key){add_hash(add_hash(0, arn, strlen(arn)), id, strlen(id)), i};
    }
}

static void rank_locations(struct locations *locations)
{
    for (size_t i = 0; i < locations->count; i++)
        (void)tdelete(locations->sorted[i], &locations->tree, compare_locations);
    if (locations->count > 0)
        qsort(locations->sorted, locations->count, sizeof *locations->sorted, by_place);
    for (size_t i = 0; i < locations->count; i++)
        locations->sorted[i]->rank = i;
}

static bool same_certificate(const struct record *left, const struct record *right)
{
    return record_has_arn(left) && record_has_arn(right) &&
           record_service(left) == record_service(right) &&
           strcmp(record_arn(left), record_arn(right)) == 0 &&
           strcmp(record_id(left), record_id(right)) == 0;
}

/* Records are compared by what makes them one certificate's, then by their order. */
static int compare_records(const struct record *left, const struct record *right)
{
    int order = (int)record_service(left) - (int)record_service(right);
    if (order == 0)
        order = strcmp(record_arn(left), record_arn(right));
    return order != 0 ? order : strcmp(record_id(left), record_id(right));
}

/* A record that shares its hash with others. */
struct met {
    const struct record *record;
    size_t index;
};

static int by_certificate(const void *left, const void *right)
{
    const struct met *a = left, *b = right;
    int order = compare_records(a->record, b->record);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static struct certificate *add_certificate(struct pool *pool, struct location *place,
                                           const struct record **records, size_t count)
{
    struct certificate *certificate = pool_alloc(pool, sizeof *certificate);
    assert(count <= UINT32_MAX); /* so many would take terabytes */
    certificate->location = place;
    certificate->arn = record_arn(records[0]);
    certificate->id = record_id(records[0]);
    certificate->records = records;
    certificate->record_count = (uint32_t)count;
    certificate->service = (uint8_t)record_service(records[0]);
    for (size_t i = 0; i < count; i++) {
        certificate->listed |= record_is_listed(records[i]);
        certificate->described |= !record_is_listed(records[i]);
    }
    return certificate;
}

struct gathering {
    struct evidence *evidence;
    struct location **place_of; /* by record */
    struct certificate **certificates;
    struct certificate elsewhere; /* stands for a record that an earlier one's certificate has */
};

/* Puts together the records that share a hash, at the first one of each certificate. */
static void join_records(struct gathering *gathering, const struct key *keys, size_t count)
{
    struct evidence *evidence = gathering->evidence;
    struct certificate **certificates = gathering->certificates;
    struct met *met = memory_resize(NULL, count, sizeof *met);
    const struct record **records = pool_alloc(evidence->pool, count * sizeof *records);
    for (size_t i = 0; i < count; i++)
        met[i] = (struct met){evidence->records[keys[i].index], keys[i].index};
    qsort(met, count, sizeof *met, by_certificate);
    for (size_t start = 0, end; start < count; start = end) {
        records[start] = met[start].record;
        for (end = start + 1; end < count && same_certificate(records[start], met[end].record);
             end++) {
            records[end] = met[end].record;
            certificates[met[end].index] = &gathering->elsewhere;
        }
        certificates[met[start].index] = add_certificate(
            evidence->pool, gathering->place_of[met[start].index], records + start, end - start);
    }
    free(met);
}

/* Makes the certificates of records that stand alone, and closes the gaps. */
static size_t add_others(struct gathering *gathering)
{
    struct evidence *evidence = gathering->evidence;
    struct certificate **certificates = gathering->certificates;
    size_t count = 0;
    for (size_t i = 0; i < evidence->record_count; i++) {
        record_expect(evidence->records, i, evidence->record_count);
        if (certificates[i] == &gathering->elsewhere)
            continue;
        certificates[count++] =
            certificates[i] != NULL
                ? certificates[i]
                : add_certificate(evidence->pool, gathering->place_of[i], &evidence->records[i], 1);
    }
    return count;
}

struct certificate **merge_certificates(struct evidence *evidence, struct locations *locations,
                                        size_t *count)
{
    size_t records = evidence->record_count;
    struct key *keys = memory_resize(NULL, records, sizeof *keys);
    struct gathering gathering = {.evidence = evidence,
                                  .place_of = memory_resize(NULL, records, sizeof(void *)),
                                  .certificates = memory_resize(NULL, records, sizeof(void *))};
    look_at_records(evidence, locations, keys, gathering.place_of);
    rank_locations(locations);
    sort_keys(keys, records);
    for (size_t i = 0; i < records; i++)
        gathering.certificates[i] = NULL;
    for (size_t start = 0, end; start < records; start = end) {
        for (end = start + 1; end < records && keys[end].hash == keys[start].hash;)
            end++;
        if (end - start > 1)
            join_records(&gathering, keys + start, end - start);
    }
    free(keys);
    *count = add_others(&gathering);
    free(gathering.place_of);
    return gathering.certificates;
}

void merge_free(struct locations *locations)
{
    free(locations->sorted);
}
