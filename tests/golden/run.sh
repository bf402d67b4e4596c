#!/bin/sh
# run.sh CASE FOLDER: runs the golden case CASE, a folder of this one, and leaves what came out in
# FOLDER/actual: `status`, `stdout` and `stderr` where they are not empty, and every file that the
# run wrote, under its own name; of a workbook NAME.xlsx its sheets as text, NAME.xlsx.csv.
# A case holds `args` (one argument a line), where it needs them `stdin` and more input files under
# `input/`, and what must come out. It runs in a folder that holds copies of `input/*` and of what
# it names of fixtures/, both taken away again, so that what is left was written.
# $CERTAUDIT is the program, absolute. Run from the checkout.
set -eu

case=$1
folder=$2
checkout=$PWD

mkdir "$folder/actual" "$folder/work"
mkdir "$folder/work/fixtures"
if test -d "$case/input"; then
    cp -R "$case/input/." "$folder/work"
fi

input=/dev/null
if test -f "$case/stdin"; then
    input=$checkout/$case/stdin
fi
set --
while IFS= read -r argument; do
    set -- "$@" "$argument"
    case $argument in
    fixtures/*) test ! -e "$argument" || cp -R "$argument" "$folder/work/fixtures" ;;
    esac
done < "$case/args"

status=0
(cd "$folder/work" && exec "$CERTAUDIT" "$@") \
    < "$input" > "$folder/stdout" 2> "$folder/stderr" || status=$?
echo "$status" > "$folder/actual/status"
for stream in stdout stderr; do
    if test -s "$folder/$stream"; then
        mv "$folder/$stream" "$folder/actual/$stream"
    fi
done

rm -r "$folder/work/fixtures"
if test -d "$case/input"; then
    find "$case/input" ! -path "$case/input" -prune \
        -exec sh -c 'rm -r "$1/$(basename "$2")"' sh "$folder/work" {} \;
fi
find "$folder/work" -name '*.xlsx' | while IFS= read -r workbook; do
    xlsx2csv --all --dateformat '%Y-%m-%dT%H:%M:%S.%fZ' "$workbook" |
        sed 's/\.000000Z/Z/g' > "$workbook.csv"
    rm "$workbook"
done
find "$folder/work" ! -name work -prune -exec mv {} "$folder/actual" \;
