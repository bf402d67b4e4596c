/* read_waivers.c: reads and checks the waiver register. */
#include "csv/read_waivers.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_rows.h"
#include <stdlib.h>

enum {
    RULE,
    ARN,
    OWNER,
    APPROVER,
    APPROVED,
    REASON,
    EXPIRES,
    REQUIRED,
    TICKET = REQUIRED,
    COMPENSATING_CONTROL,
    COLUMNS
};

static const char *const columns[COLUMNS] = {
    [RULE] = "rule",
    [ARN] = "arn",
    [OWNER] = "owner",
    [APPROVER] = "approver",
    [APPROVED] = "approved",
    [REASON] = "reason",
    [EXPIRES] = "expires",
    [TICKET] = "ticket",
    [COMPENSATING_CONTROL] = "compensating_control",
};

#define NOT_A_DATE "%s: \"%s\" is not a date; write YYYY-MM-DD"

static bool add_line(struct waivers *waivers, const struct csv_row *row, const char *path,
                     struct text *error)
{
    const char **fields = row->fields;
    struct waiver waiver = {
        .line = row->line,
        .rule = rules_find(fields[RULE]),
        .arn = fields[ARN],
        .owner = fields[OWNER],
        .approver = fields[APPROVER],
        .reason = fields[REASON],
        .ticket = fields[TICKET],
        .compensating_control = fields[COMPENSATING_CONTROL],
        .approved_text = fields[APPROVED],
        .expires_text = fields[EXPIRES],
    };
    for (size_t i = 0; i < REQUIRED; i++)
        if (*fields[i] == '\0')
            return csv_rows_refuse(error, path, row->line, "%s is empty", columns[i]);
    if (waiver.rule == NULL)
        return csv_rows_refuse(error, path, row->line, CSV_UNKNOWN_RULE, fields[RULE]);
    if (!timestamp_parse_date(fields[APPROVED], &waiver.approved))
        return csv_rows_refuse(error, path, row->line, NOT_A_DATE, columns[APPROVED],
                               fields[APPROVED]);
    if (!timestamp_parse_date(fields[EXPIRES], &waiver.expires))
        return csv_rows_refuse(error, path, row->line, NOT_A_DATE, columns[EXPIRES],
                               fields[EXPIRES]);
    if (timestamp_compare(&waiver.expires, &waiver.approved) < 0)
        return csv_rows_refuse(error, path, row->line, "expires (%s) is before approved (%s)",
                               fields[EXPIRES], fields[APPROVED]);
    waiver.expires = timestamp_plus(waiver.expires, TIMESTAMP_DAY); /* the whole day counts */
    waivers_add(waivers, &waiver);
    return true;
}

bool read_waivers(struct waivers *waivers, const char *path, struct pool *pool, struct text *error)
{
    static const struct csv_shape shape = {columns, COLUMNS, REQUIRED};
    struct csv_rows rows = {NULL, 0, 0};
    waivers->path = path;
    bool fine = csv_rows_read_file(&rows, path, &shape, pool, waivers->sha256, error);
    for (size_t i = 0; fine && i < rows.count; i++)
        fine = add_line(waivers, &rows.rows[i], path, error);
    free(rows.rows);
    return fine;
}
