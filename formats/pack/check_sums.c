/* check_sums.c: see check_sums.h. The names in a pack need no escapes, so none are read. */
#include "pack/check_sums.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_START = DIGEST_HEX - 1 + 2 /* after the digest and two spaces */ };

static bool refuse(const char *path, struct text *error, const char *why)
{
    text_clear(error);
    text_add_visible(error, path);
    text_addf(error, ": %s; name the unchanged pack, or a findings.csv alone", why);
    return false;
}

/* Whether a line has the form `DIGEST  NAME`, with a name in the same folder. */
static bool is_entry(const char *line)
{
    return strspn(line, "0123456789abcdef") == DIGEST_HEX - 1 &&
           strncmp(line + DIGEST_HEX - 1, "  ", 2) == 0 && line[NAME_START] != '\0' &&
           strpbrk(line + NAME_START, "/\\") == NULL;
}

static bool check_entry(const char *folder, const char *line, struct text *error)
{
    char sha256[DIGEST_HEX];
    struct text path = TEXT_EMPTY;
    text_addf(&path, "%s/%s", folder, line + NAME_START);
    bool fine = true;
    if (!file_sha256(text_string(&path), sha256))
        fine = refuse(text_string(&path), error, strerror(errno));
    else if (strncmp(line, sha256, DIGEST_HEX - 1) != 0)
        fine = refuse(text_string(&path), error,
                      "differs from its digest in SHA256SUMS, so the pack was changed");
    text_free(&path);
    return fine;
}

/* Checks each line. The lines are cut apart. */
static bool check_lines(const char *folder, const char *sums, char *lines, struct text *error)
{
    bool has_findings = false, fine = true;
    for (char *line = lines, *end; fine && *line != '\0'; line = end) {
        end = line + strcspn(line, "\n");
        if (*end != '\0')
            *end++ = '\0';
        if (!is_entry(line))
            fine = refuse(sums, error, "not in the format of sha256sum");
        else
            fine = check_entry(folder, line, error);
        has_findings |= fine && strcmp(line + NAME_START, "findings.csv") == 0;
    }
    return fine && (has_findings || refuse(sums, error, "does not name findings.csv"));
}

bool check_sums(const char *folder, struct text *error)
{
    char sha256[DIGEST_HEX];
    struct text sums = TEXT_EMPTY;
    size_t size;
    text_addf(&sums, "%s/SHA256SUMS", folder);
    char *lines = file_whole(text_string(&sums), &size, sha256, error);
    bool fine;
    if (lines == NULL)
        fine = refuse(text_string(&sums), error, "cannot be read, so the folder is not a pack");
    else if (strlen(lines) != size)
        fine = refuse(text_string(&sums), error, "not in the format of sha256sum");
    else
        fine = check_lines(folder, text_string(&sums), lines, error);
    free(lines);
    text_free(&sums);
    return fine;
}
