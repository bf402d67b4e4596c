/*
 * diag.c: see diag.h. The texts are for the person who collects evidence: what is wrong, and what
 * to do next.
 */
#include "evidence/diag.h"
#include "base/text.h"
#include <assert.h>
#include <string.h>

struct entry {
    const char *name;
    const char *text; /* `%s`, at most once, is the detail */
};

#define AS_WRITTEN "run the command again and keep its output as it was written"

static const struct entry catalogue[DIAG_COUNT] = {
    [DIAG_EMPTY_FILE] = {"empty-file", "the file is empty: the command that should have written "
                                       "it failed; run it again and look at its error message"},
    [DIAG_NOT_JSON] = {"not-json", "this is not JSON (%s): run the command again with --output "
                                   "json"},
    [DIAG_JSON_ENDS_EARLY] = {"json-ends-early", "the file ends before its JSON does (%s): the "
                                                 "export was cut off; run the command again"},
    [DIAG_JSON_SYNTAX] = {"json-syntax", "not valid JSON (%s): " AS_WRITTEN},
    [DIAG_BAD_NUMBER] = {"bad-number", "not a number as JSON writes it (%s): " AS_WRITTEN},
    [DIAG_BAD_ESCAPE] = {"bad-escape",
                         "a backslash in a text that begins no JSON escape (%s): " AS_WRITTEN},
    [DIAG_CONTROL_CHARACTER] = {"control-character",
                                "a raw control character in a text (%s): " AS_WRITTEN},
    [DIAG_BAD_UTF8] = {"bad-utf8", "not valid UTF-8 (%s): save the file as UTF-8, or run the "
                                   "command again"},
    [DIAG_NUL] = {"nul", "a NUL character, which no AWS text holds (%s): " AS_WRITTEN},
    [DIAG_LONE_SURROGATE] = {"lone-surrogate", "half of a surrogate pair, which is no character "
                                               "(%s): " AS_WRITTEN},
    [DIAG_UTF16_ODD] = {"utf16-odd", "the UTF-16 text ends in the middle of a character: the "
                                     "export was cut off, or another encoding was added to it; "
                                     "run the command again"},
    [DIAG_DUPLICATE_NAME] = {"duplicate-name", "the object has two members of one name (%s), and "
                                               "which one counts cannot be told: " AS_WRITTEN},
    [DIAG_TOO_DEEP] = {"too-deep",
                       "nested deeper than 1000 levels, as no AWS output is: " AS_WRITTEN},
    [DIAG_TOO_LARGE] = {"too-large", "the document is larger than 256 MiB: export in parts, one "
                                     "file for each account and region"},
    [DIAG_BARE_VALUE] = {"bare-value", "%s is not a certificate record but a bare value, as "
                                       "--query leaves it: export again without --query"},
    [DIAG_NULL_DOCUMENT] = {"null-document", "null holds no certificate, and which command wrote "
                                             "it cannot be told: export again without --query"},
    [DIAG_EMPTY_ARRAY] = {"empty-array", "an empty array holds no certificate, and which command "
                                         "wrote it cannot be told: export again without --query"},
    [DIAG_NESTED_ARRAY] = {"nested-array", "an array inside the array of documents is not read: "
                                           "give each command's output as it was written"},
    [DIAG_TWO_KINDS] = {"two-kinds", "the object holds the members of two kinds of output (%s): "
                                     "give each command's output as it was written"},
    [DIAG_EMPTY_CERTIFICATE] = {"empty-certificate", "the certificate record has no members (%s): "
                                                     "run the command again"},
    [DIAG_NOT_A_LIST] = {"not-a-list", "the member that should hold the list of certificates holds "
                                       "something else (%s): " AS_WRITTEN},
    [DIAG_NOT_AN_OBJECT] = {"not-an-object", "the member that should hold the certificate's record "
                                             "holds something else (%s): " AS_WRITTEN},
    [DIAG_ELEMENT_NOT_OBJECT] = {"element-not-object", "an element of the list is no certificate "
                                                       "record (%s): export again without --query"},
    [DIAG_NO_CONTENT] = {"no-content", "the object has the shape of an output that is read, but %s "
                                       "holds nothing that can be used: run the command again"},
    [DIAG_TRUNCATED_LIST] = {"truncated-list", "the list says that more certificates follow (%s): "
                                               "run the command again without --max-items and "
                                               "--no-paginate"},
    [DIAG_UNRELATED] = {"unrelated", "not an output that certaudit reads (%s): see certaudit(1) "
                                     "for the commands whose outputs it reads"},
    [DIAG_ARCHIVE] = {"archive",
                      "archives and mails are not read: unpack it, and give what it held"},
    [DIAG_LINK] = {"link", "a symbolic link inside a folder is not followed: give what it points "
                           "to on the command line"},
    [DIAG_NOT_REGULAR] = {"not-regular", "not a regular file: copy its content into one"},
    [DIAG_CANNOT_OPEN] = {"cannot-open", "cannot be opened (%s): make it readable for you, or ask "
                                         "for it again"},
    [DIAG_CANNOT_READ] = {"cannot-read", "cannot be read to its end (%s): copy it from its source "
                                         "again"},
    [DIAG_CHANGED] = {"changed",
                      "the file changed while it was read: run again when nothing writes "
                      "to it any more"},
};

static const struct entry *entry_of(enum diag_id id)
{
    assert(id < DIAG_COUNT);
    return &catalogue[id];
}

const char *diag_name(enum diag_id id)
{
    return entry_of(id)->name;
}

void diag_add_message(const struct diag *diag, struct text *text)
{
    const char *pattern = entry_of(diag->id)->text;
    const char *detail = diag->detail == NULL ? "" : diag->detail;
    const char *gap = strstr(pattern, "%s");
    const char *rest;

    if (gap == NULL) {
        text_add(text, pattern);
        return;
    }
    rest = gap + strlen("%s");
    if (*detail != '\0') {
        text_add_bytes(text, pattern, (size_t)(gap - pattern));
        text_add_visible(text, detail);
    } else if (*rest == ')') {
        /* Nothing to say in the brackets: leave ` (` and `)` out. */
        text_add_bytes(text, pattern, (size_t)(gap - pattern) - strlen(" ("));
        rest++;
    } else {
        text_add(text, "this");
    }
    text_add(text, rest);
}

void diag_add_line(const struct diag *diag, struct text *text)
{
    text_add(text, "certaudit: ");
    text_add_visible(text, diag->file);
    if (diag->line > 0)
        text_addf(text, ":%zu:%zu", diag->line, diag->column);
    text_add(text, ": ");
    diag_add_message(diag, text);
    text_add(text, "\n");
}
