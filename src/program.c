/* program.c: see program.h. */
#include "program.h"
#include "digest.h"
#include "pool.h"
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char program_version[] = CERTAUDIT_VERSION;
const char program_commit[] = CERTAUDIT_COMMIT;

/* The path behind the fields of a line of proc(5)'s maps, where the line is of the memory that
 * holds the place; else NULL. Its line feed is taken off. */
static const char *path_of(char *line, uintptr_t place)
{
    enum { FIELDS = 5 }; /* range, permissions, offset, device, inode */
    uintmax_t start, end;
    if (sscanf(line, "%" SCNxMAX "-%" SCNxMAX, &start, &end) != 2 || place < start || place >= end)
        return NULL;
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < FIELDS; i++) {
        line += strcspn(line, " ");
        line += strspn(line, " ");
    }
    return *line == '/' ? line : NULL;
}

static bool hash_file(const char *path, char hex[DIGEST_HEX])
{
    char bytes[BUFSIZ];
    size_t count;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    struct digest *digest = digest_new();
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
        digest_add(digest, bytes, count);
    digest_finish(digest, hex);
    bool whole = ferror(file) == 0;
    return fclose(file) == 0 && whole;
}

/* Not /proc/self/exe: that is the loader, where a loader that came along started the program. */
const char *program_sha256(struct pool *pool)
{
    char hex[DIGEST_HEX], *line = NULL;
    size_t room = 0;
    bool found = false;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps != NULL && !found && getline(&line, &room, maps) > 0) {
        const char *path = path_of(line, (uintptr_t)program_version);
        found = path != NULL && hash_file(path, hex);
    }
    free(line);
    if (maps != NULL)
        (void)fclose(maps); /* it was only read */
    return found ? pool_text(pool, hex) : "not known";
}
