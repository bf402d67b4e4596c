/* write_csv.c: the CSV report: the Findings table only. A pack contains every table. */
#include "csv/csv_table.h"
#include "report/report.h"
#include "writer.h"

static bool csv_report(const struct report *report, FILE *stream)
{
    return csv_table(report, &report->tables[REPORT_FINDINGS], stream);
}

const struct writer write_csv = {
    .format = "csv",
    .ending = ".csv",
    .to_stream = csv_report,
    .findings_alone = true,
};
