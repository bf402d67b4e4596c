/* remediation.c: see remediation.h. */
#include "rules/remediation.h"
#include "evidence/evidence.h"
#include <string.h>

/* Whether a reader sees every character of the value as it is. */
static bool is_legible(const char *value)
{
    while (*value != '\0') {
        size_t length = text_character(value);
        if (length == 0 || text_is_invisible_or_bidi(value, length))
            return false;
        value += length;
    }
    return true;
}

/* The AWS CLI replaces such an argument with the content of the file or URL. */
static bool names_a_file(const char *value)
{
    static const char *const schemes[] = {"file://", "fileb://", "http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncmp(value, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

struct remediation remediation_begin(struct text *text, const char *command)
{
    struct remediation remedy = {.text = text, .start = text->length};
    text_add(text, command);
    return remedy;
}

void remediation_option(struct remediation *remedy, const char *option, const char *value,
                        const char *placeholder)
{
    if (value == NULL || *value == '\0') {
        text_addf(remedy->text, " %s %s", option, placeholder);
        return;
    }
    remedy->refused |= !is_legible(value) || names_a_file(value);
    /* With a space, a value with a leading dash would be taken for an option. */
    text_addf(remedy->text, " %s%c", option, *value == '-' ? '=' : ' ');
    text_add_shell_word(remedy->text, value);
}

void remediation_word(struct remediation *remedy, const char *value)
{
    bool runs = !remedy->note;
    remedy->refused |= !is_legible(value) || (runs && (*value == '-' || names_a_file(value)));
    text_add(remedy->text, " ");
    text_add_shell_word(remedy->text, value);
}

struct remediation remediation_begin_note(struct text *text, const char *note)
{
    struct remediation remedy = remediation_begin(text, "# ");
    text_add(text, note);
    remedy.note = true;
    return remedy;
}

void remediation_note(struct text *text, const char *note)
{
    struct remediation remedy = remediation_begin_note(text, note);
    remediation_end(&remedy);
}

/* One word, in which `\xNN` replaces each byte of a character that a reader would not see. */
static void add_legible(struct text *text, const char *value)
{
    struct text legible = TEXT_EMPTY;
    while (*value != '\0') {
        size_t length = text_character(value);
        bool shown = length > 0 && !text_is_invisible_or_bidi(value, length);
        length = length > 0 ? length : 1;
        if (shown)
            text_add_bytes(&legible, value, length);
        for (size_t i = 0; i < length && !shown; i++)
            text_addf(&legible, "\\x%02X", (unsigned)(unsigned char)value[i]);
        value += length;
    }
    text_add(text, " ");
    text_add_shell_word(text, text_string(&legible));
    text_free(&legible);
}

void remediation_source(struct text *text, const char *note, const struct observation *seen)
{
    text_addf(text, "# %s certificate", note);
    if (seen->name != NULL && *seen->name != '\0')
        add_legible(text, seen->name);
    else
        text_add(text, " without a name");
    if (seen->file != NULL) {
        text_add(text, ", in");
        add_legible(text, seen->file->name);
        text_addf(text, ", line %zu", seen->line);
    }
    text_add(text, "\n");
}

void remediation_end(struct remediation *remedy)
{
    struct text *text = remedy->text;
    if (!remedy->refused) {
        text_add(text, "\n");
        return;
    }
    text->length = remedy->start;
    text->bytes[text->length] = '\0';
    if (remedy->seen != NULL)
        remediation_source(text,
                           "omitted: a value in the export cannot be pasted safely:", remedy->seen);
    else
        text_add(text, "# omitted: a value in the export cannot be pasted safely\n");
}
