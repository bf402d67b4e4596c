/* check_controls.c: the control table: its rows, the selection of frameworks, and the control ids
 * of a finding. */
#include "rules/check_controls.h"
#include "csv/read_controls.h"
#include "rules/controls.h"
#include "rules/controls_data.h"
#include "support/harness.h"
#include <stdlib.h>
#include <string.h>

Suite *controls_suite(void);

#define HEADER "rule,framework,version,control,title,relation,conditions,rationale,origin\n"
#define ROW "IAM-033,F,v1,1.1,title,direct,,why,mine\n"

static struct controls *built_in(void)
{
    struct controls *controls = pool_alloc(facts_pool(), sizeof *controls);
    struct text error = TEXT_EMPTY;
    ck_assert_msg(read_controls_built_in(controls, facts_pool(), &error), "%s",
                  text_string(&error));
    harness_keep(controls->rows);
    harness_keep(controls->columns);
    return controls;
}

/* Writes the text to a file and reads that. */
static bool read_text(struct controls *controls, const char *name, const char *text,
                      struct text *error)
{
    harness_write(name, text);
    bool fine = read_controls_file(controls, name, facts_pool(), error);
    if (controls->rows != NULL) {
        harness_keep(controls->rows);
        harness_keep(controls->columns);
    }
    return fine;
}

static const struct {
    const char *lines;
    size_t line;
    const char *says; /* NULL if the table is valid */
} tables[] = {
    {ROW, 0, NULL},
    {ROW "acm-005,F,v1,1,t,supporting,renewal-pending;renewal-failed,w,o\n", 0, NULL},
    {"IAM-033,F,v1,1.1,title,direct,uploaded-before-cutoff,why,mine", 0, NULL},
    {"", 1, ""},
    {ROW "IAM-034,F,v1,1,t,direct,,w,o\n", 3, "rule: \"IAM-034\" is unknown"},
    {ROW "\n\n ACM,F,v1,1,t,direct,,w,o\n", 5, "ACM"},
    {ROW "IAM-033,F,v1,\"a\nb\",t,direct,,w,o\nX,F,v1,1,t,direct,,w,o\n", 5, "X"},
    /* duplicate controls of a rule */
    {ROW "IAM-033,F,v1,1.1,other,supporting,uploaded-before-cutoff,w,o\n", 3,
     "control 1.1: duplicate"},
    {ROW "IAM-033,F,v1,1.2,t,direct,,w,o\nIAM-033,F,v1,1.1,t,direct,,w,o\n", 4, "1.1"},
    {ROW "ACM-005,F,v1,1.1,title,direct,,why,mine\n", 0, NULL},
    {ROW "IAM-033,F,v2,1.1,title,direct,,why,mine\n", 0, NULL},
    {ROW "IAM-033,f,v1,1.1,title,direct,,why,mine\n", 0, NULL},
    /* a column title belongs to one framework and version */
    {"IAM-033,A B,C,1,t,direct,,w,o\nIAM-033,A,B C,1,t,direct,,w,o\n", 3, "same column title"},
    {"IAM-033,A B,C,1,t,direct,,w,o\nIAM-033,A B,C,2,t,direct,,w,o\n", 0, NULL},
    {"IAM-033,F,v1,1,t,related,,w,o\n", 2, "relation must be direct or supporting, not related"},
    {"IAM-033,F,v1,1,t,Direct,,w,o\n", 2, "Direct"},
    {"IAM-033,F,v1,1,t,direct,ended,w,o\n", 2, "conditions: IAM-033 has no condition \"ended\""},
    {"ACM-005,F,v1,1,t,direct,renewal-pending;nothing,w,o\n", 2, "\"nothing\""},
    {"ACM-005,F,v1,1,t,direct,renewal-pending;;ended,w,o\n", 2, "condition"},
    {"ACM-005,F,v1,1,t,direct,Ended,w,o\n", 2, "Ended"},
    {",F,v1,1,t,direct,,w,o\n", 2, "rule is empty"},
    {"IAM-033,,v1,1,t,direct,,w,o\n", 2, "framework"},
    {"IAM-033,F,,1,t,direct,,w,o\n", 2, "version"},
    {"IAM-033,F,v1,,t,direct,,w,o\n", 2, "control"},
    {"IAM-033,F,v1,1,,direct,,w,o\n", 2, "title"},
    {"IAM-033,F,v1,1,t,,,w,o\n", 2, "relation"},
    {"IAM-033,F,v1,1,t,direct,,,o\n", 2, "rationale"},
    {"IAM-033,F,v1,1,t,direct,,w,\n", 2, "origin"},
    {ROW "IAM-033,F,v1,1,t,direct,,w\n", 3, "expected 9 fields, found 8"},
    {ROW "IAM-033,F,v1,1,t,direct,,w,o,x\n", 3, "expected 9 fields, found 10"},
    {ROW "\x1B[31m,F,v1,1,t,direct,,w,o\n", 3, "\\x1B[31m"},
};

START_TEST(test_table)
{
    HARNESS_ROW("%s", tables[_i].lines);
    struct controls controls = {0};
    struct text error = TEXT_EMPTY;
    const char *name = harness_format("%s/controls.csv", harness_folder());
    bool fine = read_text(&controls, name, harness_format(HEADER "%s", tables[_i].lines), &error);
    ck_assert_msg(fine == (tables[_i].says == NULL), "%s", text_string(&error));
    if (!fine) {
        const char *place = harness_format("%s:%zu: ", name, tables[_i].line);
        ck_assert_msg(strncmp(text_string(&error), place, strlen(place)) == 0, "%s",
                      text_string(&error));
        facts_holds(text_string(&error) + strlen(name), tables[_i].says);
    } else {
        ck_assert_uint_ge(controls.count, 1);
        ck_assert_ptr_eq(controls.rows[0].rule, &rule_iam_033);
    }
    text_free(&error);
}
END_TEST

START_TEST(test_no_file)
{
    struct controls controls = {0};
    struct text error = TEXT_EMPTY;
    const char *folder = harness_folder();
    const char *none = harness_format("%s/none.csv", folder);
    ck_assert(!read_controls_file(&controls, none, facts_pool(), &error));
    facts_holds(text_string(&error), none);
    text_clear(&error);
    ck_assert(!read_controls_file(&controls, folder, facts_pool(), &error));
    facts_holds(text_string(&error), folder);
    text_free(&error);
}
END_TEST

/* The built-in table equals the file in the checkout, and each row applies to some condition. */
START_TEST(test_built_in)
{
    size_t length, rows = 0;
    struct controls *controls = built_in();
    const char *bytes = harness_read("src/rules/controls.csv", &length);
    ck_assert_uint_eq(length, controls_data_size);
    ck_assert_int_eq(memcmp(bytes, controls_data, length), 0);
    for (const char *at = bytes; (at = strstr(at, "\nIAM-033,")) != NULL; at++)
        rows++;
    for (const char *at = bytes; (at = strstr(at, "\nACM-005,")) != NULL; at++)
        rows++;
    ck_assert_uint_eq(controls->count, rows);
    ck_assert_uint_gt(rows, 30);
    for (size_t i = 0; i < controls->count; i++) {
        const struct control *row = &controls->rows[i];
        ck_assert_uint_lt(row->column, controls->column_count);
        ck_assert_str_eq(controls->columns[row->column].framework, row->framework);
        ck_assert_str_eq(controls->columns[row->column].version, row->version);
        size_t concerned = 0;
        for (const struct condition *at = row->rule->conditions; at->name != NULL; at++)
            concerned += controls_concern(row, row->rule, at);
        ck_assert_msg(concerned > 0, "%s %s", row->framework, row->control);
    }
    const char *hex =
        harness_tool("sha256sum", (const char *const[]){"src/rules/controls.csv", NULL});
    ck_assert_int_eq(strncmp(hex, controls->sha256, DIGEST_HEX - 1), 0);
}
END_TEST

static const char *const columns[] = {
    "PCI DSS v4.0.1",
    "APRA CPS 234 2019",
    "APRA CPG 234 2019",
    "MAS TRM Guidelines 2021",
    "NIST SP 800-53 Rev. 4",
    "NIST SP 800-53 Rev. 5",
    "AWS Well-Architected Security pillar",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

START_TEST(test_columns)
{
    const struct controls *controls = built_in();
    ck_assert_uint_eq(controls->column_count, COUNT(columns));
    for (size_t i = 0; i < COUNT(columns); i++) {
        ck_assert_str_eq(controls->columns[i].title, columns[i]);
        ck_assert_str_eq(controls->columns[i].status, i == 4 ? "withdrawn" : "");
    }
}
END_TEST

static const struct {
    const char *names[3];
    const char *kept; /* titles; NULL if the last name is unknown */
} selections[] = {
    {{"PCI DSS"}, "PCI DSS v4.0.1"},
    {{"pci dss v4.0.1"}, "PCI DSS v4.0.1"},
    {{"NIST SP 800-53"}, "NIST SP 800-53 Rev. 4; NIST SP 800-53 Rev. 5"},
    {{"nist sp 800-53 rev. 5"}, "NIST SP 800-53 Rev. 5"},
    {{"Mas Trm Guidelines", "APRA CPG 234"}, "APRA CPG 234 2019; MAS TRM Guidelines 2021"},
    {{"PCI DSS", "PCI DSS", "pci dss V4.0.1"}, "PCI DSS v4.0.1"},
    {{"PCI"}, NULL},
    {{"PCI DSS v4"}, NULL},
    {{"PCI DSS", "ISO 27001"}, NULL},
    {{""}, NULL},
};

START_TEST(test_select)
{
    HARNESS_ROW("%s", selections[_i].names[0]);
    struct controls *controls = built_in();
    const char *const *names = selections[_i].names;
    size_t count = 0, before = controls->count, kept = 0;
    while (count < COUNT(selections[_i].names) && names[count] != NULL)
        count++;
    const char *unknown = controls_select(controls, names, count);
    if (selections[_i].kept == NULL) {
        ck_assert_ptr_eq(unknown, names[count - 1]);
        ck_assert_uint_eq(controls->count, before);
        return;
    }
    ck_assert_ptr_null(unknown);
    struct text titles = TEXT_EMPTY;
    for (size_t i = 0; i < controls->column_count; i++)
        text_addf(&titles, "%s%s", i > 0 ? "; " : "", controls->columns[i].title);
    ck_assert_str_eq(text_string(&titles), selections[_i].kept);
    text_free(&titles);
    for (size_t i = 0; i < controls->count; i++)
        ck_assert_str_eq(controls->columns[controls->rows[i].column].framework,
                         controls->rows[i].framework);
    const struct controls *all = built_in();
    for (size_t i = 0; i < all->count; i++)
        kept += strstr(selections[_i].kept, all->columns[all->rows[i].column].title) != NULL;
    ck_assert_uint_eq(controls->count, kept);
}
END_TEST

START_TEST(test_select_none)
{
    struct controls *controls = built_in();
    ck_assert_ptr_null(controls_select(controls, NULL, 0));
    ck_assert_uint_eq(controls->column_count, COUNT(columns));
    ck_assert_uint_eq(controls->count, built_in()->count);
}
END_TEST

/* Control ids in file order. A row with conditions applies only to those. */
static const struct {
    const char *column, *rule, *condition;
    enum result result;
    const char *ids;
} prints[] = {
    {"PCI DSS v4.0.1", "IAM-033", "uploaded-before-cutoff", RESULT_FAIL, "4.2.1; 4.2.1.1; 6.3.1"},
    {"PCI DSS v4.0.1", "IAM-033", "uploaded-before-cutoff", RESULT_WAIVED, "4.2.1; 4.2.1.1; 6.3.1"},
    {"PCI DSS v4.0.1", "IAM-033", "uploaded-after-cutoff", RESULT_PASS, "4.2.1; 4.2.1.1; 6.3.1"},
    {"PCI DSS v4.0.1", "IAM-033", "upload-date-unknown", RESULT_UNKNOWN, "4.2.1; 4.2.1.1; 6.3.1"},
    {"PCI DSS v4.0.1", "ACM-005", "renewal-pending", RESULT_FAIL, "4.2.1; 4.2.1.1"},
    {"PCI DSS v4.0.1", "ACM-005", "renewal-failed", RESULT_FAIL, "4.2.1; 4.2.1.1"},
    {"PCI DSS v4.0.1", "ACM-005", "renewal-failed", RESULT_WAIVED, "4.2.1; 4.2.1.1"},
    {"PCI DSS v4.0.1", "ACM-005", "request-pending", RESULT_FAIL, ""},
    {"PCI DSS v4.0.1", "ACM-005", "request-timed-out", RESULT_FAIL, ""},
    {"PCI DSS v4.0.1", "ACM-005", "nothing-pending", RESULT_PASS, "4.2.1; 4.2.1.1"},
    {"PCI DSS v4.0.1", "ACM-005", "listed-only", RESULT_UNKNOWN, "4.2.1; 4.2.1.1"},
    {"PCI DSS v4.0.1", "ACM-005", "ended", RESULT_NOT_APPLICABLE, ""},
    {"PCI DSS v4.0.1", "ACM-005", "not-validated-by-acm", RESULT_NOT_APPLICABLE, ""},
    {"MAS TRM Guidelines 2021", "ACM-005", "renewal-failed", RESULT_FAIL, "10.2; 8.1"},
    {"MAS TRM Guidelines 2021", "ACM-005", "nothing-pending", RESULT_PASS, "10.2; 8.1"},
    {"NIST SP 800-53 Rev. 5", "IAM-033", "uploaded-before-cutoff", RESULT_FAIL,
     "SC-12; IA-5; IA-9; SC-23; RA-5"},
    {"NIST SP 800-53 Rev. 4", "IAM-033", "uploaded-before-cutoff", RESULT_FAIL,
     "SC-12; IA-5; SC-23; RA-5"},
    {"AWS Well-Architected Security pillar", "ACM-005", "request-failed", RESULT_FAIL,
     "SEC09-BP01"},
};

START_TEST(test_ids)
{
    HARNESS_ROW("%s, %s, %s", prints[_i].column, prints[_i].rule, prints[_i].condition);
    const struct controls *controls = built_in();
    const struct rule *rule = rules_find(prints[_i].rule);
    struct text text = TEXT_EMPTY;
    size_t column = 0;
    while (strcmp(controls->columns[column].title, prints[_i].column) != 0)
        ck_assert_uint_lt(++column, controls->column_count);
    text_add(&text, "before");
    controls_add_ids(controls, column, rule, rules_condition(rule, prints[_i].condition),
                     prints[_i].result, &text);
    ck_assert_str_eq(text_string(&text), harness_format("before%s", prints[_i].ids));
    text_free(&text);
}
END_TEST

Suite *controls_suite(void)
{
    Suite *suite = suite_create("controls");
    TCase *table = tcase_create("table");
    tcase_add_loop_test(table, test_table, 0, (int)COUNT(tables));
    tcase_add_test(table, test_no_file);
    tcase_add_test(table, test_built_in);
    tcase_add_test(table, test_columns);
    tcase_add_loop_test(table, test_select, 0, (int)COUNT(selections));
    tcase_add_test(table, test_select_none);
    tcase_add_loop_test(table, test_ids, 0, (int)COUNT(prints));
    suite_add_tcase(suite, table);
    controls_add_rows(suite);
    return suite;
}
