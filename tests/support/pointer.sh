#!/bin/sh
# pointer.sh FOLDER: for each finding in the JSON array FOLDER/wanted.json, jq resolves
# evidence_file, evidence_document and evidence_pointer, and compares the value with `observed`.
# FOLDER/wanted.files lists the evidence files. Prints a line for each value that differs, and
# fails. Run from the checkout.
set -eu

as_utf8() {
    case $(od -An -tx1 -N2 "$1" | tr -d ' ') in
    fffe) tail -c +3 "$1" | iconv -f UTF-16LE -t UTF-8 ;;
    feff) tail -c +3 "$1" | iconv -f UTF-16BE -t UTF-8 ;;
    *) cat "$1" ;;
    esac
}

# The documents of a file up to its first error; a top-level array counts as its elements. They are
# built from jq's stream of events, because jq's parser of whole values returns nothing of an array
# with an error, and stops at 256 levels.
# shellcheck disable=SC2016 # the dollar signs belong to jq
program='
def events: label $stop | repeat(try input catch break $stop);
def documents:
  fromstream(events
    | if (.[0][0] | type) != "number" then select(. != [[], []])
      elif length == 2 or (.[0] | length) > 1 then .[0] |= .[1:]
      else empty end);
def step($token):
  if type == "array" and ($token | test("^(0|[1-9][0-9]*)$")) and ($token | tonumber) < length
    then .[$token | tonumber]
  elif type == "object" and has($token) then .[$token]
  else error("nothing at \($token)") end;
def resolve($pointer):
  if $pointer == "" or ($pointer | startswith("/")) then . else error("no pointer") end
  | reduce ($pointer | split("/")[1:][] | gsub("~1"; "/") | gsub("~0"; "~")) as $token
      (.; step($token));
def lacks($condition):
  { "arn-unknown": ["Arn", "CertificateArn"], "upload-date-unknown": ["UploadDate"],
    "status-unknown": ["Status"], "renewal-unknown": ["RenewalStatus"], "type-unknown": ["Type"],
    "not-after-unknown": ["NotAfter"],
    "renewal-not-shown": ["RenewalSummary", "RenewalStatus"] }[$condition] as $names
  | type == "object" and $names != null and all(.[$names[]]; . == null or . == "");
def fits($wanted):
  if $wanted.observed == "absent" and type == "object" then lacks($wanted.condition)
  elif type == "string" then . == $wanted.observed
  elif type == "number" then . == ($wanted.observed | tonumber)
  else . == ($wanted.observed | fromjson) end;
[documents] as $documents
| $all[0][] | select(.evidence_file == $file) | . as $wanted
| try (($wanted.evidence_document | tonumber) as $number
       | if $number < 1 or $number > ($documents | length) then error("no such document") else . end
       | $documents[$number - 1] | resolve($wanted.evidence_pointer)
       | if fits($wanted) then empty else error("holds \(tojson)") end)
  catch "\($wanted | tojson): \(.)"'

wanted=$1/wanted.json
sort -u "$1/wanted.files" | {
    status=0
    while IFS= read -r file; do
        problems=$(as_utf8 "$file" |
            jq -rn --stream --arg file "$file" --slurpfile all "$wanted" "$program")
        test -z "$problems" || {
            printf '%s: %s\n' "$file" "$problems"
            status=1
        }
    done
    exit "$status"
}
