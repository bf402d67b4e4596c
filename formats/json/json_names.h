/*
 * json_names.h: finds a name that occurs twice in one object, which I-JSON forbids and RFC 8259
 * leaves to the reader. Names are compared as decoded: "a" and "\u0061" are equal. Linear for
 * objects of few members, n log n for the others.
 */
#ifndef JSON_NAMES_H
#define JSON_NAMES_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_name {
    uint64_t hash;
    uint32_t quote;   /* index of its opening quote in the document */
    uint32_t length;  /* decoded */
    uint32_t decoded; /* 0 if it has no escapes, else 1 + its index in names.decoded */
};

/* The names of all objects that are open. All zeros at first. */
struct json_names {
    struct json_name *names;
    size_t count, room;
    struct text decoded;
    size_t duplicate; /* quote of the first name that occurs twice, or JSON_NAMES_UNIQUE */
};
#define JSON_NAMES_UNIQUE SIZE_MAX

/* One of these objects. */
struct json_names_object {
    size_t first; /* of its names */
    uint64_t met; /* a bit for each value of the highest bits of their hashes */
};

/* Begins a document, which has less than 4 GiB. */
void json_names_start(struct json_names *names);
void json_names_free(struct json_names *names);

/* Objects are closed in the reverse order. document is its first byte. */
struct json_names_object json_names_open(const struct json_names *names);
void json_names_close(struct json_names *names, const struct json_names_object *object,
                      const unsigned char *document);

/* Adds a valid name, between the quotes at quote and end, to the object opened last. */
void json_names_add(struct json_names *names, struct json_names_object *object,
                    const unsigned char *document, size_t quote, size_t end, bool escaped);

#endif
