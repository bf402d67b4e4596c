/* diag.c: see diag.h. Each text says what is wrong, then `; ` and what to do about it. */
#include "evidence/diag.h"
#include "base/text.h"
#include <assert.h>
#include <string.h>

struct entry {
    const char *name;
    const char *text; /* contains `%s`, the detail, at most once */
};

#define UNCHANGED "; run the command again and leave its output unchanged"

static const struct entry catalogue[DIAG_COUNT] = {
    [DIAG_EMPTY_FILE] = {"empty-file", "the file is empty; the command probably failed: run it "
                                       "again and look at its error message"},
    [DIAG_NOT_JSON] = {"not-json", "not JSON (%s); run the command again with --output json"},
    [DIAG_COMMAND_FAILED] = {"command-failed", "an error message, not an output (%s); the command "
                                               "failed: correct the cause and run it again"},
    [DIAG_OTHER_TEXT] = {"other-text", "text that is not part of an output (%s); save the output "
                                       "alone, in a file of its own"},
    [DIAG_JSON_ENDS_EARLY] = {"json-ends-early", "the JSON is cut off (%s); run the command again"},
    [DIAG_JSON_SYNTAX] = {"json-syntax", "not valid JSON (%s)" UNCHANGED},
    [DIAG_BAD_NUMBER] = {"bad-number", "not a valid JSON number (%s)" UNCHANGED},
    [DIAG_BAD_ESCAPE] = {"bad-escape", "invalid escape in a JSON string (%s)" UNCHANGED},
    [DIAG_CONTROL_CHARACTER] = {"control-character",
                                "unescaped control character in a JSON string (%s)" UNCHANGED},
    [DIAG_BAD_UTF8] = {"bad-utf8", "not valid UTF-8 (%s); save the file as UTF-8, or run the "
                                   "command again"},
    [DIAG_NUL] = {"nul", "NUL character, which AWS never writes (%s)" UNCHANGED},
    [DIAG_LONE_SURROGATE] = {"lone-surrogate", "unpaired UTF-16 surrogate (%s)" UNCHANGED},
    [DIAG_UTF16_ODD] = {"utf16-odd",
                        "the UTF-16 text ends in the middle of a character; it was cut off, or "
                        "text in another encoding was appended: run the command again"},
    [DIAG_MIXED_ENCODINGS] = {"mixed-encodings",
                              "the encoding changes in the middle of the file (%s); run the "
                              "commands again, each into a new file"},
    [DIAG_DUPLICATE_NAME] = {"duplicate-name",
                             "duplicate key (%s), so it is unclear which value applies" UNCHANGED},
    [DIAG_TOO_DEEP] = {"too-deep",
                       "nested deeper than 1000 levels, unlike any AWS output" UNCHANGED},
    [DIAG_TOO_LARGE] = {"too-large", "the document is larger than the limit of 256 MiB; export one "
                                     "file per account and region"},
    [DIAG_BARE_VALUE] = {"bare-value", "%s is a bare value, not a certificate record; export again "
                                       "without --query"},
    [DIAG_NULL_DOCUMENT] = {"null-document", "the document is null, so the command that wrote it "
                                             "is unknown; export again without --query"},
    [DIAG_EMPTY_ARRAY] = {"empty-array", "the document is an empty array, so the command that "
                                         "wrote it is unknown; export again without --query"},
    [DIAG_NESTED_ARRAY] = {"nested-array", "an array inside the array of documents is not read; "
                                           "provide each command's output unchanged"},
    [DIAG_TWO_KINDS] = {"two-kinds",
                        "the object mixes the outputs of several commands (%s); provide each "
                        "command's output unchanged"},
    [DIAG_EMPTY_CERTIFICATE] = {"empty-certificate",
                                "the certificate record is empty (%s); run the command again"},
    [DIAG_NOT_A_LIST] = {"not-a-list", "%s is not a list of certificates" UNCHANGED},
    [DIAG_NOT_AN_OBJECT] = {"not-an-object", "%s is not a certificate record" UNCHANGED},
    [DIAG_ELEMENT_NOT_OBJECT] = {"element-not-object", "a list element is not a certificate record "
                                                       "(%s); export again without --query"},
    [DIAG_OTHER_SERVICE] = {"other-service",
                            "a certificate is of another service than its list (%s)" UNCHANGED},
    [DIAG_NO_CONTENT] = {"no-content", "%s is empty or has the wrong type; run the command again"},
    [DIAG_EMPTY_RESULTS] = {"empty-results",
                            "Results is empty, and either acm search-certificates or configservice "
                            "select-resource-config may have written it; run acm "
                            "list-certificates instead"},
    [DIAG_TRUNCATED_LIST] = {"truncated-list",
                             "the list is incomplete: more pages follow (%s); run the "
                             "command again without --max-items and --no-paginate"},
    [DIAG_UNRELATED] = {"unrelated", "not the output of a command that certaudit reads (%s); see "
                                     "certaudit(1) for the list"},
    [DIAG_UNREAD] = {"unread", "not read: %s; certaudit(1) lists what is read"},
    [DIAG_ARCHIVE] = {"archive", "archives and e-mail files are not read; unpack it first"},
    [DIAG_LINK] = {"link", "symbolic links in folders are not followed; name the target on the "
                           "command line"},
    [DIAG_NOT_REGULAR] = {"not-regular", "not a regular file; copy its content into one"},
    [DIAG_CANNOT_OPEN] = {"cannot-open",
                          "cannot be opened (%s); check that it exists and can be read"},
    [DIAG_CANNOT_READ] = {"cannot-read", "read error (%s); copy the file from its source again"},
    [DIAG_CHANGED] = {"changed", "changed while being read; run again when nothing writes to it"},
    [DIAG_PRIVATE_KEY] = {"private-key", "contains a private key; the evidence itself needs "
                                         "protection: restrict access to it, and tell its sender"},
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

enum diag_weight diag_weight(enum diag_id id)
{
    if (id == DIAG_UNRELATED || id == DIAG_PRIVATE_KEY)
        return DIAG_HARMLESS;
    return id <= DIAG_TOO_LARGE || (id >= DIAG_ARCHIVE && id <= DIAG_CANNOT_READ) ? DIAG_STOPS
                                                                                  : DIAG_FAULT;
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
        /* No detail for the parentheses: leave them out. */
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
        text_addf(text, ":%zu", diag->line);
    if (diag->column > 0)
        text_addf(text, ":%zu", diag->column);
    text_add(text, ": ");
    diag_add_message(diag, text);
    text_add(text, "\n");
}
