/* check_json_large.c: json.h with large files: limits, windows, pipes and threads. */
#include "base/file.h"
#include "base/limit.h"
#include "base/text.h"
#include "support/json_trees.h"
#include "support/temporary.h"
#include "json/check_json.h"
#include "json/json_scan.h"
#include "json/json_window.h"
#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Reads the file; returns the number of documents. If problem is NULL, there must not be one. */
static size_t read_all(const char *path, struct diag *problem)
{
    struct file *file = file_open(path, false);
    struct json_trees json;
    struct json_document document;
    enum json_event event;
    size_t count = 0;

    ck_assert_ptr_nonnull(file);
    json_trees_open(&json, file);
    while ((event = json_trees_next(&json, &document)) == JSON_DOCUMENT)
        ck_assert_uint_eq(document.number, ++count);
    ck_assert_int_eq(event, problem == NULL ? JSON_END : JSON_BREAK);
    if (problem != NULL) {
        *problem = json.problem;
        problem->detail = NULL;
    }
    json_trees_close(&json);
    file_close(file);
    return count;
}

/* Documents of every length around a window's, with characters of 1 to 4 bytes at its end. */
START_TEST(test_straddling)
{
    static const char *const fillings[] = {
        "x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\\u00e9", "\\ud83d\\ude00"};
    struct text text = TEXT_EMPTY;
    size_t count = 0;

    for (size_t length = FILE_WINDOW - 20; length < FILE_WINDOW + 20; length++) {
        size_t mark = text.length;

        text_add(&text, "{\"a\":\"");
        text_add(&text, length % 2 == 0 ? "y" : "yy");
        while (text.length - mark < length)
            text_add(&text, fillings[_i]);
        text_add(&text, "\",\"b\":-12.5}");
        count++;
    }
    temporary_write(text.bytes, text.length);
    ck_assert_uint_eq(read_all(temporary_path, NULL), count);
    text_free(&text);
}
END_TEST

/* Large and small documents alternate; trees and line numbers are right. */
START_TEST(test_sizes)
{
    enum { COUNT = 60 };
    struct text text = TEXT_EMPTY;
    struct json_document document;
    struct file *file;
    struct json_trees json;
    size_t line = 1;

    text_add(&text, "[");
    for (int i = 0; i < COUNT; i++) {
        text_add(&text, "[");
        for (int j = 0; j < i * i * 10; j++)
            text_addf(&text, "%d,\n", j);
        text_add(&text, i < COUNT - 1 ? "0],[]," : "0],[]]\n");
    }
    temporary_write(text.bytes, text.length);
    text_free(&text);
    file = file_open(temporary_path, false);
    json_trees_open(&json, file);
    for (int i = 0; i < COUNT; i++) {
        ck_assert_int_eq(json_trees_next(&json, &document), JSON_DOCUMENT);
        ck_assert_uint_eq(document.line, line);
        ck_assert_int_eq(cJSON_GetArraySize(json.root), i * i * 10 + 1);
        line += (size_t)(i * i * 10);
        ck_assert_int_eq(json_trees_next(&json, &document), JSON_DOCUMENT);
        ck_assert_uint_eq(document.line, line);
        ck_assert_int_eq(cJSON_GetArraySize(json.root), 0);
    }
    ck_assert_int_eq(json_trees_next(&json, &document), JSON_END);
    json_trees_close(&json);
    file_close(file);
}
END_TEST

/* The limit on a document's bytes, in a scan with a smaller one. */
START_TEST(test_limit)
{
    static const char *const ends[] = {"\"", "\\n\"", "\xC3\xA9\"", ""};
    enum { LIMIT = 300000 };
    struct text text = TEXT_EMPTY;
    struct json_window window = {.file = NULL};
    struct json_scan scan;
    struct file *file;

    text_add(&text, "\n \"");
    while (text.length < 2 + LIMIT + (size_t)(_i % 2) - strlen(ends[_i / 2]))
        text_add(&text, "x");
    text_add(&text, ends[_i / 2]);
    text_add(&text, *ends[_i / 2] == '\0' ? "" : "       ");
    temporary_write(text.bytes, text.length);
    file = file_open(temporary_path, false);
    json_window_open(&window, file);
    window.next = 2;
    json_window_advance(&window);
    json_scan_init(&scan, &window);
    ck_assert_uint_eq(scan.limit, LIMIT_DOCUMENT);
    scan.limit = LIMIT;
    if (_i % 2 == 0 && _i < 6) {
        ck_assert(json_scan_value(&scan));
        ck_assert_uint_eq(window.next - window.start, LIMIT);
    } else {
        ck_assert(!json_scan_value(&scan));
        ck_assert_int_eq(scan.id, _i == 6 ? DIAG_JSON_ENDS_EARLY : DIAG_TOO_LARGE);
        ck_assert_uint_eq(scan.offset, _i == 6 ? LIMIT : 0);
    }
    json_scan_free(&scan);
    json_window_free(&window);
    file_close(file);
    text_free(&text);
}
END_TEST

/* A document past the limit is too large, even if the window ends in the middle of a character
 * where reading stops. */
START_TEST(test_limit_in_a_character)
{
    enum { LIMIT = 4 * FILE_WINDOW, FILLED = 6 * FILE_WINDOW };
    struct text text = TEXT_EMPTY;
    struct json_window window = {.file = NULL};
    struct json_scan scan;
    struct file *file;

    text_add(&text, _i == 0 ? "\"" : _i == 1 ? "\"x" : "\"xx");
    while (text.length < FILLED)
        text_add(&text, "\xE2\x82\xAC");
    text_add(&text, "\"");
    temporary_write(text.bytes, text.length);
    text_free(&text);
    file = file_open(temporary_path, false);
    json_window_open(&window, file);
    json_scan_init(&scan, &window);
    scan.limit = LIMIT;
    ck_assert(!json_scan_value(&scan));
    ck_assert_str_eq(diag_name(scan.id), "too-large");
    ck_assert_uint_eq(scan.offset, 0);
    json_scan_free(&scan);
    json_window_free(&window);
    file_close(file);
}
END_TEST

/* Every proper beginning of a document ends early, after its last whole character. */
START_TEST(test_cut)
{
    static const char text[] = "{\"Certificate\": {\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\": "
                               "[true, -1.5e+10, \"\\u00e9\\ud83d\\ude00\\n\"], \"b\": null}}";
    size_t column = 0;

    for (size_t i = 0; i < sizeof text - 1; i++) {
        struct diag problem;

        /* A character that is cut off does not count. */
        column += ((unsigned char)text[i] & 0xC0) != 0x80;

        temporary_write(text, i);
        ck_assert_uint_eq(read_all(temporary_path, &problem), 0);
        ck_assert_int_eq(problem.id, i == 0 ? DIAG_EMPTY_FILE : DIAG_JSON_ENDS_EARLY);
        ck_assert_uint_eq(problem.line, 1);
        ck_assert_uint_eq(problem.column, column);
    }
}
END_TEST

/* A FIFO that delivers a byte at a time. */
START_TEST(test_fifo)
{
    pid_t child;

    (void)unlink(temporary_path);
    ck_assert_int_eq(mkfifo(temporary_path, 0600), 0);
    child = fork();
    if (child == 0) {
        static const char text[] = "\xFF\xFE{\0\"\0\x3D\xD8\x00\xDE\"\0:\0[\0]\0}\0\n";
        int to = open(temporary_path, O_WRONLY);
        bool done = to >= 0;

        done = write(to, text, 2) == 2 && done;
        for (size_t i = 0; i < 2000 * (sizeof text - 2); i++)
            done = write(to, text + 2 + i % (sizeof text - 2), 1) == 1 && done;
        _exit(!done);
    }
    ck_assert_uint_eq(read_all(temporary_path, NULL), 2000);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert_int_eq(unlink(temporary_path), 0);
}
END_TEST

/* A file whose first page cannot be read, if the system has it. */
START_TEST(test_unreadable)
{
    struct diag problem;

    if (access("/proc/self/mem", R_OK) == 0) {
        ck_assert_uint_eq(read_all("/proc/self/mem", &problem), 0);
        ck_assert_int_eq(problem.id, DIAG_CANNOT_READ);
        ck_assert_uint_eq(problem.line, 0);
    }
}
END_TEST

static void *read_often(void *argument)
{
    size_t *count = argument;

    for (int i = 0; i < 20; i++)
        *count += read_all(temporary_path, NULL);
    return NULL;
}

/* Threads read at the same time. */
START_TEST(test_threads)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    size_t counts[THREADS] = {0};
    struct text text = TEXT_EMPTY;

    for (int i = 0; i < 500; i++)
        text_addf(&text, "{\"a\":[%d,\"x\",{\"b\":null}]}\n", i);
    temporary_write(text.bytes, text.length);
    text_free(&text);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_often, &counts[i]), 0);
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert_uint_eq(counts[i], 20 * 500);
    }
}
END_TEST

TCase *json_large_cases(void)
{
    TCase *large = tcase_create("large");

    tcase_set_timeout(large, 20);
    tcase_add_unchecked_fixture(large, temporary_make, temporary_remove);
    tcase_add_loop_test(large, test_straddling, 0, 6);
    tcase_add_test(large, test_sizes);
    tcase_add_loop_test(large, test_limit, 0, 8);
    tcase_add_loop_test(large, test_limit_in_a_character, 0, 3);
    tcase_add_test(large, test_cut);
    tcase_add_test(large, test_fifo);
    tcase_add_test(large, test_unreadable);
    tcase_add_test(large, test_threads);
    return large;
}
