/* model.c: the records of the evidence, and small questions about them. */
#include "model.h"
#include "memory.h"
#include "pool.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

enum { ARN_FIELDS = 6 };

void model_add_file(struct evidence *evidence, struct evidence_file *file)
{
    evidence->files = memory_grow(evidence->files, &evidence->file_room, evidence->file_count + 1,
                                  sizeof(struct evidence_file *));
    evidence->files[evidence->file_count++] = file;
}

void model_add_observation(struct evidence *evidence, struct observation *observation)
{
    evidence->observations =
        memory_grow(evidence->observations, &evidence->observation_room,
                    evidence->observation_count + 1, sizeof(struct observation *));
    evidence->observations[evidence->observation_count++] = observation;
}

void model_free_evidence(struct evidence *evidence)
{
    free(evidence->files);
    free(evidence->observations);
}

void model_add_problem(struct evidence *evidence, struct evidence_file *file, enum diag_id id,
                       size_t line, size_t column, const char *detail)
{
    if (file->problem_count < LIMIT_PROBLEMS)
        file->problems[file->problem_count] =
            (struct diag){id, file->name, line, column,
                          detail != NULL ? pool_text(evidence->pool, detail) : NULL};
    file->problem_count++;
    file->unrelated += id == DIAG_UNRELATED;
}

void model_add_pointer(const struct observation *observation, const char *suffix, struct text *text)
{
    text_add(text, observation->pointer);
    if (observation->index != OBSERVATION_ALONE)
        text_addf(text, "/%zu", observation->index);
    text_add(text, suffix);
}

static int compare_numbers(size_t left, size_t right)
{
    return (left > right) - (left < right);
}

int model_compare_files(const struct evidence_file *left, const struct evidence_file *right)
{
    int order = strcmp(left->name, right->name);
    return order != 0 ? order : strcmp(left->path, right->path);
}

int model_compare_sources(const struct observation *left, const struct observation *right)
{
    int order = left->file == right->file ? 0 : model_compare_files(left->file, right->file);
    if (order == 0)
        order = compare_numbers(left->document, right->document);
    if (order == 0)
        order = strcmp(left->pointer, right->pointer);
    return order != 0 ? order : compare_numbers(left->index, right->index);
}

const char *model_service_name(enum service service)
{
    return service == SERVICE_ACM ? "acm" : "iam";
}

enum service model_service(const struct observation *observation)
{
    return observation->kind == OBSERVED_IAM_RECORD ? SERVICE_IAM : SERVICE_ACM;
}

const char *model_arn_field(const char *arn, size_t number, size_t *length)
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

bool model_member_is(const struct member *member, const char *text)
{
    return member->state == MEMBER_TEXT && strcmp(member->text, text) == 0;
}

bool model_same_member(const struct member *left, const struct member *right)
{
    return left->state == right->state &&
           (left->state == MEMBER_ABSENT || strcmp(left->text, right->text) == 0);
}

bool model_same_moment(const struct moment *left, const struct moment *right)
{
    if (left->state != right->state)
        return false;
    switch (left->state) {
    case MOMENT_READABLE:
        return when_compare(&left->at, &right->at) == 0;
    case MOMENT_UNREADABLE:
        return strcmp(left->text, right->text) == 0;
    case MOMENT_ABSENT:
        break;
    }
    return true;
}
