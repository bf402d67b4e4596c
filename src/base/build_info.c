/* build_info.c: see build_info.h. */
#include "base/build_info.h"
#include "base/digest.h"
#include "base/pool.h"
#include "base/text.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char build_info_version[] = CERTAUDIT_VERSION;
const char build_info_commit[] = CERTAUDIT_COMMIT;

/* If the line of /proc/self/maps is about the memory at address, its path, else NULL. Removes the
 * line feed. */
static const char *path_of(char *line, uintptr_t address)
{
    enum { FIELDS = 5 }; /* before the path: range, permissions, offset, device, inode */
    uintmax_t start, end;
    if (sscanf(line, "%" SCNxMAX "-%" SCNxMAX, &start, &end) != 2 || address < start ||
        address >= end)
        return NULL;
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < FIELDS; i++) {
        line += strcspn(line, " ");
        line += strspn(line, " ");
    }
    return *line == '/' ? line : NULL;
}

/* False with errno set. */
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
    int number = ferror(file) != 0 ? errno : 0;
    digest_finish(digest, hex);
    (void)fclose(file); /* it was only read */
    errno = number;
    return number == 0;
}

/* Not /proc/self/exe: in the bundle, that is the loader. False with errno set. */
static bool hash_running_program(char hex[DIGEST_HEX])
{
    char *line = NULL;
    const char *path = NULL;
    size_t room = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    if (maps == NULL)
        return false;
    while (path == NULL && getline(&line, &room, maps) > 0)
        path = path_of(line, (uintptr_t)build_info_version);
    int number = path != NULL ? 0 : ferror(maps) != 0 ? errno : ENOENT;
    (void)fclose(maps); /* it was only read */
    if (path != NULL && !hash_file(path, hex))
        number = errno;
    free(line);
    errno = number;
    return number == 0;
}

bool build_info_find_sha256(const char **sha256, struct pool *pool, struct text *error)
{
    char hex[DIGEST_HEX];
    bool found = hash_running_program(hex);
    *sha256 = found ? pool_text(pool, hex) : "not known";
    if (found || errno == ENOENT || errno == EACCES)
        return true;
    text_addf(error, "the program's own file cannot be read: %s", strerror(errno));
    return false;
}
