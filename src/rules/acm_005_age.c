/* acm_005_age.c: age groups of failures: requests by the time since CreatedAt, renewals by the time
 * until NotAfter. */
#include "rules/acm_005.h"

enum {
    REQUEST_YOUNG,
    REQUEST_MONTH,
    REQUEST_OLD,
    REQUEST_UNKNOWN,
    RENEWAL_EXPIRED,
    RENEWAL_WEEK,
    RENEWAL_MONTH,
    RENEWAL_TWO_MONTHS,
    RENEWAL_LATER,
    RENEWAL_UNKNOWN
};

enum { REQUEST_HOURS = 72, WEEK = 7, MONTH = 30, TWO_MONTHS = 60 /* days */ };

const char *const acm_005_ages[] = {
    [REQUEST_YOUNG] = "requests up to 72 hours old",
    [REQUEST_MONTH] = "requests 72 hours to 30 days old",
    [REQUEST_OLD] = "requests more than 30 days old",
    [REQUEST_UNKNOWN] = "requests of unknown age",
    [RENEWAL_EXPIRED] = "renewals of expired certificates",
    [RENEWAL_WEEK] = "renewals due within 7 days",
    [RENEWAL_MONTH] = "renewals due in 8 to 30 days",
    [RENEWAL_TWO_MONTHS] = "renewals due in 31 to 60 days",
    [RENEWAL_LATER] = "renewals due later",
    [RENEWAL_UNKNOWN] = "renewals with an unknown due date",
    NULL,
};

static bool is_after(const struct timestamp *time, struct timestamp from, int64_t seconds)
{
    struct timestamp limit = timestamp_plus(from, seconds);
    return timestamp_compare(time, &limit) > 0;
}

static size_t request_age(const struct moment *created, const struct timestamp *as_of)
{
    if (created->state != MOMENT_READABLE)
        return REQUEST_UNKNOWN;
    if (!is_after(as_of, created->at, (int64_t)REQUEST_HOURS * TIMESTAMP_HOUR))
        return REQUEST_YOUNG;
    return is_after(as_of, created->at, (int64_t)MONTH * TIMESTAMP_DAY) ? REQUEST_OLD
                                                                        : REQUEST_MONTH;
}

static size_t renewal_age(const struct moment *not_after, const struct timestamp *as_of)
{
    if (not_after->state != MOMENT_READABLE)
        return RENEWAL_UNKNOWN;
    if (timestamp_compare(&not_after->at, as_of) < 0)
        return RENEWAL_EXPIRED;
    if (!is_after(&not_after->at, *as_of, (int64_t)WEEK * TIMESTAMP_DAY))
        return RENEWAL_WEEK;
    if (!is_after(&not_after->at, *as_of, (int64_t)MONTH * TIMESTAMP_DAY))
        return RENEWAL_MONTH;
    return is_after(&not_after->at, *as_of, (int64_t)TWO_MONTHS * TIMESTAMP_DAY)
               ? RENEWAL_LATER
               : RENEWAL_TWO_MONTHS;
}

size_t acm_005_age(const struct observation *seen, const struct condition *condition,
                   const struct policy *policy)
{
    enum acm_005 which = acm_005_which(condition);
    if (which == ACM_005_RENEWAL_PENDING || which == ACM_005_RENEWAL_FAILED)
        return renewal_age(&seen->not_after, &policy->as_of);
    return request_age(&seen->acm->created, &policy->as_of);
}
