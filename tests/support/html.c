/* html.c: see html.h. */
#include "support/html.h"
#include "base/text.h"
#include "support/harness.h"
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *html_by_cmark(const char *path)
{
    return harness_tool("cmark-gfm", (const char *const[]){"-e", "table", "-e", "autolink", "-e",
                                                           "strikethrough", "-e", "footnotes", "-e",
                                                           "tasklist", "--unsafe", path, NULL});
}

const char *html_by_pandoc(const char *path)
{
    return harness_tool("pandoc", (const char *const[]){"-f", "gfm", "-t", "html", "--no-highlight",
                                                        "--wrap=none", path, NULL});
}

bool html_has_pandoc(void)
{
    static const char command[] = "if command -v pandoc; then :; fi";
    return *harness_tool("sh", (const char *const[]){"-c", command, NULL}) != '\0';
}

static bool is_one_of(const char *const *words, const char *word, size_t length)
{
    for (; *words != NULL; words++)
        if (strlen(*words) == length && strncmp(*words, word, length) == 0)
            return true;
    return false;
}

/* The attributes of a tag, from the end of its name to the end of the tag. */
static void check_attributes(const char *at)
{
    static const char *const meant[] = {"id", "class", "style", "align", "lang", NULL};
    while (at += strspn(at, " /\n"), *at != '>') {
        size_t length = strcspn(at, "=> \n");
        HARNESS_REQUIRE(is_one_of(meant, at, length), "unexpected attribute: %.80s", at);
        at += length;
        HARNESS_REQUIRE(strncmp(at, "=\"", 2) == 0, "unexpected attribute: %.80s", at);
        at = strchr(at + 2, '"');
        HARNESS_REQUIRE(at != NULL, "an attribute without an end");
        at++;
    }
}

/* pandoc's tables have <col> and <colgroup>. */
void html_check_elements(const char *html)
{
    static const char *const meant[] = {"h1",  "h2",     "h3",    "h4",       "p",     "ul", "li",
                                        "th",  "strong", "table", "thead",    "tbody", "tr", "td",
                                        "pre", "code",   "col",   "colgroup", NULL};
    for (const char *at = strchr(html, '<'); at != NULL; at = strchr(at + 1, '<')) {
        const char *name = at + 1 + (at[1] == '/');
        size_t length = strcspn(name, " />\n");
        HARNESS_REQUIRE(is_one_of(meant, name, length), "unexpected element: %.80s", at);
        check_attributes(name + length);
    }
}

/* The text between from and to. */
static const char *shown(const char *from, const char *to)
{
    static const char *const references[][2] = {{"&lt;", "<"},          {"&gt;", ">"},
                                                {"&quot;", "\""},       {"&#39;", "'"},
                                                {"&nbsp;", "\xC2\xA0"}, {"&amp;", "&"}};
    struct text text = TEXT_EMPTY;
    while (from < to) {
        size_t i = 0;
        while (i < COUNT(references) &&
               strncmp(from, references[i][0], strlen(references[i][0])) != 0)
            i++;
        if (i < COUNT(references)) {
            text_add(&text, references[i][1]);
            from += strlen(references[i][0]);
        } else if (*from == '<')
            from = strchr(from, '>') + 1;
        else
            text_add_bytes(&text, from++, 1);
    }
    const char *result = html_squeezed(text_string(&text));
    text_free(&text);
    return result;
}

/* Like strstr, which under AddressSanitizer first measures the whole rest of the text. */
static const char *find_tag(const char *at, const char *tag)
{
    size_t length = strlen(tag);
    at = strchr(at, '<');
    while (at != NULL && strncmp(at, tag, length) != 0)
        at = strchr(at + 1, '<');
    return at;
}

const char *html_next(const char **at, const char *begin, const char *end)
{
    const char *from = find_tag(*at, begin);
    if (from == NULL)
        return NULL;
    from = strchr(from + strlen(begin) - 1, '>') + 1;
    const char *to = find_tag(from, end);
    HARNESS_REQUIRE(to != NULL, "no %s after: %.80s", end, from);
    *at = to;
    return shown(from, to);
}

const char *html_section(const char *html, const char *title)
{
    const char *at = html, *found;
    while ((found = html_next(&at, "<h2", "</h2>")) != NULL)
        if (strcmp(found, title) == 0)
            return at;
    HARNESS_FAIL("no section %s", title);
}

const char *html_squeezed(const char *text)
{
    char *out = harness_keep(strdup(text));
    size_t length = 0;
    for (; *text != '\0'; text++) {
        bool space = strchr(" \t\r\n", *text) != NULL;
        if (!space)
            out[length++] = *text;
        else if (length > 0 && out[length - 1] != ' ')
            out[length++] = ' ';
    }
    length -= length > 0 && out[length - 1] == ' ';
    out[length] = '\0';
    return out;
}
