/* check_json_token.c: the loops of json_token.h find the same byte as plain loops would. */
#include "json/check_json.h"
#include "json/json_token.h"
#include "json/json_window.h"
#include <string.h>

enum { BYTES = 256, LENGTH = 48 };

/* LENGTH times the same byte, with another one at the index, and NULs at the end. */
static void fill(unsigned char *bytes, unsigned char with, size_t index, unsigned char one)
{
    memset(bytes, 0, LENGTH + WINDOW_SLACK);
    memset(bytes, with, LENGTH);
    bytes[index] = one;
}

/* Each byte at each index, looked for from each start before it. */
START_TEST(test_loops)
{
    unsigned char one = (unsigned char)_i;
    bool plain = one >= 0x20 && one < 0x80 && one != '"' && one != '\\';
    bool space = one != 0 && strchr(" \t\r\n", one) != NULL;
    unsigned char string[LENGTH + WINDOW_SLACK], blanks[LENGTH + WINDOW_SLACK];

    for (size_t index = 0; index < LENGTH; index++) {
        fill(string, 'x', index, one);
        fill(blanks, ' ', index, one);
        for (size_t start = 0; start <= index; start++) {
            ck_assert_ptr_eq(json_token_special(string + start), string + (plain ? LENGTH : index));
            ck_assert_ptr_eq(json_token_after_space(blanks + start),
                             blanks + (space ? LENGTH : index));
        }
    }
}
END_TEST

TCase *json_token_cases(void)
{
    TCase *token = tcase_create("token");

    tcase_add_loop_test(token, test_loops, 0, BYTES);
    return token;
}
