/* read_waivers.c: the waiver register, each line checked before any is used. */
#include "csv/read_waivers.h"
#include "base/pool.h"
#include "base/text.h"
#include "csv/csv_rows.h"
#include <stdlib.h>

enum { RULE, ARN, OWNER, APPROVER, APPROVED, REASON, TICKET, EXPIRES, COLUMNS };

static const char *const columns[COLUMNS] = {
    [RULE] = "rule",         [ARN] = "arn",       [OWNER] = "owner",   [APPROVER] = "approver",
    [APPROVED] = "approved", [REASON] = "reason", [TICKET] = "ticket", [EXPIRES] = "expires",
};

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
        .approved_text = fields[APPROVED],
        .expires_text = fields[EXPIRES],
    };
    for (size_t i = 0; i < COLUMNS; i++)
        if (i != TICKET && *fields[i] == '\0')
            return csv_rows_refuse(error, path, row->line, "an empty field: ", columns[i]);
    if (waiver.rule == NULL)
        return csv_rows_refuse(error, path, row->line, "an unknown rule: ", fields[RULE]);
    if (!timestamp_parse_date(fields[APPROVED], &waiver.approved))
        return csv_rows_refuse(error, path, row->line,
                               "approved is no date, as 2026-01-31: ", fields[APPROVED]);
    if (!timestamp_parse_date(fields[EXPIRES], &waiver.expires))
        return csv_rows_refuse(error, path, row->line,
                               "expires is no date, as 2026-01-31: ", fields[EXPIRES]);
    if (timestamp_compare(&waiver.expires, &waiver.approved) < 0)
        return csv_rows_refuse(error, path, row->line,
                               "expires lies before approved: ", fields[EXPIRES]);
    waiver.expires = timestamp_plus(waiver.expires, TIMESTAMP_DAY); /* to the end of the day */
    waivers_add(waivers, &waiver);
    return true;
}

bool read_waivers(struct waivers *waivers, const char *path, struct pool *pool, struct text *error)
{
    static const struct csv_shape shape = {columns, COLUMNS, COLUMNS};
    struct csv_rows rows = {NULL, 0, 0};
    waivers->path = path;
    bool fine = csv_rows_read_file(&rows, path, &shape, pool, waivers->sha256, error);
    for (size_t i = 0; fine && i < rows.count; i++)
        fine = add_line(waivers, &rows.rows[i], path, error);
    free(rows.rows);
    return fine;
}
