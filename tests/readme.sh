#!/bin/sh
# readme.sh README PROGRAM: whether each line that the README shows as output, between its `run:`
# marks, is what the program prints. Works in the present folder, which holds a copy of fixtures/.
# Prints the lines that are not, and fails.
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
    inside && open && !/^\$ / && !/^    --/ && !/^\.\.\.$/ { print }' "$readme" > shown
test "$(wc -l < shown)" -gt 60
grep -vxFf printed shown > missing || test $? -eq 1
cat missing
test ! -s missing
