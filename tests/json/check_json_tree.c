/* check_json_tree.c: the tree is the one of cJSON's own parser, and is printed as it was read. */
#include "base/file.h"
#include "base/pool.h"
#include "base/text.h"
#include "support/temporary.h"
#include "json/check_json.h"
#include "json/check_json_conformance.h"
#include "json/json.h"
#include "json/json_tree.h"
#include <string.h>

/* cJSON 1.7.15 refuses longer numbers. */
enum { CJSON_NUMBER_MAX = 63 };

static bool same_string(const char *left, const char *right)
{
    return left == NULL || right == NULL ? left == right : strcmp(left, right) == 0;
}

static bool same_value(const cJSON *ours, const cJSON *theirs)
{
    if (ours->type != theirs->type || !same_string(ours->string, theirs->string))
        return false;
    if (cJSON_IsNumber(ours))
        return memcmp(&ours->valuedouble, &theirs->valuedouble, sizeof(double)) == 0 &&
               ours->valueint == theirs->valueint;
    return same_string(ours->valuestring, theirs->valuestring);
}

/* With all links between the nodes. */
static bool same_tree(const cJSON *ours, const cJSON *theirs)
{
    const cJSON *left = ours->child, *right = theirs->child;

    if (!same_value(ours, theirs))
        return false;
    for (; left != NULL && right != NULL; left = left->next, right = right->next)
        if (!same_tree(left, right) || (left->next != NULL && left->next->prev != left) ||
            (left->next == NULL && ours->child->prev != left))
            return false;
    return left == right;
}

/* The text as a member of a document, so that an array is not split up. */
static void check_text(const char *name, const char *bytes, size_t count)
{
    struct text text = TEXT_EMPTY;
    struct json *json = json_new();
    struct pool *pool = pool_new();
    struct json_document document;
    struct file *file;
    cJSON *theirs;

    text_add(&text, "{\"member\":");
    text_add_bytes(&text, bytes, count);
    text_add(&text, ",\"last\":[]}");
    temporary_write(text.bytes, text.length);
    file = file_open(temporary_path, false);
    ck_assert_ptr_nonnull(file);
    json_start(json, file);
    ck_assert_msg(json_next(json, &document) == JSON_DOCUMENT, "%s: refused", name);
    theirs = cJSON_ParseWithLength(text.bytes, text.length);
    if (theirs != NULL)
        ck_assert_msg(same_tree(json_tree_read(&document, pool), theirs), "%s: different trees",
                      name);
    else
        ck_assert_msg(count > CJSON_NUMBER_MAX, "%s: cJSON refuses it", name);
    cJSON_Delete(theirs);
    json_free(json);
    file_close(file);
    pool_free(pool);
    text_free(&text);
}

START_TEST(test_trees)
{
    size_t checked = 0;

    for (size_t i = 0; i < conformance_value_count; i++) {
        const struct conformance *one = &conformance_values[i];

        if (one->problem == DIAG_COUNT && one->place == ANYWHERE) {
            check_text(one->name, one->bytes, one->count);
            checked++;
        }
    }
    ck_assert_uint_gt(checked, 100);
}
END_TEST

/* Every code unit that is a character, escaped, and the first and last pairs of every half. */
START_TEST(test_escapes)
{
    struct text text = TEXT_EMPTY;

    for (unsigned int unit = 1; unit <= 0xFFFF; unit++) {
        text_add(&text, text.length == 0 ? "[\"" : "");
        if (unit < 0xD800 || unit > 0xDFFF)
            text_addf(&text, unit % 2 == 0 ? "\\u%04x" : "\\u%04X", unit);
        else if (unit < 0xDC00)
            text_addf(&text, "\\u%04x\\uDC00\\u%04x\\uDFFF", unit, unit);
        if (unit % 1000 == 0 || unit == 0xFFFF) {
            text_add(&text, "\"]");
            check_text("escapes", text.bytes, text.length);
            text_clear(&text);
        }
    }
    text_free(&text);
}
END_TEST

/* Compact JSON that is printed as it is read: numbers by their text. */
static const char *const printed[] = {
    "{}",
    "[]",
    "[[],{}]",
    "{\"\":null,\"a\":[true,false,null,{\"b\":[]}]}",
    "[0,-0,-0.0,1E5,1e+5,1.50,1e400,123456789012345678901234567890]",
    "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u000b\\u001f\x7F\xC3\xA9\"",
    "{\"\\u0001\\\"\":\"\"}",
};

START_TEST(test_print)
{
    struct text text = TEXT_EMPTY, found = TEXT_EMPTY;
    struct pool *pool = pool_new();
    struct json *json = json_new();
    struct json_document document;
    text_addf(&text, "{\"a\":%s}", printed[_i]);
    temporary_write(text.bytes, text.length);
    struct file *file = file_open(temporary_path, false);
    json_start(json, file);
    ck_assert_int_eq(json_next(json, &document), JSON_DOCUMENT);
    json_tree_print(json_tree_read(&document, pool), &found);
    ck_assert_str_eq(text_string(&found), text_string(&text));
    json_free(json);
    file_close(file);
    pool_free(pool);
    text_free(&text);
    text_free(&found);
}
END_TEST

TCase *json_tree_cases(void)
{
    TCase *tree = tcase_create("tree");

    tcase_add_unchecked_fixture(tree, temporary_make, temporary_remove);
    tcase_add_test(tree, test_trees);
    tcase_add_test(tree, test_escapes);
    tcase_add_loop_test(tree, test_print, 0, (int)(sizeof printed / sizeof *printed));
    return tree;
}
