#!/bin/sh
# readback.sh FOLDER: reads the reports in FOLDER with programs that are not ours: every sheet of
# the workbook into FOLDER/sheets/, the Markdown into FOLDER/report.html, which must be well
# formed, and the evidence behind every finding (pointer.sh). Run from the checkout.
# Times come with the fraction that the workbook's number gives them, which may lie a hair below.
# FOLDER/readback ends with the line `complete` where all of that succeeded.
set -eu

folder=$1
exec > "$folder/readback" 2>&1

xlsx2csv --all --quoting all --dateformat '%Y-%m-%dT%H:%M:%S.%fZ' \
    "$folder/report.xlsx" "$folder/sheets"
cmark-gfm --extension table "$folder/report.md" > "$folder/body.html"
{
    echo '<html>'
    cat "$folder/body.html"
    echo '</html>'
} > "$folder/report.html"
xmllint --noout "$folder/report.html"
tests/support/pointer.sh "$folder/wanted.json"
echo complete
