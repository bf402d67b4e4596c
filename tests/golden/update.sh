#!/bin/sh
# update.sh [CASE...]: writes what the golden cases (all where none is named) must give from what
# they give now, and says which of them changed. On purpose only: read the difference before it is
# committed. $CERTAUDIT is the program, build/certaudit where that is not set.
set -eu

cd "$(dirname "$0")/../.."
CERTAUDIT=$(realpath "${CERTAUDIT:-build/certaudit}")
export CERTAUDIT TZ=UTC0 LC_ALL=C
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

if test $# -eq 0; then
    set -- tests/golden/*/
fi
for path; do
    name=$(basename "$path")
    case=tests/golden/$name
    mkdir "$folder/$name"
    tests/golden/run.sh "$case" "$folder/$name"
    if diff -r -q -x args -x stdin -x input "$case" "$folder/$name/actual" > /dev/null; then
        continue
    fi
    echo "changed: $name"
    find "$case" ! -path "$case" -prune ! -name args ! -name stdin ! -name input \
        -exec rm -r {} \;
    cp -R "$folder/$name/actual/." "$case"
done
