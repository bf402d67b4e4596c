#!/bin/sh
# readback.sh FOLDER...: reads the reports in each FOLDER with other programs: every sheet of the
# workbook into FOLDER/sheets/; the Markdown into FOLDER/report.html, which must be well formed; the
# evidence of every finding in FOLDER/wanted.json, if that file exists (pointer.sh). The last line
# of FOLDER/readback is `complete` if all of this succeeded. Run from the checkout.
set -eu

read_back() { # FOLDER
    cat "$1/sheets.log" && test ! -s "$1/sheets.log" &&
        cmark-gfm --extension table "$1/report.md" >"$1/body.html" &&
        { echo '<html>' && cat "$1/body.html" && echo '</html>'; } >"$1/report.html" &&
        xmllint --noout "$1/report.html" &&
        { test ! -e "$1/wanted.json" || tests/support/pointer.sh "$1"; } &&
        echo complete
}

python3 tests/support/sheets.py "$@"
for folder; do
    read_back "$folder" >"$folder/readback" 2>&1 || :
done
