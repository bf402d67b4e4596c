/* temporary.c: see temporary.h. */
#include "support/temporary.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATH_ROOM = 512 };
char temporary_folder[PATH_ROOM - 16];
char temporary_path[PATH_ROOM];

void temporary_make(void)
{
    const char *parent = getenv("TMPDIR");

    /* In memory, if there is such a folder, because some tests write the file a million times. */
    if (parent == NULL || *parent == '\0')
        parent = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(temporary_folder, sizeof temporary_folder, "%s/check-XXXXXX", parent);
    ck_assert_ptr_nonnull(mkdtemp(temporary_folder));
    (void)snprintf(temporary_path, sizeof temporary_path, "%s/file", temporary_folder);
}

void temporary_remove(void)
{
    (void)unlink(temporary_path);
    (void)rmdir(temporary_folder);
}

void temporary_write(const void *bytes, size_t count)
{
    FILE *stream = fopen(temporary_path, "wb");

    ck_assert_ptr_nonnull(stream);
    ck_assert_uint_eq(fwrite(bytes, 1, count, stream), count);
    ck_assert_int_eq(fclose(stream), 0);
}
