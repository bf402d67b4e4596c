/* check_base.c: memory, pools, texts, digests and diagnostics. */
#include "base/digest.h"
#include "base/memory.h"
#include "base/pool.h"
#include "base/text.h"
#include "evidence/diag.h"
#include "support/harness.h"
#include <check.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *base_suite(void);
TCase *base_file_case(void);

START_TEST(test_memory)
{
    size_t room = 0;
    int *items = memory_grow(NULL, &room, 3, sizeof *items);

    ck_assert_uint_ge(room, 3);
    items[2] = 7;
    for (size_t needed = 4; needed < 100000; needed += 1000) {
        size_t before = room;

        items = memory_grow(items, &room, needed, sizeof *items);
        ck_assert_uint_ge(room, needed);
        ck_assert(room == before || room >= 2 * before);
        ck_assert_int_eq(items[2], 7);
    }
    free(items);
    items = memory_resize(NULL, 0, sizeof *items);
    ck_assert_ptr_nonnull(items);
    free(items);
}
END_TEST

/* Runs does in a child process, which must not survive it: the child's own exit status is 0. */
static void ends_the_process(void (*does)(void))
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stderr) != NULL)
            does();
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_ne(status, 0);
}

static void resize_beyond_size_max(void)
{
    volatile size_t count = SIZE_MAX / 2;
    free(memory_resize(NULL, count, 4));
}

START_TEST(test_memory_overflow)
{
    ends_the_process(resize_beyond_size_max);
}
END_TEST

START_TEST(test_pool)
{
    static const unsigned char zeros[3000];
    struct pool *pool = pool_new();
    unsigned char *first;

    for (int round = 0; round < 3; round++) {
        first = pool_alloc(pool, 1);
        for (size_t size = 0; size < sizeof zeros; size++) {
            unsigned char *block = pool_alloc(pool, size);

            ck_assert_uint_eq((uintptr_t)block % sizeof(uint64_t), 0);
            ck_assert_int_eq(memcmp(block, zeros, size), 0);
            memset(block, 0xA5, size);
        }
        memset(pool_alloc(pool, 10000000), 1, 10000000);
        ck_assert_uint_eq(*first, 0);
        ck_assert_ptr_ne(pool_alloc(pool, 0), pool_alloc(pool, 0));
        ck_assert_str_eq(pool_copy(pool, "abc", 2), "ab");
        ck_assert_str_eq(pool_copy(pool, NULL, 0), "");
        ck_assert_str_eq(pool_text(pool, "abc"), "abc");
        pool_reset(pool);
        if (!MEMORY_SANITIZED)
            ck_assert_ptr_eq(pool_alloc(pool, 1), first);
        pool_reset(pool);
    }
    pool_free(pool);
    pool_free(NULL);
}
END_TEST

#if defined __SANITIZE_ADDRESS__
static void write_past_the_end(void)
{
    volatile char *block = pool_take(pool_new(), 5);
    block[5] = 'x';
}

static void read_after_a_reset(void)
{
    struct pool *pool = pool_new();
    volatile char *block = pool_alloc(pool, 5);
    pool_reset(pool);
    (void)block[0];
}

START_TEST(test_pool_misuse)
{
    ends_the_process(write_past_the_end);
    ends_the_process(read_after_a_reset);
}
END_TEST
#endif

/* Compares with printf, around every power of two and of ten. */
START_TEST(test_count)
{
    struct text text = TEXT_EMPTY;
    char printed[32];

    for (size_t base = 2; base <= 10; base += 8) {
        for (size_t power = 1, before = 0; before < power; before = power, power *= base) {
            for (size_t count = power - 1; count != power + 2; count++) {
                text_clear(&text);
                text_add_count(&text, count);
                (void)snprintf(printed, sizeof printed, "%zu", count);
                ck_assert_str_eq(text_string(&text), printed);
            }
        }
    }
    text_clear(&text);
    text_add_count(&text, SIZE_MAX);
    (void)snprintf(printed, sizeof printed, "%zu", SIZE_MAX);
    ck_assert_str_eq(text_string(&text), printed);
    text_free(&text);
}
END_TEST

/* Only what text_take takes becomes part of the text. */
START_TEST(test_room)
{
    struct text text = TEXT_EMPTY;

    for (size_t i = 0; i < 1000; i++) {
        char *room = text_room(&text, 3);

        memcpy(room, "abc", 3);
        text_take(&text, i % 2 + 1);
        ck_assert_uint_eq(strlen(text_string(&text)), text.length);
    }
    ck_assert_uint_eq(text.length, 1500);
    ck_assert_int_eq(strncmp(text_string(&text), "aabaab", 6), 0);
    text_free(&text);
}
END_TEST

START_TEST(test_plain)
{
    char string[3] = "a";

    ck_assert_uint_eq(text_plain(""), 0);
    ck_assert_uint_eq(text_plain(" azAZ09~"), 8);
    for (int byte = 0; byte < 256; byte++) {
        string[1] = (char)byte;
        ck_assert_uint_eq(text_plain(string), byte >= 0x20 && byte <= 0x7E ? 2 : 1);
    }
}
END_TEST

START_TEST(test_text)
{
    struct text text = TEXT_EMPTY;
    char wide[1001];

    ck_assert_str_eq(text_string(&text), "");
    text_add_separator(&text, 0, ", ");
    text_add(&text, "a");
    text_add_separator(&text, 0, ", ");
    text_addf(&text, "%d-%s", 12, "b");
    ck_assert_str_eq(text_string(&text), "a, 12-b");
    text_clear(&text);
    ck_assert_str_eq(text_string(&text), "");
    text_add_bytes(&text, "x\0y", 3);
    ck_assert_uint_eq(text.length, 3);
    text_clear(&text);
    text_addf(&text, "%1000d", 5);
    memset(wide, ' ', 999);
    (void)strcpy(wide + 999, "5");
    ck_assert_str_eq(text_string(&text), wide);
    text_free(&text);
    ck_assert_str_eq(text_string(&text), "");
}
END_TEST

static const struct {
    const char *string, *visible, *word;
} strings[] = {
    {"", "", "''"},
    {"plain-1.2/x_y@z%+=:,", "plain-1.2/x_y@z%+=:,", "plain-1.2/x_y@z%+=:,"},
    {"a b", "a b", "'a b'"},
    {"=ls", "=ls", "'=ls'"},
    {"a=ls", "a=ls", "a=ls"},
    {"\xC2\x80\xC2\x9F\xC2\xA0", "\\xC2\\x80\\xC2\\x9F\xC2\xA0", "'\xC2\x80\xC2\x9F\xC2\xA0'"},
    {"it's", "it's", "'it'\\''s'"},
    {"$(x)~*", "$(x)~*", "'$(x)~*'"},
    {"\t\n\x7F\x1B[", "\\x09\\x0A\\x7F\\x1B[", "'\t\n\x7F\x1B['"},
    {"\xC3\xA9\xE9", "\xC3\xA9\\xE9", "'\xC3\xA9\xE9'"},
    {"\xF0\x9F\x98", "\\xF0\\x9F\\x98", "'\xF0\x9F\x98'"},
};

START_TEST(test_string)
{
    HARNESS_ROW("%s", strings[_i].string);
    struct text text = TEXT_EMPTY;

    text_add_visible(&text, strings[_i].string);
    ck_assert_str_eq(text_string(&text), strings[_i].visible);
    text_clear(&text);
    text_add_shell_word(&text, strings[_i].string);
    ck_assert_str_eq(text_string(&text), strings[_i].word);
    text_free(&text);
}
END_TEST

/* The first and last values of each row of table 3-7 in Unicode 15. */
static const struct {
    const char *string;
    size_t length;
} characters[] = {
    {"a", 1},
    {"\x7F", 1},
    {"\x80", 0},
    {"\xBF", 0},
    {"\xC0\x80", 0},
    {"\xC1\xBF", 0},
    {"\xC2\x80", 2},
    {"\xC2\x7F", 0},
    {"\xC2", 0},
    {"\xDF\xBF", 2},
    {"\xE0\x9F\xBF", 0},
    {"\xE0\xA0\x80", 3},
    {"\xE0\xA0", 0},
    {"\xED\x9F\xBF", 3},
    {"\xED\xA0\x80", 0},
    {"\xEE\x80\x80", 3},
    {"\xEF\xBF\xBF", 3},
    {"\xEF\xBF\xC0", 0},
    {"\xF0\x8F\xBF\xBF", 0},
    {"\xF0\x90\x80\x80", 4},
    {"\xF4\x8F\xBF\xBF", 4},
    {"\xF4\x90\x80\x80", 0},
    {"\xF5\x80\x80\x80", 0},
    {"\xFF", 0},
};

START_TEST(test_character)
{
    ck_assert_uint_eq(text_character(characters[_i].string), characters[_i].length);
}
END_TEST

START_TEST(test_folded)
{
    ck_assert(text_same_folded("", ""));
    ck_assert(text_same_folded("PCI dss", "pci DSS"));
    ck_assert(!text_same_folded("a", "ab"));
    ck_assert(!text_same_folded("ab", "a"));
    ck_assert(!text_same_folded("[", "{"));
    ck_assert(!text_same_folded("\xC3\x89", "\xC3\xA9"));
}
END_TEST

/* The examples of FIPS 180-4. */
static const char *const digests[][2] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(test_digest)
{
    HARNESS_ROW("%s", digests[_i][0]);
    char hex[DIGEST_HEX];
    struct digest *digest = digest_new();

    for (const char *byte = digests[_i][0]; *byte != '\0'; byte++)
        digest_add(digest, byte, 1);
    digest_finish(digest, hex);
    ck_assert_str_eq(hex, digests[_i][1]);
    digest = digest_new();
    for (int again = 0; again < 2; again++) {
        digest_add(digest, digests[_i][0], strlen(digests[_i][0]));
        digest_take(digest, hex);
        ck_assert_str_eq(hex, digests[_i][1]);
    }
    digest_free(digest);
    digest_free(NULL);
}
END_TEST

START_TEST(test_catalogue)
{
    struct diag diag = {(enum diag_id)_i, "f", 0, 0, "DETAIL"};
    struct text with = TEXT_EMPTY, without = TEXT_EMPTY;
    const char *name = diag_name(diag.id);

    ck_assert_uint_eq(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(name));
    for (int i = 0; i < _i; i++)
        ck_assert_str_ne(diag_name((enum diag_id)i), name);
    diag_add_message(&diag, &with);
    diag.detail = NULL;
    diag_add_message(&diag, &without);
    ck_assert_ptr_null(strstr(text_string(&without), "DETAIL"));
    ck_assert_ptr_null(strstr(text_string(&without), "()"));
    ck_assert_ptr_null(strchr(text_string(&with), '%'));
    ck_assert_ptr_null(strchr(text_string(&without), '%'));
    ck_assert_ptr_nonnull(strstr(text_string(&without), "; "));
    text_free(&with);
    text_free(&without);
}
END_TEST

static const struct {
    struct diag diag;
    const char *begins;
} lines[] = {
    {{DIAG_DUPLICATE_NAME, "a b.json", 3, 14, "\"x\""},
     "certaudit: a b.json:3:14: duplicate key (\"x\"), "},
    {{DIAG_LINK, "d/l.json", 0, 0, NULL}, "certaudit: d/l.json: symbolic links "},
    {{DIAG_BARE_VALUE, "f", 1, 1, "\"ISSUED\""}, "certaudit: f:1:1: \"ISSUED\" is a bare value"},
    {{DIAG_JSON_SYNTAX, "f\n", 1, 2, "%s%n\x1B\xFF"},
     "certaudit: f\\x0A:1:2: not valid JSON (%s%n\\x1B\\xFF); "},
    {{DIAG_JSON_SYNTAX, "f", 1, 2, ""}, "certaudit: f:1:2: not valid JSON; "},
};

START_TEST(test_line)
{
    struct text text = TEXT_EMPTY;

    diag_add_line(&lines[_i].diag, &text);
    ck_assert_int_eq(strncmp(text_string(&text), lines[_i].begins, strlen(lines[_i].begins)), 0);
    ck_assert_ptr_eq(strchr(text.bytes, '\n'), text.bytes + text.length - 1);
    text_free(&text);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *base_suite(void)
{
    Suite *suite = suite_create("base");
    TCase *memory = tcase_create("memory");
    TCase *text = tcase_create("text"), *diag = tcase_create("diag");

    tcase_add_test(memory, test_memory);
    tcase_add_test(memory, test_pool);
    tcase_add_test(memory, test_memory_overflow);
#if defined __SANITIZE_ADDRESS__
    tcase_add_test(memory, test_pool_misuse);
#endif
    tcase_add_loop_test(memory, test_digest, 0, COUNT(digests));
    suite_add_tcase(suite, memory);
    tcase_add_test(text, test_text);
    tcase_add_test(text, test_count);
    tcase_add_test(text, test_room);
    tcase_add_test(text, test_plain);
    tcase_add_loop_test(text, test_string, 0, COUNT(strings));
    tcase_add_loop_test(text, test_character, 0, COUNT(characters));
    tcase_add_test(text, test_folded);
    suite_add_tcase(suite, text);
    suite_add_tcase(suite, base_file_case());
    tcase_add_loop_test(diag, test_catalogue, 0, DIAG_COUNT);
    tcase_add_loop_test(diag, test_line, 0, COUNT(lines));
    suite_add_tcase(suite, diag);
    return suite;
}
