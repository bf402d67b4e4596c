/* check_file.c: reading, digests, and what is not opened. */
#include "base/file.h"
#include "base/memory.h"
#include "support/temporary.h"
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TCase *base_file_case(void);

START_TEST(test_file)
{
    static const char million[] =
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    enum { MILLION = 1000000 };
    unsigned char *bytes = memory_resize(NULL, MILLION, 1);
    char hex[DIGEST_HEX];
    struct file *file;
    size_t count, size;

    memset(bytes, 'a', MILLION);
    temporary_write(bytes, MILLION);
    file = file_open(temporary_path, _i == 1);
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(file_peek(file, &count));
    ck_assert_uint_eq(count, FILE_WINDOW);
    ck_assert_uint_eq(file_read(file, bytes, 10), 10);
    ck_assert_ptr_nonnull(file_peek(file, &count));
    ck_assert_uint_eq(count, FILE_WINDOW);
    ck_assert_uint_eq(file_read(file, bytes, 100000), 100000);
    ck_assert(file_finish(file, &size, hex));
    ck_assert_uint_eq(size, MILLION);
    ck_assert_str_eq(hex, million);
    ck_assert_int_eq(file_error(file), 0);
    file_close(file);
    file_close(NULL);
    free(bytes);
}
END_TEST

START_TEST(test_file_empty)
{
    char hex[DIGEST_HEX];
    unsigned char byte;
    struct file *file;
    size_t count;

    temporary_write("", 0);
    file = file_open(temporary_path, false);
    ck_assert_ptr_nonnull(file_peek(file, &count));
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(file_read(file, &byte, 1), 0);
    ck_assert(file_finish(file, &count, hex));
    ck_assert_uint_eq(count, 0);
    ck_assert_str_eq(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    file_close(file);
}
END_TEST

START_TEST(test_file_refused)
{
    ck_assert_ptr_null(file_open(temporary_folder, false));
    ck_assert_int_eq(errno, EISDIR);
    ck_assert_ptr_null(file_open(temporary_folder, true));
    ck_assert_int_eq(errno, EINVAL);
    (void)unlink(temporary_path);
    ck_assert_ptr_null(file_open(temporary_path, false));
    ck_assert_int_eq(errno, ENOENT);
    ck_assert_int_eq(symlink(".", temporary_path), 0);
    ck_assert_ptr_null(file_open(temporary_path, true));
    ck_assert_int_eq(errno, ELOOP);
    ck_assert_int_eq(unlink(temporary_path), 0);
    /* There is no writer: if open waited for one, the test would time out. */
    ck_assert_int_eq(mkfifo(temporary_path, 0600), 0);
    ck_assert_ptr_null(file_open(temporary_path, true));
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_int_eq(unlink(temporary_path), 0);
}
END_TEST

/* read(2) on a pipe returns fewer bytes than asked for; file_peek fills the window. */
START_TEST(test_file_standard_input)
{
    int ends[2];
    struct file *file;
    size_t count;
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        int done = 1;
        for (int i = 0; i < 1000; i++)
            done &= write(ends[1], "0123456789", 10) == 10;
        _exit(!done);
    }
    ck_assert_int_eq(close(ends[1]), 0);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    file = file_open("-", false);
    ck_assert_ptr_nonnull(file_peek(file, &count));
    ck_assert_uint_eq(count, 10000);
    file_close(file);
    ck_assert_int_ne(fcntl(STDIN_FILENO, F_GETFD), -1);
    ck_assert_int_eq(close(ends[0]), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

/* Reading a page that is not mapped fails, on systems with this file. */
START_TEST(test_file_unreadable)
{
    struct file *file = file_open("/proc/self/mem", false);
    char hex[DIGEST_HEX];
    size_t count;

    if (file == NULL)
        return;
    ck_assert_ptr_null(file_peek(file, &count));
    ck_assert_int_ne(file_error(file), 0);
    ck_assert(!file_finish(file, &count, hex));
    file_close(file);
}
END_TEST

TCase *base_file_case(void)
{
    TCase *file = tcase_create("file");

    tcase_add_unchecked_fixture(file, temporary_make, temporary_remove);
    tcase_add_loop_test(file, test_file, 0, 2);
    tcase_add_test(file, test_file_empty);
    tcase_add_test(file, test_file_refused);
    tcase_add_test(file, test_file_standard_input);
    tcase_add_test(file, test_file_unreadable);
    return file;
}
