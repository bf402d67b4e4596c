/* xlsx_styles.c: how the cells of a workbook look. */
#include "base/memory.h"
#include "xlsx/xlsx_book.h"

static lxw_format *add_format(struct xlsx_book *book)
{
    lxw_format *format = workbook_add_format(book->workbook);

    if (format == NULL)
        memory_exhausted();
    return format;
}

static void add_styles(struct xlsx_book *book)
{
    lxw_format **styles = book->styles;

    for (size_t i = 0; i < XLSX_STYLE_COUNT; i++) {
        styles[i] = add_format(book);
        format_set_align(styles[i], LXW_ALIGN_VERTICAL_TOP);
        /* As text, so that an edited cell does not become a formula. */
        format_set_num_format(styles[i], "@");
    }
    format_set_bold(styles[XLSX_TITLE]);
    format_set_font_size(styles[XLSX_TITLE], 16);
    format_set_bold(styles[XLSX_SECTION]);
    format_set_font_size(styles[XLSX_SECTION], 13);
    for (size_t i = XLSX_HEADER; i <= XLSX_HEADER_COUNT; i++) {
        format_set_bold(styles[i]);
        format_set_text_wrap(styles[i]);
        format_set_bg_color(styles[i], 0xE7ECF1);
    }
    format_set_align(styles[XLSX_HEADER_COUNT], LXW_ALIGN_RIGHT);
    format_set_bold(styles[XLSX_LABEL]);
    format_set_text_wrap(styles[XLSX_LABEL]);
    format_set_text_wrap(styles[XLSX_WRAPPED]);
    /* So that a number at the right edge of its column does not touch the next text. */
    format_set_indent(styles[XLSX_HEADER], 1);
    format_set_indent(styles[XLSX_LABEL], 1);
    format_set_indent(styles[XLSX_WRAPPED], 1);
    format_set_indent(styles[XLSX_PLAIN], 1);
    format_set_indent(styles[XLSX_LINK], 1);
    format_set_font_color(styles[XLSX_LINK], 0x0B4F8A);
    format_set_underline(styles[XLSX_LINK], LXW_UNDERLINE_SINGLE);
    format_set_bottom(styles[XLSX_BLANK], LXW_BORDER_THIN);
    format_set_text_wrap(styles[XLSX_BLANK]);
    format_set_num_format(styles[XLSX_COUNT], "0");
    format_set_num_format(styles[XLSX_TIME], "yyyy-mm-dd\\Thh:mm:ss\\Z");
}

/* Dark text on a light background; in black and white, bold, bold italic and italic remain. */
static void add_result_formats(struct xlsx_book *book)
{
    static const lxw_color_t letters[] = {0x7A0010, 0x6B4700, 0x1F3F77};
    static const lxw_color_t backgrounds[] = {0xF9D2D6, 0xFCE9C0, 0xDBE6F7};

    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        book->results[i] = add_format(book);
        format_set_font_color(book->results[i], letters[i]);
        format_set_bg_color(book->results[i], backgrounds[i]);
    }
    format_set_bold(book->results[0]);
    format_set_bold(book->results[1]);
    format_set_italic(book->results[1]);
    format_set_italic(book->results[2]);
}

void xlsx_add_styles(struct xlsx_book *book)
{
    add_styles(book);
    add_result_formats(book);
}
