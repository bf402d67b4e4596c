/* markdown_text.c: see markdown_text.h. */
#include "markdown/markdown_text.h"
#include "base/safe_text.h"
#include "base/text.h"
#include <stdbool.h>
#include <string.h>

/* Backslashes are not enough: cmark-gfm makes links of e-mail addresses after it has removed them,
 * and GitHub looks for `:emoji:` and `$mathematics$` in the finished HTML. Only a code span
 * prevents all of that, so every word that may be markup becomes one. */

static bool is_alphanumeric(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

static size_t longest_run_of_backticks(const char *bytes, size_t length)
{
    size_t longest = 0, run = 0;

    for (size_t i = 0; i < length; i++) {
        run = bytes[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_backticks(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_add(out, "`");
}

/* As code spans, with character references between them for backquotes and bars. Longer fences are
 * not an option: cmark-gfm does not recognise more than 80 backquotes (MAXBACKTICKS) and would read
 * the rest as Markdown. Escapes are not, either: in a code span in a table, `\|` is a `|`, but
 * `\\|` ends the cell in pandoc and not in cmark-gfm. */
static void add_guarded(struct text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        size_t start = i;

        while (i < length && bytes[i] != '|' && bytes[i] != '`')
            i++;
        if (i > start) {
            text_add(out, "`");
            text_add_bytes(out, bytes + start, i - start);
            text_add(out, "`");
        } else {
            text_add(out, bytes[i++] == '|' ? "&#124;" : "&#96;");
        }
    }
}

/* GitHub makes a link of a word with `www.` in it. */
static bool contains_www(const char *word, size_t length)
{
    for (size_t i = 0; i + 4 <= length; i++)
        if ((word[i] | 0x20) == 'w' && (word[i + 1] | 0x20) == 'w' && (word[i + 2] | 0x20) == 'w' &&
            word[i + 3] == '.')
            return true;
    return false;
}

/* `2014-03-31T23:59:59Z`, as reports write times; no emoji has a name of two digits. */
static bool is_time(const char *word, size_t length)
{
    static const char form[] = "0000-00-00T00:00:00Z";

    for (size_t i = 0; i < length && i < sizeof form; i++)
        if (form[i] == '0' ? word[i] < '0' || word[i] > '9' : word[i] != form[i])
            return false;
    return length == sizeof form - 1;
}

static bool is_harmless(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool inside = i > 0 && i + 1 < length;

        if (is_alphanumeric(word[i]) || (unsigned char)word[i] >= 0x80 ||
            strchr(".,;()/%'\"?=+-", word[i]) != NULL)
            continue;
        /* Between letters or digits an underscore is not emphasis. */
        if (word[i] == '_' && inside && is_alphanumeric(word[i - 1]) &&
            is_alphanumeric(word[i + 1]))
            continue;
        return false;
    }
    return !contains_www(word, length);
}

/* Adds a word without spaces. Punctuation around it stays outside the code span. */
static void add_word(struct text *out, const char *word, size_t length)
{
    size_t before = 0, after = length;

    while (before < length && strchr("(\"'", word[before]) != NULL)
        before++;
    while (after > before && strchr(")\"'.,;:?", word[after - 1]) != NULL)
        after--;
    text_add_bytes(out, word, before);
    if (is_time(word + before, after - before)) {
        text_add_bytes(out, word + before, length - before);
        return;
    }
    /* A full stop after it may be part of it, as in a DNS name. */
    after += after > before && after < length && word[after] == '.';
    if (is_harmless(word + before, after - before))
        text_add_bytes(out, word + before, after - before);
    else
        add_guarded(out, word + before, after - before);
    text_add_bytes(out, word + after, length - after);
}

void markdown_add_text(struct text *out, const char *string)
{
    struct text visible = TEXT_EMPTY;
    const char *word = NULL;
    size_t mark = out->length;

    safe_text_add(&visible, string, false);
    word = text_string(&visible);
    while (*word != '\0') {
        size_t length = strcspn(word, " ");

        if (length > 0) {
            text_add_separator(out, mark, " ");
            add_word(out, word, length);
        }
        word += length;
        word += strspn(word, " ");
    }
    text_free(&visible);
}

void markdown_add_code(struct text *out, const char *lines)
{
    struct text visible = TEXT_EMPTY;
    size_t fence = 0;

    safe_text_add(&visible, lines, true);
    fence = longest_run_of_backticks(text_string(&visible), visible.length) + 1;
    fence = fence < 3 ? 3 : fence;
    add_backticks(out, fence);
    text_add(out, "sh\n");
    text_add_bytes(out, text_string(&visible), visible.length);
    if (visible.length > 0 && visible.bytes[visible.length - 1] != '\n')
        text_add(out, "\n");
    add_backticks(out, fence);
    text_add(out, "\n");
    text_free(&visible);
}
