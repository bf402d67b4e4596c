/* remedy.c: remediation lines, with every value quoted. */
#include "remedy.h"
#include <string.h>

static bool has_control_character(const char *value)
{
    for (const unsigned char *at = (const unsigned char *)value; *at != '\0'; at++)
        if (*at < 0x20 || *at == 0x7f)
            return true;
    return false;
}

/* The AWS CLI replaces an argument that starts so by what the file or address holds. */
static bool names_a_file(const char *value)
{
    static const char *const schemes[] = {"file://", "fileb://", "http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncmp(value, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

struct remedy remedy_begin(struct text *text, const char *command)
{
    struct remedy remedy = {text, text->length, false};
    text_add(text, command);
    return remedy;
}

void remedy_option(struct remedy *remedy, const char *option, const char *value,
                   const char *placeholder)
{
    if (value == NULL || *value == '\0') {
        text_addf(remedy->text, " %s %s", option, placeholder);
        return;
    }
    remedy->refused |= has_control_character(value) || names_a_file(value);
    /* A value with a leading dash would be taken for an option; the = form is not. */
    text_addf(remedy->text, " %s%c", option, *value == '-' ? '=' : ' ');
    text_add_shell_word(remedy->text, value);
}

void remedy_word(struct remedy *remedy, const char *value)
{
    remedy->refused |= *value == '-' || has_control_character(value) || names_a_file(value);
    text_add(remedy->text, " ");
    text_add_shell_word(remedy->text, value);
}

void remedy_end(struct remedy *remedy)
{
    struct text *text = remedy->text;
    if (remedy->refused) {
        text->length = remedy->start;
        text->bytes[text->length] = '\0';
        text_add(text, "# no command is given: a value in the export cannot be pasted safely");
    }
    text_add(text, "\n");
}

void remedy_comment(struct text *text, const char *before, const char *value, const char *after)
{
    text_addf(text, "# %s", before);
    if (value != NULL)
        text_add_visible(text, value);
    text_addf(text, "%s\n", after);
}
