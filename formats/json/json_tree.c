/* json_tree.c: see json_tree.h. Nothing is checked: the scan let only valid documents pass. */
#include "json/json_tree.h"
#include "base/pool.h"
#include "base/text.h"
#include "json/json.h"
#include "json/json_token.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct builder {
    unsigned char *next;
    struct pool *pool;
};

static void skip_space(struct builder *builder)
{
    if (*builder->next <= ' ')
        builder->next += json_token_after_space(builder->next) - builder->next;
}

/* The string whose opening quote is next. */
static char *read_string(struct builder *builder)
{
    unsigned char *string = builder->next + 1;
    bool escaped;
    size_t length = (size_t)(json_token_string_end(string, &escaped) - string);
    char *decoded;

    builder->next = string + length + 1;
    if (!escaped) {
        string[length] = '\0';
        return (char *)string;
    }
    decoded = pool_take(builder->pool, length + 1);
    decoded[json_token_decode(string, length, decoded)] = '\0';
    return decoded;
}

static void read_number(struct builder *builder, cJSON *node)
{
    const char *number = (const char *)builder->next;
    size_t length = strspn(number, "+-.0123456789Ee");

    node->type = cJSON_Number;
    node->valuestring = pool_copy(builder->pool, number, length);
    (void)cJSON_SetNumberHelper(node, strtod(number, NULL));
    builder->next += length;
}

static cJSON *read_value(struct builder *builder);

/* The members or elements of the container whose opening bracket is next. */
static void read_children(struct builder *builder, cJSON *parent)
{
    bool object = *builder->next == '{';
    cJSON **link = &parent->child, *child = NULL;

    parent->type = object ? cJSON_Object : cJSON_Array;
    do {
        char *name = NULL;
        cJSON *previous = child;

        builder->next++;
        skip_space(builder);
        if (previous == NULL && *builder->next == (object ? '}' : ']'))
            break;
        if (object) {
            name = read_string(builder);
            skip_space(builder);
            builder->next++;
            skip_space(builder);
        }
        child = *link = read_value(builder);
        child->string = name;
        child->prev = previous;
        link = &child->next;
        skip_space(builder);
    } while (*builder->next == ',');
    builder->next++;
    if (child != NULL)
        parent->child->prev = child; /* as cJSON has it: the last one */
}

/* Recurses to LIMIT_DEPTH at most. */
static cJSON *read_value(struct builder *builder)
{
    cJSON *node = pool_alloc(builder->pool, sizeof *node);

    switch (*builder->next) {
    case '{':
    case '[':
        read_children(builder, node);
        break;
    case '"':
        node->type = cJSON_String;
        node->valuestring = read_string(builder);
        break;
    case 't':
        node->type = cJSON_True;
        builder->next += strlen("true");
        break;
    case 'f':
        node->type = cJSON_False;
        builder->next += strlen("false");
        break;
    case 'n':
        node->type = cJSON_NULL;
        builder->next += strlen("null");
        break;
    default:
        read_number(builder, node);
    }
    return node;
}

const cJSON *json_tree_read(const struct json_document *document, struct pool *pool)
{
    struct builder builder = {document->text, pool};

    return read_value(&builder);
}

static void print_string(const char *string, struct text *text)
{
    static const char letters[] = "btn?fr"; /* of U+0008 to U+000D; U+000B has none */
    text_add(text, "\"");
    for (const char *next = string; *next != '\0'; next++) {
        unsigned char byte = (unsigned char)*next;
        if (byte == '"' || byte == '\\')
            text_addf(text, "\\%c", byte);
        else if (byte >= ' ')
            text_add_bytes(text, next, 1);
        else if (byte >= '\b' && byte <= '\r' && byte != '\v')
            text_addf(text, "\\%c", letters[byte - '\b']);
        else
            text_addf(text, "\\u%04x", byte);
    }
    text_add(text, "\"");
}

static void print_children(const cJSON *parent, struct text *text)
{
    bool object = cJSON_IsObject(parent);
    text_add(text, object ? "{" : "[");
    for (const cJSON *child = parent->child; child != NULL; child = child->next) {
        text_add(text, child != parent->child ? "," : "");
        if (object) {
            print_string(child->string, text);
            text_add(text, ":");
        }
        json_tree_print(child, text);
    }
    text_add(text, object ? "}" : "]");
}

/* Recurses to LIMIT_DEPTH at most. */
void json_tree_print(const cJSON *node, struct text *text)
{
    if (cJSON_IsObject(node) || cJSON_IsArray(node))
        print_children(node, text);
    else if (cJSON_IsString(node))
        print_string(node->valuestring, text);
    else if (cJSON_IsNumber(node))
        text_add(text, node->valuestring);
    else
        text_add(text, cJSON_IsTrue(node) ? "true" : cJSON_IsFalse(node) ? "false" : "null");
}
