#!/bin/sh
# full.sh PROGRAM EXPORTS: writes reports to a full file system, of one size after another. Prints a
# line that begins with WRONG for each run that left anything but the old reports or the new ones.
set -eu

if [ "${3-}" != inside ]; then
    if unshare --mount true 2>/dev/null; then
        exec unshare --mount sh "$0" "$1" "$2" inside
    fi
    echo 'skipped: fault_injection: a full disk: no file system can be mounted here'
    exit
fi

program=$1 exports=$2 names='report.csv report.md report.xlsx'
base=$(mktemp -d)
trap 'rm -rf "$base"' EXIT
mkdir "$base/disk" "$base/new"

report() { # to the current folder
    "$program" "$exports" --as-of 2026-11-20T00:00:00Z \
        -o report.csv -o report.md -o report.xlsx 2>"$base/err"
}

(cd "$base/new" && report) || test $? -eq 1

refused=0 whole=0
try() { # OPTIONS of the file system
    mount -t tmpfs -o "$1" none "$base/disk" 2>/dev/null || return 1
    for name in $names; do echo 'the old report' >"$base/disk/$name"; done
    status=0
    (cd "$base/disk" && report) || status=$?
    found=$(cd "$base/disk" && echo $(ls -A))
    for name in $names; do
        if [ $status -eq 2 ]; then
            echo 'the old report' | cmp -s - "$base/disk/$name" || found="$found (lost $name)"
        else
            cmp -s "$base/new/$name" "$base/disk/$name" || found="$found (half $name)"
        fi
    done
    case $status in
    1) whole=$((whole + 1)) ;;
    2) refused=$((refused + 1)) ;;
    *) found="$found (status $status)" ;;
    esac
    [ "$found" = "$names" ] && [ -s "$base/err" ] || echo "WRONG: $1: $found: $(cat "$base/err")"
    umount "$base/disk"
}

try size=4m || {
    echo 'skipped: fault_injection: a full disk: no file system can be mounted here'
    exit
}
size=16
while [ $size -le 640 ]; do
    try size=${size}k
    size=$((size + 16))
done
files=4
while [ $files -le 18 ]; do
    try nr_inodes=$files
    files=$((files + 1))
done
[ $refused -gt 5 ] && [ $whole -gt 1 ] || echo "WRONG: $refused refused, $whole whole"
echo "fault_injection: full disks: $refused sizes refused, $whole whole"
