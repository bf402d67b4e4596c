/* check_batch.c: what a batch leaves out of a checked document, to the byte. */
#include "base/file.h"
#include "ingest/batch.h"
#include "support/temporary.h"
#include "json/check_json.h"
#include "json/json_scan.h"
#include <string.h>

static const struct json_unread unread = {"Certificate", {"Options", "Key", "ExtendedKeyUsages"}};

#define SPACE "        "

/* A document and what is kept of it; NULL: all. */
static const struct {
    const char *document, *kept;
} cuts[] = {
    /* White space: eight bytes and more, between tokens alone. */
    {"{\"a\":\n       [true," SPACE "false\n\t ]}", "{\"a\":[true,false\n\t ]}"},
    {"{\"a\": \"" SPACE SPACE "\"," SPACE "\"b\"" SPACE ":" SPACE "null" SPACE "}",
     "{\"a\": \"" SPACE SPACE "\",\"b\":null}"},
    {"[" SPACE "{" SPACE "}" SPACE "]", "[{}]"},
    /* Members that nobody looks at, wherever they stand but first. */
    {"{\"Certificate\":{\"a\":[],\"Options\":{\"x\":[\"}\"]},\"b\":{}}}",
     "{\"Certificate\":{\"a\":[],\"b\":{}}}"},
    {"{\"Certificate\":{\"a\":[],\"Options\":\"x\",\"Key\":null,\"ExtendedKeyUsages\":[[]]}}",
     "{\"Certificate\":{\"a\":[]}}"},
    {"{\"Certificate\":{\"Options\":{},\"Key\":{},\"b\":{}},\"c\":true}",
     "{\"Certificate\":{\"Options\":{},\"b\":{}},\"c\":true}"},
    {"{\"a\":{},\"Certificate\":{\"Options\":{},\"b\":{}}}", NULL},
    {"{\"a\":{}," SPACE "\"Certificate\" : {\"a\":[]\n," SPACE "\"Key\":" SPACE "[" SPACE
     "[]]" SPACE "," SPACE "\"b\":{}}}",
     "{\"a\":{},\"Certificate\" : {\"a\":[]\n,\"b\":{}}}"},
    {"{\"Certificate\":{\"a\":[],\"Key\":{\"Key\":[],\"a\":[]}},\"Options\":{},\"Key\":{}}",
     "{\"Certificate\":{\"a\":[]},\"Options\":{},\"Key\":{}}"},
    /* Not there: another place, or another name. */
    {"{\"Certificate\":{\"a\":{\"b\":[],\"Options\":{}}}}", NULL},
    {"{\"certificate\":{\"a\":[],\"Options\":{}}}", NULL},
    {"{\"a\":{\"b\":[],\"Options\":{}},\"Certificate\":[]}", NULL},
    {"{\"Certificate\":{\"a\":[],\"Option\":{},\"Keys\":[],\"ExtendedKeyUsage\":[],\"\":[]}}",
     NULL},
    {"{\"Certificate\":[{\"a\":[],\"Options\":{}}]}", NULL},
    {"[{\"Certificate\":[],\"Options\":{}},{\"a\":[],\"Options\":{}}]", NULL},
    /* Where numbers or names have to be found in the text again. */
    {"{\"Certificate\":{\"a\":1," SPACE "\"Options\":{}}}", NULL},
    {"{\"Certificate\":{\"a\":[],\"Options\":{\"x\":1}}}", NULL},
    {"{\"Certificate\":{\"a\":[],\"a\":[]," SPACE "\"Options\":{}}}", NULL},
    {"{\"Certificate\":{\"a\":[],\"Options\":{}," SPACE "\"Options\":[]}}", NULL},
    {"{\"Certificate\":{\"a\":[],\"Options\":{\"x\":[],\"x\":[]}}}", NULL},
    {"{\"Certificate\":{\"a\":[],\"Options\":{\"\\u0078\":[]}}," SPACE "\"b\":[]}", NULL},
    {"{\"Certificate\":{\"a\":[],\"\xC3\xA9\":[]," SPACE "\"Options\":{}}}", NULL},
};

START_TEST(test_cuts)
{
    const char *whole = cuts[_i].document;
    const char *kept = cuts[_i].kept != NULL ? cuts[_i].kept : whole;
    struct batch batch = {0};
    struct json *json = json_new(&unread);
    struct json_document document;
    struct text text = TEXT_EMPTY;

    /* Between two others, none of which has a part in it. */
    text_addf(&text, "{\"first\":[]}%s%s\n{\"last\":[]}", SPACE, whole);
    if (*whole == '[') { /* an array at the top would be several documents */
        text_clear(&text);
        text_addf(&text, "[{\"first\":[]},%s%s,{\"last\":[]}]", SPACE, whole);
    }
    temporary_write(text.bytes, text.length);
    struct file *file = file_open(temporary_path, false);
    ck_assert_ptr_nonnull(file);
    json_start(json, file);
    while (json_next(json, &document) == JSON_DOCUMENT)
        batch_add(&batch, &document);
    ck_assert_uint_eq(batch.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const char *expected = i == 1 ? kept : i == 0 ? "{\"first\":[]}" : "{\"last\":[]}";
        document = batch_document(&batch, i);
        ck_assert_uint_eq(document.length, strlen(expected));
        ck_assert_str_eq((const char *)document.text, expected); /* NULs stand behind it */
        ck_assert_uint_eq(document.number, i + 1);
    }
    json_free(json);
    file_close(file);
    batch_free(&batch);
    text_free(&text);
}
END_TEST

TCase *json_batch_cases(void)
{
    TCase *tcase = tcase_create("batch");
    tcase_add_unchecked_fixture(tcase, temporary_make, temporary_remove);
    tcase_add_loop_test(tcase, test_cuts, 0, (int)(sizeof cuts / sizeof *cuts));
    return tcase;
}
