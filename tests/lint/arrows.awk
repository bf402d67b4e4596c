# arrows.awk: checks the includes of src/ and formats/ against the table of rooms, and refuses
# cycles between headers and between modules (a .c file with its header). Fails if it prints an
# offence.
#
#     awk -f tests/lint/arrows.awk FILE...

BEGIN {
    # a room      may include, apart from itself
    allow("base", "")
    allow("evidence", "base")
    allow("rules", "base evidence")
    allow("audit", "base evidence rules")
    allow("report", "base evidence rules audit")
    allow("cli", "base evidence rules")

    allow("json", "base evidence")
    allow("aws", "base evidence json")
    allow("ingest", "base evidence json aws")
    allow("writer", "")
    allow("csv", "base report writer")
    allow("csv/read", "base rules audit csv") # csv/read_*: the auditor's own files
    allow("xlsx", "base report writer")
    allow("markdown", "base report writer")
    allow("terminal", "base report")
    allow("pack", "base report csv markdown writers")
    allow("writers", "base report writer csv")
    allow("outputs", "base report pack writers")
    allow("main", "base evidence rules audit report cli ingest csv/read terminal pack writers " \
        "outputs")
}

function allow(room, rooms) {
    allowed[room] = " " rooms " "
}

# src/audit/order.c is the module audit/order, in the room audit; formats/writers.h is both the
# module and the room writers.
function module(path) {
    sub(/^(src|formats)\//, "", path)
    sub(/\.[ch]$/, "", path)
    return path
}

function room(path) {
    path = module(path)
    if (path ~ /^csv\/read_/)
        return "csv/read"
    sub(/\/.*/, "", path)
    return path
}

FNR == 1 && FILENAME ~ /\.c$/ {
    has_code[module(FILENAME)] = 1
}

/^#include "/ {
    split($0, part, "\"")
    from = room(FILENAME)
    to = room(part[2])
    if (from != to && index(allowed[from], " " to " ") == 0) {
        printf "%s:%d: %s may not include %s (%s); it may include:%s\n", FILENAME, FNR, from, to,
            part[2], allowed[from] ~ /^ *$/ ? " nothing" : allowed[from]
        failed = 1
    }
    from = module(FILENAME)
    to = module(part[2])
    if (FILENAME ~ /\.h$/)
        includes[from ".h"] = includes[from ".h"] " " to ".h"
    if (from != to)
        includes[from] = includes[from] " " to
}

# Depth first: whatever is met again while it is still open is in a cycle. A header without code of
# its own is part of the modules that include it.
function visit(name, path,    names, i, count) {
    if (state[name] == "open") {
        path = path name
        sub(".* " name " -> ", name " -> ", path)
        print "include cycle: " path
        failed = 1
    }
    if (state[name] != "" || (name !~ /\.h$/ && !has_code[name]))
        return
    state[name] = "open"
    count = split(includes[name], names, " ")
    for (i = 1; i <= count; i++)
        visit(names[i], path name " -> ")
    state[name] = "done"
}

END {
    for (name in includes)
        visit(name, " ")
    exit failed
}
