#!/bin/sh
# readme.sh README PROGRAM: whether each line that the README shows as output, between its `run:`
# marks, is what the program prints, and whether its rules are those that the program explains.
# Works in the present folder, which holds a copy of fixtures/. Prints the lines that are not, and
# fails.
set -eu

readme=$1
program=$2
engagement=fixtures/engagement
LC_ALL=C
export LC_ALL

{
    "$program" fixtures/example --as-of 2026-11-20T00:00:00Z || test $? -eq 1
    "$program" fixtures/example --as-of 2026-11-20T00:00:00Z --scope $engagement/scope.csv \
        --waivers $engagement/waivers.csv --baseline $engagement/baseline.csv --pack pack ||
        test $? -eq 1
    cat pack/requests.md
    # Of changes.csv the README leaves out ref and arn.
    tr -d '\r' < pack/changes.csv | cut -d, -f1,3,5-
    # Of findings.csv it shows one row, a column on a line.
    tr -d '\r' < pack/findings.csv | awk -F '","' '{ gsub(/^"|"$/, "") }
        NR == 1 { split($0, names) }
        $1 == "F-624c4dfc" { for (i = 1; i <= NF; i++) printf "%-17s  %s\n", names[i], $i }'
    tail -n +68 fixtures/example/production-111122223333/us-east-1/describe-certificates.json |
        jq -n 'input.Certificate.RenewalSummary.RenewalStatus'
    ls -C -T 0 -w 72 pack
    (cd pack && sha256sum -c SHA256SUMS)
} > printed 2>&1

# Lines within the outermost fences; commands and omissions apart.
awk 'function length_of_fence(line) { match(line, /^`+/); return RLENGTH }
    /^<!-- run:/ { inside = 1 }
    /^<!-- end of run/ { inside = 0 }
    inside && /^```/ {
        fence = length_of_fence($0)
        if (open == 0 || open == fence) { open = open == 0 ? fence : 0; next }
    }
    inside && open && (goes_on || /^\$ /) { goes_on = /[\\|]$/; next }
    inside && open && !/^\.\.\.$/ { print }' "$readme" > shown
test "$(wc -l < shown)" -gt 60
grep -vxFf printed shown > missing || test $? -eq 1

# The rules as the README's tables have them, in no order.
for rule in $("$program" --list-rules | cut -d ' ' -f 1); do "$program" --explain "$rule"; done |
    awk '/^[A-Z]+-[0-9]+ / { title = $0 }
        /^Severity / { print "### " title " (" $2 ")" }
        /^[A-Z]/ { conditions = /^Conditions$/ }
        conditions && NF > 2 {
            result = $1
            condition = $2
            sub(/^ *[^ ]+ +[^ ]+ +/, "")
            print "| " result " | `" condition "` | " $0 " |"
        }' | sort > explained
test "$(wc -l < explained)" -gt 20
sed -n '/^<!-- rules/,/^<!-- end of rules/p' "$readme" |
    grep -E '^(###|[|] [A-Z])' | sort | diff - explained >> missing || test $? -eq 1
cat missing
test ! -s missing
