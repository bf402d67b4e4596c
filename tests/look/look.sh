#!/bin/sh
# look.sh BUILD [example|many]...: renders reports as pictures: the workbook as LibreOffice prints it,
# Markdown as GitHub shows it, the terminal with 80 and with 60 columns. `example` is a report on
# fixtures/example, `many` on a hundred generated failures. Each has a folder in BUILD/look, which
# also contains the reports.
#
# Each page is a picture: workbook-001.png, markdown-001.png, terminal-80-001.png. Prints how many
# there are, and fails if a report cannot be rendered.
set -eu
export LC_ALL=C.UTF-8

as_of=2026-11-20T00:00:00Z
program=$1/certaudit
generate=$1/tests/bench/generate
look=$1/look
shift
scratch=$(mktemp -d)

clean_up() {
    tmux -S "$scratch/tmux" kill-server 2>/dev/null || :
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
export HOME="$scratch" # LibreOffice and Chromium write their profiles there

fail() {
    echo "look: $*" >&2
    exit 1
}

for tool in soffice pdftoppm cmark-gfm pandoc chromium tmux aha convert; do
    command -v $tool >/dev/null || fail "needs $tool: run make setup-look"
done

pages() { # PDF DPI: makes a picture of each page, NAME-001.png, in the same folder
    pdftoppm -r "$2" -png "$1" "$scratch/page"
    page=0
    for picture in "$scratch"/page-*.png; do
        [ -s "$picture" ] || fail "$1: no pages"
        page=$((page + 1))
        mv "$picture" "$(printf '%s-%03d.png' "${1%.pdf}" $page)"
    done
}

quietly() { # COMMAND...: hides its output unless it fails
    timeout 300 "$@" >"$scratch/log" 2>&1 || fail "$1: $(cat "$scratch/log")"
}

# LibreOffice and Chromium may fail with exit status 0, so look for the file.

print_workbook() { # FOLDER
    cp "$1/report.xlsx" "$scratch/workbook.xlsx"
    quietly soffice "-env:UserInstallation=file://$scratch/office" --headless \
        --convert-to pdf --outdir "$1" "$scratch/workbook.xlsx"
    [ -s "$1/workbook.pdf" ] || fail "soffice: $(cat "$scratch/log")"
    pages "$1/workbook.pdf" 100
}

# The resolution of CSS, 96 pixels per inch, makes a pixel of the page a pixel of the picture.
# Chromium's sandbox does not work for root, and is not needed: the page is ours, without network.
print_page() { # HTML
    quietly chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --user-data-dir="$scratch/browser" --host-resolver-rules='MAP * ~NOTFOUND' \
        --no-pdf-header-footer --print-to-pdf="${1%.html}.pdf" "file://$PWD/$1"
    [ -s "${1%.html}.pdf" ] || fail "chromium: $(cat "$scratch/log")"
    pages "${1%.html}.pdf" 96
}

style='<!DOCTYPE html><meta charset="utf-8"><style>
    @page { size: 1012px 1400px; margin: 0 }
    * { box-sizing: border-box; -webkit-print-color-adjust: exact }
    body { margin: 0; padding: 32px; font: 16px/1.5 "Liberation Sans", sans-serif; color: #1f2328 }
    h1, h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: 0.3em }
    table { border-collapse: collapse; margin-bottom: 16px }
    td, th { border: 1px solid #d1d9e0; padding: 6px 13px }
    tr:nth-child(2n) { background: #f6f8fa }
    code, pre { font: 85% "DejaVu Sans Mono", monospace; background: #f0f1f2; border-radius: 6px }
    code { padding: 0.2em 0.4em }
    pre { padding: 16px; overflow: hidden }
    pre code { padding: 0; font-size: 100% }
    blockquote { margin: 0 0 16px; padding: 0 1em; border-left: 4px solid #d1d9e0; color: #59636e }
    body.terminal { padding: 8px; background: #1e1e1e }
    .terminal pre { margin: 0; padding: 0; border-radius: 0; font-size: 15px; line-height: 1.25;
                    color: #d0d0d0; background: #1e1e1e }</style>'

print_markdown() { # FOLDER
    { echo "$style<body>" && cmark-gfm -e table -e strikethrough -e autolink "$1/report.md"; } \
        >"$1/markdown.html"
    grep -q '<table>' "$1/markdown.html" || fail "$1/report.md: cmark-gfm renders no table"
    print_page "$1/markdown.html"
    pandoc -f gfm -s --metadata title=report -o "$1/pandoc.html" "$1/report.md"
    pandoc -f gfm -o "$1/pandoc.docx" "$1/report.md"
}

# The command signals tmux when everything is printed. The capture includes the lines above the window.
print_terminal() { # FOLDER COLUMNS ARGUMENT...
    name=$1/terminal-$2
    columns=$2
    shift 2
    printf 'set -g %s\n' 'history-limit 100000' 'status off' 'default-terminal tmux-256color' \
        >"$scratch/tmux.conf"
    tmux -S "$scratch/tmux" -f "$scratch/tmux.conf" new-session -d -x "$columns" -y 50 \
        "env -u NO_COLOR $program $*; tmux -S '$scratch/tmux' wait-for -S printed; sleep 300"
    timeout 60 tmux -S "$scratch/tmux" wait-for printed || fail "timeout: the terminal"
    tmux -S "$scratch/tmux" capture-pane -p -S - | sed '$!N; /^\n$/D; P; D' >"$name.txt"
    {
        echo "$style<body class=terminal><pre>"
        tmux -S "$scratch/tmux" capture-pane -e -p -S - | aha --no-header --black
        echo '</pre>'
    } >"$name.html"
    tmux -S "$scratch/tmux" kill-server
    grep -q FAIL "$name.txt" || fail "$name.txt: no finding"
    print_page "$name.html"
}

render() { # NAME ARGUMENT...; arguments without spaces
    folder=$look/$1
    shift
    mkdir -p "$folder"
    status=0
    "$program" "$@" --as-of $as_of -o "$folder/report.xlsx" -o "$folder/report.md" 2>/dev/null ||
        status=$?
    [ $status -eq 1 ] || fail "exit status $status instead of 1: $*"
    print_workbook "$folder"
    print_markdown "$folder"
    print_terminal "$folder" 80 "$@" --as-of $as_of
    print_terminal "$folder" 60 "$@" --as-of $as_of
    for kind in workbook markdown terminal-80 terminal-60; do
        set -- "$folder/$kind"-*.png
        echo "$folder/$kind-*.png: $#"
    done
}

rm -rf "$look"
mkdir -p "$look"
for set in "$@"; do
    case $set in
    example)
        render example fixtures/example --scope fixtures/engagement/scope.csv \
            --waivers fixtures/engagement/waivers.csv --baseline fixtures/engagement/baseline.csv
        ;;
    many) # those that may fail, and a few more
        "$generate" --lines 1 4000 |
            awk '/PENDING_VALIDATION|VALIDATION_TIMED_OUT|"FAILED"/ || NR % 200 == 0' \
                >"$look/many.jsonl"
        render many "$look/many.jsonl"
        ;;
    *) fail "$set: expected example or many" ;;
    esac
done
