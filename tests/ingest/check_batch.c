/* check_batch.c: a batch gives back the documents that were added. */
#include "base/file.h"
#include "ingest/batch.h"
#include "support/temporary.h"
#include "json/check_json.h"
#include "json/json_window.h"
#include <string.h>

static const struct {
    const char *text; /* NULL: an empty top-level array */
    size_t number, line, column;
} documents[] = {
    {"{\"first\":  [\"a\"]}", 1, 1, 1}, {NULL, 0, 2, 3}, {"{\n \"b\": -1.50 }", 2, 3, 2},
    {"\"\xC3\xA9\"", 3, 4, 15},         {"7", 4, 4, 19}, {NULL, 0, 4, 21},
};
enum { COUNT = sizeof documents / sizeof *documents };

static const char file_text[] =
    "{\"first\":  [\"a\"]}\n  [ ]\n[{\n \"b\": -1.50 },\"\xC3\xA9\",7][]";

static void fill(struct batch *batch)
{
    struct json *json = json_new();
    struct file *file;
    struct json_document document;
    enum json_event event;

    temporary_write(file_text, strlen(file_text));
    file = file_open(temporary_path, false);
    ck_assert_ptr_nonnull(file);
    json_start(json, file);
    while ((event = json_next(json, &document)) == JSON_DOCUMENT || event == JSON_EMPTY)
        batch_add(batch, &document);
    ck_assert_int_eq(event, JSON_END);
    json_free(json);
    file_close(file);
}

static void check_documents(const struct batch *batch)
{
    static const unsigned char nuls[WINDOW_SLACK];

    ck_assert_uint_eq(batch->count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const struct json_document document = batch_document(batch, i);

        ck_assert_uint_eq(document.number, documents[i].number);
        ck_assert_uint_eq(document.line, documents[i].line);
        ck_assert_uint_eq(document.column, documents[i].column);
        if (documents[i].text == NULL) {
            ck_assert_ptr_null(document.text);
            continue;
        }
        ck_assert_uint_eq(document.length, strlen(documents[i].text));
        ck_assert_mem_eq(document.text, documents[i].text, document.length);
        ck_assert_mem_eq(document.text + document.length, nuls, WINDOW_SLACK);
    }
}

START_TEST(test_batch)
{
    struct batch batch = {0};

    fill(&batch);
    check_documents(&batch);
    batch_clear(&batch);
    ck_assert_uint_eq(batch.count, 0);
    fill(&batch);
    check_documents(&batch);
    batch_free(&batch);
}
END_TEST

TCase *json_batch_cases(void)
{
    TCase *tcase = tcase_create("batch");

    tcase_add_unchecked_fixture(tcase, temporary_make, temporary_remove);
    tcase_add_test(tcase, test_batch);
    return tcase;
}
