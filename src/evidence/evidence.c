/* evidence.c: see evidence.h. */
#include "evidence/evidence.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum { ARN_FIELDS = 6 };

void evidence_add_file(struct evidence *evidence, struct evidence_file *file)
{
    evidence->files = memory_grow(evidence->files, &evidence->file_room, evidence->file_count + 1,
                                  sizeof(struct evidence_file *));
    evidence->files[evidence->file_count++] = file;
}

void evidence_free(struct evidence *evidence)
{
    free(evidence->files);
    free(evidence->records);
}

/* Keeps the problem after those that are at least as serious. */
static void keep_problem(struct problems *problems, const struct diag *problem)
{
    size_t at = problems->count;
    if (at >= LIMIT_PROBLEMS) {
        at = LIMIT_PROBLEMS - 1; /* the last one makes room, unless it is as serious */
        if (diag_weight(problems->kept[at].id) <= diag_weight(problem->id))
            return;
    }
    for (; at > 0 && diag_weight(problems->kept[at - 1].id) > diag_weight(problem->id); at--)
        problems->kept[at] = problems->kept[at - 1];
    problems->kept[at] = *problem;
}

void evidence_note_problem(struct pool *pool, struct problems *problems, const struct diag *problem)
{
    if (problems->kept == NULL)
        problems->kept = pool_alloc(pool, LIMIT_PROBLEMS * sizeof *problems->kept);
    keep_problem(problems, problem);
    problems->count++;
    problems->harmless += diag_weight(problem->id) == DIAG_HARMLESS;
    problems->unread += problem->id == DIAG_UNREAD;
}

void evidence_join_problems(struct pool *pool, struct problems *problems,
                            const struct problems *added)
{
    size_t kept = added->count < LIMIT_PROBLEMS ? added->count : LIMIT_PROBLEMS;
    size_t harmless = problems->harmless + added->harmless;
    size_t unread = problems->unread + added->unread;
    for (size_t i = 0; i < kept; i++)
        evidence_note_problem(pool, problems, &added->kept[i]);
    problems->count += added->count - kept;
    problems->harmless = harmless;
    problems->unread = unread;
}

void evidence_add_problem(struct pool *pool, struct evidence_file *file, enum diag_id id,
                          size_t line, size_t column, const char *detail)
{
    const struct diag problem = {id, file->name, line, column,
                                 detail != NULL ? pool_text(pool, detail) : NULL};
    evidence_note_problem(pool, &file->problems, &problem);
}

const char *evidence_state_name(enum evidence_state state)
{
    static const char *const names[] = {
        [EVIDENCE_USED] = "used",           [EVIDENCE_PARTIAL] = "partial",
        [EVIDENCE_UNUSABLE] = "unusable",   [EVIDENCE_UNREAD] = "unread",
        [EVIDENCE_UNRELATED] = "unrelated", [EVIDENCE_DUPLICATE] = "duplicate",
        [EVIDENCE_SKIPPED] = "skipped",
    };
    return names[state];
}

void evidence_add_reason(const struct evidence_file *file, struct text *text)
{
    if (file->original != NULL)
        text_addf(text, "the same bytes as %s%s", file->original->name,
                  file->original->documents > 0 ? ", which is used" : "");
    else if (file->reason != NULL)
        text_add(text, file->reason);
}

void evidence_add_pointer(const struct observation *observation, const char *suffix,
                          struct text *text)
{
    text_add(text, observation->pointer);
    if (observation->index != OBSERVATION_ALONE)
        text_addf(text, "/%zu", observation->index);
    text_add(text, suffix);
}

int evidence_compare_files(const struct evidence_file *left, const struct evidence_file *right)
{
    int order = strcmp(left->name, right->name);
    return order != 0 ? order : strcmp(left->path, right->path);
}

const char *evidence_service_name(enum service service)
{
    return service == SERVICE_ACM ? "acm" : "iam";
}

enum service evidence_service(const struct observation *observation)
{
    return observation->kind == OBSERVED_IAM_RECORD ? SERVICE_IAM : SERVICE_ACM;
}

const char *evidence_arn_field(const char *arn, size_t number, size_t *length)
{
    const char *starts[ARN_FIELDS] = {arn};
    size_t found = 1;
    for (const char *at = arn; found < ARN_FIELDS && (at = strchr(at, ':')) != NULL;)
        starts[found++] = ++at;
    if (found < ARN_FIELDS)
        return NULL;
    *length = number < ARN_FIELDS ? (size_t)(starts[number] - starts[number - 1]) - 1
                                  : strlen(starts[number - 1]);
    return starts[number - 1];
}

static bool is_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return length > 0;
}

bool evidence_is_region(const char *text, size_t length)
{
    static const char *const directions[] = {"north",     "south",     "east",
                                             "west",      "central",   "northeast",
                                             "southeast", "northwest", "southwest"};
    const char *last = NULL, *word = text, *end = text + length;
    size_t words = 0, last_length = 0;
    for (const char *at = text; at < end; at++)
        if (*at == '-') {
            last = word;
            last_length = (size_t)(at - word);
            word = at + 1;
            words += last_length > 0;
        } else if ((*at < 'a' || *at > 'z') && (*at < '0' || *at > '9'))
            return false;
    if (words < 2 || end - word > 2 || !is_digits(word, (size_t)(end - word)))
        return false;
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++)
        if (strlen(directions[i]) == last_length && strncmp(directions[i], last, last_length) == 0)
            return true;
    return false;
}

/* In either case; the word is of lower-case letters. */
static bool contains_folded(const char *text, size_t length, const char *word)
{
    enum { TO_LOWER = 'a' - 'A' };
    size_t word_length = strlen(word);
    for (size_t i = 0; i + word_length <= length; i++) {
        size_t same = 0;
        while (same < word_length && (text[i + same] | TO_LOWER) == word[same])
            same++;
        if (same == word_length)
            return true;
    }
    return false;
}

static bool is_masked(const char *text, size_t length)
{
    return memchr(text, '*', length) != NULL || contains_folded(text, length, "xxxx") ||
           contains_folded(text, length, "redacted");
}

bool evidence_is_masked(const char *text)
{
    return is_masked(text, strlen(text));
}

bool evidence_is_masked_arn(const char *arn)
{
    size_t account_length = 0, resource_length = 0;
    const char *account = evidence_arn_field(arn, 5, &account_length);
    const char *resource = evidence_arn_field(arn, 6, &resource_length);
    if (account == NULL)
        return evidence_is_masked(arn);
    return is_masked(account, account_length) || is_masked(resource, resource_length);
}

bool evidence_member_is(const struct member *member, const char *text)
{
    return member->state == MEMBER_TEXT && strcmp(member->text, text) == 0;
}

bool evidence_same_member(const struct member *left, const struct member *right)
{
    return left->state == right->state &&
           (left->state == MEMBER_ABSENT || strcmp(left->text, right->text) == 0);
}

bool evidence_same_moment(const struct moment *left, const struct moment *right)
{
    if (left->state != right->state)
        return false;
    switch (left->state) {
    case MOMENT_READABLE:
        return timestamp_compare(&left->at, &right->at) == 0;
    case MOMENT_UNREADABLE:
        return strcmp(left->text, right->text) == 0;
    case MOMENT_ABSENT:
        break;
    }
    return true;
}

bool evidence_domain_waits(const struct domain *domain)
{
    return domain->status == NULL || strcmp(domain->status, "SUCCESS") != 0;
}
