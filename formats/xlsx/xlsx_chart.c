/* xlsx_chart.c: bar charts, see xlsx_book.h. Their parts differ in pattern as well as in colour. */
#include "base/memory.h"
#include "xlsx/xlsx_book.h"

enum { ROW_PIXELS = 20, LABEL_PIXELS = 46, BAR_PIXELS = 30, LINE_PIXELS = 8 };

static const double chart_width = 900; /* pixels */

/* In the order of results: FAIL, UNKNOWN, WAIVED, PASS, NOT_APPLICABLE. */
static const struct {
    lxw_color_t colour;
    uint8_t pattern;
} looks[] = {
    {0x7A0010, LXW_CHART_PATTERN_NONE},
    {0xB87800, LXW_CHART_PATTERN_DARK_UPWARD_DIAGONAL},
    {0x3A5FA0, LXW_CHART_PATTERN_DARK_HORIZONTAL},
    {0x9FC5A0, LXW_CHART_PATTERN_NONE},
    {0x8A8A8A, LXW_CHART_PATTERN_PERCENT_20},
};

static void set_look(lxw_chart_series *series, size_t number)
{
    lxw_chart_fill fill = {.color = looks[number].colour};
    lxw_chart_line line = {.color = 0x404040, .width = 0.75};
    lxw_chart_pattern pattern = {.fg_color = looks[number].colour,
                                 .bg_color = LXW_COLOR_WHITE,
                                 .type = looks[number].pattern};

    if (looks[number].pattern == LXW_CHART_PATTERN_NONE)
        chart_series_set_fill(series, &fill);
    else
        chart_series_set_pattern(series, &pattern);
    chart_series_set_line(series, &line);
}

static void add_series(const struct xlsx_sheet *sheet, lxw_chart *made,
                       const struct xlsx_chart *chart, size_t number)
{
    const char *name = sheet->worksheet->name;
    lxw_col_t column = (lxw_col_t)(chart->series + number);
    lxw_chart_series *series = chart_add_series(made, NULL, NULL);

    if (series == NULL)
        memory_exhausted();
    chart_series_set_categories(series, name, chart->first, chart->labels, chart->last,
                                chart->labels);
    chart_series_set_values(series, name, chart->first, column, chart->last, column);
    chart_series_set_name_range(series, name, chart->header, column);
    set_look(series, number);
}

/* Whole numbers from 0; the first row is on top. */
static void set_axes(lxw_chart *made, bool several)
{
    chart_axis_set_reverse(made->y_axis);
    chart_axis_set_num_format(made->x_axis, "0");
    chart_axis_set_min(made->x_axis, 0);
    chart_axis_set_name(made->x_axis, "certificates");
    if (several)
        chart_legend_set_position(made, LXW_CHART_LEGEND_BOTTOM);
    else
        chart_legend_set_position(made, LXW_CHART_LEGEND_NONE);
}

void xlsx_add_chart(struct xlsx_sheet *sheet, const struct xlsx_chart *chart)
{
    size_t bars = chart->last - chart->first + 1;
    double height = (double)(3 * LABEL_PIXELS + bars * BAR_PIXELS);
    lxw_chart_options options = {.x_offset = LINE_PIXELS,
                                 .y_offset = LINE_PIXELS,
                                 .x_scale = chart_width / 480,
                                 .y_scale = height / 288};
    struct text alternative = TEXT_EMPTY;

    if (sheet->worksheet == NULL || sheet->book->error != LXW_NO_ERROR)
        return;
    lxw_chart *made = workbook_add_chart(
        sheet->book->workbook, chart->series_count > 1 ? LXW_CHART_BAR_STACKED : LXW_CHART_BAR);
    if (made == NULL)
        memory_exhausted();
    for (size_t i = 0; i < chart->series_count; i++)
        add_series(sheet, made, chart, i);
    chart_title_set_name(made, chart->title);
    set_axes(made, chart->series_count > 1);
    text_add(&alternative, chart->alternative);
    options.description = alternative.bytes;
    xlsx_note_error(sheet->book,
                    worksheet_insert_chart_opt(sheet->worksheet, sheet->row, 0, made, &options));
    text_free(&alternative);
    for (size_t i = 0; i < (size_t)height / ROW_PIXELS + 2; i++)
        xlsx_end_row(sheet);
}
