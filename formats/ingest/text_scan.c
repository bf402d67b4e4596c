/*
 * text_scan.c: see text_scan.h. Each piece is folded (in lower case, without `_`, `-`, blanks and
 * NULs, so that UTF-16 reads like ASCII), and the traces are searched in that: at each position the
 * two characters at the end of a window of the shortest trace say how far the next trace can be
 * (Wu and Manber, 1994). A byte at a time through an automaton takes three times as long.
 */
#include "ingest/text_scan.h"
#include "aws/traces.h"
#include "base/lines.h"
#include "base/memory.h"
#include "json/json_problem.h"
#include <stdlib.h>
#include <string.h>

enum kind {
    TRACE,
    ACM_ARN,     /* a trace if it ends the ARN of an ACM certificate */
    IAM_ARN,     /* of an IAM server certificate */
    UPLOAD_DATE, /* a trace unless the text is about other uploads: */
    BESIDE,
    CLI_ERROR
};

struct sign {
    const char *folded;
    enum kind kind;
};

static const struct sign signs[] = {
    {":certificate/", ACM_ARN},
    {":servercertificate/", IAM_ARN},
    {"uploaddate", UPLOAD_DATE},
    {"sshpublickeyid", BESIDE},
    {"username", BESIDE},
    {"certificateid", BESIDE},
    {"anerroroccurred(", CLI_ERROR},
    {"unabletolocatecredentials", CLI_ERROR},
    {"unabletoparseconfigfile", CLI_ERROR},
    {"couldnotconnecttotheendpointurl", CLI_ERROR},
    {"connecttimeoutonendpointurl", CLI_ERROR},
    {"invalidendpoint:https", CLI_ERROR},
    {"refreshedcredentialsarestillexpired", CLI_ERROR},
    {"theconfigprofile(", CLI_ERROR},
    {"youmustspecifyaregion", CLI_ERROR},
    {"partialcredentialsfoundin", CLI_ERROR},
    {"sslvalidationfailedfor", CLI_ERROR},
    {"parametervalidationfailed:", CLI_ERROR},
    {"errorloadingssotoken", CLI_ERROR},
    {"errorwhenretrievingtokenfromsso", CLI_ERROR},
    {"thessosessionassociatedwiththisprofile", CLI_ERROR},
    {"tokenhasexpiredandrefreshfailed", CLI_ERROR},
    {"yoursessionhasexpired", CLI_ERROR},
    {"usage:aws[options]", CLI_ERROR},
    {"aws:error:", CLI_ERROR},
    {"aws:[error]", CLI_ERROR},
    {"aws:commandnotfound", CLI_ERROR},
    {"commandnotfound:aws", CLI_ERROR},
    {"'aws'isnotrecognizedas", CLI_ERROR},
};

enum {
    SIGNS = sizeof signs / sizeof signs[0],
    SHORTEST = 8,    /* length of the shortest sign */
    KEPT = 512,      /* folded bytes that the next piece needs: an ARN and a sign */
    PAIRS = 1 << 10, /* of characters, by their low five bits */
    FARTHEST = SHORTEST - 1
};

struct text_scan {
    char folded[256]; /* '\0': passed over */
    unsigned char skips[PAIRS];
    struct sign *all;
    size_t all_count;
    struct lines lines; /* of the pieces before this one */
    char *text;         /* folded: the end of the pieces before this one, then this one */
    size_t text_count, text_room;
    bool begun, beside;
    const struct sign *sign; /* of the first trace, or NULL */
    size_t line, upload_line;
    char first[JSON_PROBLEM_LINE]; /* how the text begins, after blank lines, */
    size_t first_count;
    char at[JSON_PROBLEM_LINE]; /* and the line of the first trace */
    size_t at_count;
};

static size_t pair_of(const char *two)
{
    return (size_t)(two[0] & 0x1F) << 5 | (size_t)(two[1] & 0x1F);
}

static void add_sign(struct text_scan *scan, const char *folded, enum kind kind)
{
    scan->all[scan->all_count++] = (struct sign){folded, kind};
    for (size_t i = 0; i < FARTHEST; i++) {
        unsigned char *skip = &scan->skips[pair_of(folded + i)];
        *skip = *skip < FARTHEST - 1 - i ? *skip : (unsigned char)(FARTHEST - 1 - i);
    }
}

struct text_scan *text_scan_new(void)
{
    struct text_scan *scan = memory_resize(NULL, 1, sizeof *scan);
    size_t count = 0;
    *scan = (struct text_scan){.text = NULL};
    for (int c = 1; c < 256; c++)
        scan->folded[c] = traces_fold((char)c);
    while (traces_names[count] != NULL)
        count++;
    scan->all = memory_resize(NULL, SIGNS + count, sizeof *scan->all);
    memset(scan->skips, FARTHEST, sizeof scan->skips);
    for (size_t i = 0; i < count; i++)
        add_sign(scan, traces_names[i], TRACE);
    for (size_t i = 0; i < SIGNS; i++)
        add_sign(scan, signs[i].folded, signs[i].kind);
    return scan;
}

void text_scan_free(struct text_scan *scan)
{
    if (scan == NULL)
        return;
    free(scan->all);
    free(scan->text);
    free(scan);
}

void text_scan_start(struct text_scan *scan)
{
    scan->lines = (struct lines){.feeds = 0};
    scan->text_count = scan->first_count = scan->at_count = 0;
    scan->begun = scan->beside = false;
    scan->sign = NULL;
    scan->line = scan->upload_line = 0;
}

/* Copies how a line begins, as far as it is shown: without NULs, blanks and a byte order mark at
 * its beginning. */
static size_t copy_line(char *to, const unsigned char *bytes, size_t count)
{
    size_t copied = 0;
    for (size_t i = 0; i < count && copied < JSON_PROBLEM_LINE; i++) {
        bool mark = i < 3 && bytes[i] >= 0xBB;
        bool blank = bytes[i] == ' ' || (bytes[i] >= '\t' && bytes[i] <= '\r');
        if (bytes[i] != 0 && (copied > 0 || (!mark && !blank)))
            to[copied++] = (char)bytes[i];
    }
    return copied;
}

/* Adds the piece to the text, folded. */
static void fold(struct text_scan *scan, const unsigned char *bytes, size_t count)
{
    scan->text = memory_grow(scan->text, &scan->text_room, scan->text_count + count, 1);
    char *to = scan->text + scan->text_count;
    for (size_t i = 0; i < count; i++) {
        char character = scan->folded[bytes[i]];
        *to = character;
        to += character != '\0';
    }
    scan->text_count = (size_t)(to - scan->text);
}

/* Whether the colon ends the account of an ARN of the service; goes back over four fields. */
static bool is_arn(const char *begin, const char *colon, const char *service)
{
    const char *end = colon;
    int field = 0;
    for (const char *at = colon; at > begin && field < 4;) {
        at--;
        if (*at == '\n')
            return false;
        if (*at != ':')
            continue;
        if (field == 2 && (end - at != 4 || memcmp(at + 1, service, 3) != 0))
            return false;
        field++;
        end = at;
    }
    return field == 4 && end - begin >= 3 && memcmp(end - 3, "arn", 3) == 0;
}

struct piece {
    const unsigned char *bytes;
    size_t count;
    size_t old; /* length of the folded text before it */
};

/* The line of a byte of the piece by its number among those that are not passed over; copies how
 * the line begins. */
static size_t find_line(struct text_scan *scan, const struct piece *piece, size_t number)
{
    const unsigned char *bytes = piece->bytes;
    struct lines lines = scan->lines;
    size_t offset = 0, begin;
    for (; number > 0 || scan->folded[bytes[offset]] == '\0'; offset++)
        number -= scan->folded[bytes[offset]] != '\0';
    for (begin = offset; begin > 0 && bytes[begin - 1] != '\n';)
        begin--;
    scan->at_count = copy_line(scan->at, bytes + begin, piece->count - begin);
    lines_add(&lines, bytes, offset);
    return lines.feeds + 1;
}

/* What the sign at this place of the text means. */
static void take_sign(struct text_scan *scan, const struct sign *sign, const char *place,
                      const struct piece *piece)
{
    size_t last = (size_t)(place - scan->text) + strlen(sign->folded) - 1;
    if (last < piece->old) /* met before */
        return;
    if (sign->kind == BESIDE)
        scan->beside = true;
    else if (sign->kind == UPLOAD_DATE && scan->upload_line == 0)
        scan->upload_line = find_line(scan, piece, last - piece->old);
    if (sign->kind == BESIDE || sign->kind == UPLOAD_DATE ||
        (sign->kind == ACM_ARN && !is_arn(scan->text, place, "acm")) ||
        (sign->kind == IAM_ARN && !is_arn(scan->text, place, "iam")))
        return;
    scan->sign = sign;
    scan->line = find_line(scan, piece, last - piece->old);
}

static void take_signs(struct text_scan *scan, const char *place, const struct piece *piece)
{
    size_t left = (size_t)(scan->text + scan->text_count - place);
    for (size_t i = 0; i < scan->all_count && scan->sign == NULL; i++) {
        const struct sign *sign = &scan->all[i];
        if (memcmp(place, sign->folded, SHORTEST) != 0)
            continue;
        size_t length = strlen(sign->folded);
        if (length <= left && memcmp(place, sign->folded, length) == 0)
            take_sign(scan, sign, place, piece);
    }
}

void text_scan_add(struct text_scan *scan, const unsigned char *bytes, size_t count)
{
    const struct piece piece = {bytes, count, scan->text_count};
    if (scan->sign != NULL)
        return;
    if (!scan->begun)
        scan->first_count = copy_line(scan->first, bytes, count);
    scan->begun = true;
    fold(scan, bytes, count);
    for (size_t i = 0; i + SHORTEST <= scan->text_count && scan->sign == NULL;) {
        size_t skip = scan->skips[pair_of(scan->text + i + SHORTEST - 2)];
        if (skip == 0)
            take_signs(scan, scan->text + i, &piece);
        i += skip > 0 ? skip : 1;
    }
    lines_add(&scan->lines, bytes, count);
    if (scan->text_count > KEPT) {
        memmove(scan->text, scan->text + scan->text_count - KEPT, KEPT);
        scan->text_count = KEPT;
    }
}

/* The trace's own line says more than the first if it is of another format. */
static enum diag_id guess(const struct text_scan *scan, const char **detail)
{
    const char *of_first, *of_line;
    enum diag_id line =
        json_problem_guess((const unsigned char *)scan->at, scan->at_count, &of_line);
    enum diag_id first =
        json_problem_guess((const unsigned char *)scan->first, scan->first_count, &of_first);
    bool use_line = of_line != NULL && (line == DIAG_NOT_JSON || of_first == NULL);
    *detail = use_line ? of_line : of_first != NULL ? of_first : "it contains certificate data";
    return use_line ? line : first;
}

size_t text_scan_end(struct text_scan *scan, enum diag_id *id, const char **detail)
{
    if (scan->sign == NULL && !scan->beside)
        scan->line = scan->upload_line;
    if (scan->line == 0)
        return 0;
    *id = DIAG_COMMAND_FAILED;
    *detail = "it looks like an AWS CLI error message";
    if (scan->sign == NULL || scan->sign->kind != CLI_ERROR)
        *id = guess(scan, detail);
    return scan->line;
}
