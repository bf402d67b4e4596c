#!/bin/sh
# readme.sh README: runs the commands of the README's `console` blocks, in order, in the current
# folder, and checks the output that it quotes. A command begins with `$ ` and continues after a
# backslash or a pipe; its status must be 0 or 1; `...` stands for omitted lines. Prints what was
# expected but not printed, and fails.
set -u

export LC_ALL=C
awk '
    /^ *```console$/ { indent = index($0, "`"); inside = 1; next }
    inside { $0 = substr($0, indent) } # blocks in a list are indented
    /^```$/ { inside = 0 }
    !inside { next }
    continued { command = command "\n" $0 }
    !continued && /^\$ / { number++; command = substr($0, 3) }
    continued || /^\$ / {
        continued = command ~ /[\\|]$/
        if (!continued)
            print command > sprintf("command-%02d", number)
        next
    }
    { print > sprintf("expected-%02d", number) }' "$1"

failed=0
for script in command-*; do
    number=${script#command-}
    touch "expected-$number"
    if sh "$script" > "printed-$number" 2>&1 || test $? -eq 1; then
        # The quoted lines in order; without `...`, nothing else.
        awk '
            BEGIN { count = found = 0 }
            FILENAME == ARGV[1] { if ($0 == "...") omits = 1; else expected[count++] = $0; next }
            found < count && $0 == expected[found] { found++; next }
            !omits { print "not quoted: " $0; extra = 1 }
            END {
                if (found < count)
                    print "expected: " expected[found]
                exit found < count || extra
            }' "expected-$number" "printed-$number"
    else
        echo "expected: status 0 or 1"
        false
    fi > missing || {
        printf '$ %s\n' "$(cat "$script")"
        cat missing "printed-$number"
        failed=1
    }
done
test "$number" -ge 6 || { echo "expected 6 commands or more, found $number"; failed=1; }
exit $failed
