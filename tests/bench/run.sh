#!/bin/sh
# run.sh BUILD: measures the time and memory of the installed program, compared with common tools.
# Prints a table. Fails if a bar is missed and BENCH_STRICT=1.
#
#     BENCH_ROWS   some of: documents lines files memory growth xlsx small (default: all)
#     BENCH_COUNT  certificates in the corpus (default: 100000)
#
# Each comparison is one run of hyperfine, with warm files: whole processes, median of five. The
# corpora are kept, and made again if the generator has changed.
set -eu
export LC_ALL=C

count=${BENCH_COUNT:-100000}
rows=${BENCH_ROWS:-documents lines files memory growth xlsx small}
seed=1

# Paths are short and relative, because reports contain them.
mkdir -p "$1/bench/corpus-$count"
cd "$1/bench/corpus-$count"
generate=../../tests/bench/generate
loop=../../tests/bench/xlsx_loop
certaudit='../root/usr/bin/certaudit --as-of 2026-11-20T00:00:00Z'
work=../work
rm -rf $work
mkdir $work $work/scratch
: >$work/rows

fail() {
    echo "bench: $*" >&2
    exit 2
}

# The corpora. A complete one gets its name last.

made_by=$($generate $seed 1000 | sha256sum)
if [ "$(cat made-by 2>/dev/null)" != "$made_by" ]; then
    rm -rf ./*
    echo "$made_by" >made-by
fi

documents() { # NAME COUNT [--lines]
    [ -e "$1" ] || { $generate ${3-} $seed "$2" >part && mv part "$1"; }
    cat "$1" >/dev/null
}

folders() { # NAME COUNT
    [ -e "$1" ] || { rm -rf part && $generate --files part $seed "$2" 100 && mv part "$1"; }
    cat "$1"/*/* >/dev/null
}

# Measuring.

compare() { # ARGUMENT of hyperfine...; sets medians, in seconds
    hyperfine --style none --ignore-failure --warmup 1 --runs 5 --export-json $work/times.json \
        "$@" >$work/log 2>&1 || fail "$(cat $work/log)"
    # certaudit ends with 1 if it finds failures.
    jq -e 'all(.results[].exit_codes[]; . == 0 or . == 1)' $work/times.json >/dev/null ||
        fail "a command failed: $(jq -c '.results[] | [.command, .exit_codes]' $work/times.json)"
    medians=$(jq -r '[.results[].median] | join(" ")' $work/times.json)
}

peak() { # COMMAND...: its maximum resident set size, in KiB
    status=0
    env time -f %M -o $work/peak "$@" >/dev/null 2>&1 || status=$?
    [ $status -le 1 ] || fail "status $status: $*"
    tail -n 1 $work/peak
}

# row WORK AGAINST UNIT OURS THEIRS faster|of BAR AIM: how many times faster, or which part of theirs.
row() {
    awk -v work="$1" -v against="$2" -v unit="$3" -v ours="$4" -v theirs="$5" -v kind="$6" \
        -v bar="$7" -v aim="$8" '
        function reached(limit) { return kind == "faster" ? ratio >= limit : ratio <= limit }
        BEGIN {
            ratio = kind == "faster" ? theirs / ours : ours / theirs
            sign = kind == "faster" ? ">=" : "<="
            printf "%s\t%s\t%.4g %s\t%.4g %s\t%.2f\t%s %s\t%s %s\t%s\n", work, against, ours, unit,
                theirs, unit, ratio, sign, bar, sign, aim,
                reached(aim) ? "met, aim too" : reached(bar) ? "met" : "missed"
        }' >>$work/rows
}

pending="jq -c 'select(.Certificate.Status==\"PENDING_VALIDATION\")|.Certificate.CertificateArn'"

rows_documents() {
    documents one.json "$count"
    compare -N "$certaudit one.json" "$certaudit one.json -o $work/one.csv" "$pending one.json" \
        'sha256sum one.json'
    set -- $medians
    row "$count documents to the terminal" 'jq, a filter' s "$1" "$3" faster 7 8.5
    row "$count documents to the terminal" sha256sum s "$1" "$4" of 0.6 0.5
    row "$count documents to CSV" 'jq, a filter' s "$2" "$3" faster 5 6
    row "$count documents to CSV" sha256sum s "$2" "$4" of 0.9 0.75
}

rows_lines() {
    documents one.jsonl "$count" --lines
    compare -N "$certaudit one.jsonl" "$pending one.jsonl"
    set -- $medians
    row "$count JSON Lines to the terminal" 'jq, a filter' s "$1" "$2" faster 5.5 6.5
}

rows_files() {
    files=$((count / 5))
    folders files $files
    # With a shell, whose own time hyperfine subtracts.
    compare "$certaudit files" 'find files -type f -print0 | xargs -0 cat >/dev/null'
    set -- $medians
    row "$files files to the terminal" 'find, cat' s "$1" "$2" of 0.8 0.5
}

memory() { # NAME COUNT
    documents "$1" "$2"
    for format in csv xlsx; do
        used=$(peak $certaudit "$1" -o $work/peak.$format)
        row "memory of $2 documents to $format" '64 MiB + 1.6 KiB each' MiB \
            "$(awk "BEGIN { print $used / 1024 }")" \
            "$(awk "BEGIN { print 64 + 1.6 * $2 / 1024 }")" of 1 0.5
    done
}

rows_memory() {
    memory tenth.json $((count / 10))
    memory one.json "$count"
    memory ten.json $((count * 10))
}

rows_growth() {
    documents one.json "$count"
    documents ten.json $((count * 10))
    compare -N "$certaudit one.json -o $work/one.csv" "$certaudit ten.json -o $work/ten.csv"
    set -- $medians
    row "$((count * 10)) documents to CSV" "$count documents" s "$2" "$1" of 11 10
}

rows_xlsx() {
    documents one.json "$count"
    status=0
    $certaudit one.json --pack $work/pack >/dev/null 2>&1 || status=$?
    [ $status -le 1 ] || fail "status $status: a pack"
    tables=
    for table in findings certificates controls coverage evidence; do
        tables="$tables $work/pack/$table.csv"
    done
    compare -N "$certaudit one.json -o $work/one.xlsx" "$loop $work/loop.xlsx $work/scratch$tables" \
        "$certaudit one.json -o $work/one.csv -o $work/one.md -o $work/one.xlsx"
    set -- $medians
    row "$count findings to XLSX" 'libxlsxwriter, a loop' s "$1" "$2" of 1.3 1.1
    row "$count findings to CSV, Markdown, XLSX" 'XLSX alone' s "$3" "$1" of 1.15 1.0
}

rows_small() {
    documents small.json 10
    compare -N "$certaudit small.json" 'jq . small.json'
    set -- $medians
    row '10 documents to the terminal' 'jq .' s "$1" "$2" of 2 1
}

for name in $rows; do
    echo "bench: $name" >&2
    "rows_$name"
done

{
    printf 'work\tagainst\tours\ttheirs\tratio\tbar\taim\tresult\n'
    cat $work/rows
} | awk -F '\t' '
    {
        for (i = 1; i <= NF; i++) {
            cell[NR, i] = $i
            width[i] = length($i) > width[i] ? length($i) : width[i]
        }
    }
    END {
        for (line = 1; line <= NR; line++) {
            for (i = 1; i < NF; i++)
                printf (i > 2 && i < 6 ? "%" : "%-") width[i] "s  ", cell[line, i]
            print cell[line, NF]
        }
    }'
[ "${BENCH_STRICT:-0}" != 1 ] || ! grep -q 'missed$' $work/rows
