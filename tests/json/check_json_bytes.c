/* check_json_bytes.c: what takes 16 bytes at a time gives what plain C gives. */
#include "json/check_json.h"
#include "json/json_bytes.h"
#include "json/json_window.h"
#include <stdlib.h>

enum { LONGEST = 600, BYTES = 256, BEFORE = 37 };

/* Bytes of that kind only, but for one at the index. */
static unsigned char *filled(unsigned char with, size_t index, unsigned char one)
{
    unsigned char *bytes = calloc(1, LONGEST + WINDOW_SLACK);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, with, LONGEST);
    bytes[index] = one;
    return bytes;
}

/* Each byte behind so many others, at every place of a block. */
START_TEST(test_text_and_space)
{
    unsigned char one = (unsigned char)_i;
    for (size_t before = 0; before <= BEFORE; before++) {
        unsigned char *text = filled('x', before, one), *space = filled(' ', before, one);
        for (size_t start = 0; start <= before; start++) {
            ck_assert_ptr_eq(json_bytes_text(text + start), json_bytes_text_plain(text + start));
            ck_assert_ptr_eq(json_bytes_space(space + start),
                             json_bytes_space_plain(space + start));
        }
        bool plain = one >= 0x20 && one < 0x80 && one != '"' && one != '\\';
        size_t text_end = (size_t)(json_bytes_text(text) - text);
        size_t space_end = (size_t)(json_bytes_space(space) - space);
        ck_assert_uint_eq(text_end, plain ? LONGEST : before);
        ck_assert_uint_eq(space_end, one != 0 && strchr(" \t\r\n", one) != NULL ? LONGEST : before);
        free(text);
        free(space);
    }
}
END_TEST

/* Line feeds in every so many bytes, from every start. */
START_TEST(test_lines)
{
    size_t every = (size_t)_i + 1;
    unsigned char *bytes = filled('x', 0, 'x');
    for (size_t i = 0; i < LONGEST; i += every)
        bytes[i] = '\n';
    for (size_t start = 0; start < 2 * WINDOW_SLACK; start++)
        for (size_t end = start; end <= LONGEST; end += 7) {
            const unsigned char *last, *plain;
            size_t lines = json_bytes_lines(bytes + start, bytes + end, &last);
            ck_assert_uint_eq(lines, json_bytes_lines_plain(bytes + start, bytes + end, &plain));
            ck_assert_ptr_eq(last, plain);
        }
    free(bytes);
}
END_TEST

/* More line feeds than a counter of eight bits holds. */
START_TEST(test_many_lines)
{
    enum { MANY = 100003 };
    unsigned char *bytes = malloc(MANY + WINDOW_SLACK);
    const unsigned char *last;
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, '\n', MANY + WINDOW_SLACK);
    ck_assert_uint_eq(json_bytes_lines(bytes, bytes + MANY, &last), MANY);
    ck_assert_ptr_eq(last, bytes + MANY);
    free(bytes);
}
END_TEST

TCase *json_bytes_cases(void)
{
    TCase *bytes = tcase_create("bytes");
    tcase_add_loop_test(bytes, test_text_and_space, 0, BYTES);
    tcase_add_loop_test(bytes, test_lines, 0, 40);
    tcase_add_test(bytes, test_many_lines);
    return bytes;
}
