# mutation.jq: what an evidence file means, by the tables of the manual; shares nothing with the
# program. check_mutation_flips.c compares the program with it. A line of input has the documents of
# a file, as strings, and the number of colons in them outside of strings. A line of output has the
# findings; null if the file is not JSON or has no documents.

def cutoff: 1396310400;     # 2014-04-01T00:00:00Z
def disclosure: 1396915200; # 2014-04-08T00:00:00Z
def as_of: 1795132800;      # 2026-11-20T00:00:00Z
def hours: 3600;

# null and "" count as absent.
def member($name): if type == "object" then .[$name] else null end | if . == "" then null else . end;
def text($name): member($name) | if type == "string" then . else null end;

# A timestamp: whole seconds, whether there is a fraction, whether the text has a time zone. It is
# only compared with whole seconds.
def leap($y): $y % 4 == 0 and ($y % 100 != 0 or $y % 400 == 0);
def month_days($y; $m): [31, (if leap($y) then 29 else 28 end), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][$m - 1];
def days_before($y; $m):
  ($y - 1) as $p
  | $p * 365 + ($p / 4 | floor) - ($p / 100 | floor) + ($p / 400 | floor) - 719162
    + ([range(1; $m) | month_days($y; .)] | add // 0);
def in_range: select(.seconds >= -62135596800 and .seconds < 253402300800);
# Z, +05:45, -0330, -08; null if there is none.
def offset:
  if . == null or . == "Z" then 0
  else (.[1:3] | tonumber) as $hours | (.[3:] | ltrimstr(":") | if . == "" then 0 else tonumber end) as $minutes
    | select($hours < 24 and $minutes < 60)
    | (if .[0:1] == "-" then -1 else 1 end) * ($hours * 3600 + $minutes * 60)
  end;
# YYYY-MM-DD, T or a space, hh:mm[:ss[.fraction]], then nothing or a time zone.
def written:
  select(test("\\A[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?\\z"))
  | .[16:] as $rest | ($rest | index("Z") // index("+") // index("-")) as $at
  | (if $at == null then null else $rest[$at:] end) as $zone
  | (if $at == null then $rest else $rest[:$at] end) as $clock
  | [.[0:4], .[5:7], .[8:10], .[11:13], .[14:16], ($clock[1:3] | if . == "" then "0" else . end) | tonumber]
  | . as [$year, $month, $day, $hour, $minute, $second]
  | select($month >= 1 and $month <= 12 and $day >= 1 and $day <= month_days($year; $month))
  | select($hour < 24 and $minute < 60 and $second < 60)
  | ($zone | offset) as $offset
  | {seconds: ((days_before($year; $month) + $day - 1) * 86400 + $hour * 3600 + $minute * 60 + $second - $offset),
     more: ($clock[4:] | explode | any(. != 48)), zone: ($zone != null),
     fraction: ($clock[4:] | sub("0+\\z"; ""))};
def epoch: {seconds: floor, more: (floor != .), zone: true, fraction: (. - floor | if . == 0 then "" else . end)};
# null if it is absent or cannot be read.
def timestamp($name):
  [member($name) | if type == "string" then written elif type == "number" then epoch else empty end
   | in_range] | first;
def before($whole): .seconds < $whole;
def after($whole): .seconds > $whole or (.seconds == $whole and .more);

# The service of an ARN; null if it is not one.
def arn_service: if type == "string" and startswith("arn:") then split(":") else [] end
  | if length < 6 then null else .[2] end;
def present($names): [member($names[]) | values] | .[0];
def is_other($service; $names): present($names) | arn_service | . != null and . != $service;
def is_of_other_service($kind):
  if $kind == "iam" then is_other("iam"; ["Arn", "CertificateArn"])
  else is_other("acm"; ["CertificateArn", "Arn"]) end;

# The records of a document; a document of two kinds has none.
def record($kind): objects | select(is_of_other_service($kind) | not) | {kind: $kind, record: .};
def whole($kind): [select(type == "object" and length > 0) | record($kind)];
def wraps_record:
  present(["Arn", "CertificateArn"]) == null and
  any(member("Certificate", "ServerCertificate", "ServerCertificateMetadata"); type == "object");
def list($kind):
  [if type == "array" then .[] | select(wraps_record | not) | record($kind) else empty end];
def count($names): [member($names[]) | values] | length;
def is_acm: member("CertificateArn") | arn_service == "acm";
def is_description:
  is_acm or length == 0 or
  (count(["Status", "Type", "DomainValidationOptions", "SubjectAlternativeNames", "NotAfter"]) >= 2 and
   (is_of_other_service("description") | not));
def has_description:
  count(["DomainValidationOptions", "SubjectAlternativeNames", "Subject", "Issuer", "RenewalSummary"]) > 0;
def has_summary: count(["Status", "DomainName", "Type"]) > 0;
def records:
  [(member("ServerCertificateMetadataList") | values | list("iam")),
   (member("ServerCertificate") | member("ServerCertificateMetadata") | values | whole("iam")),
   (member("ServerCertificateMetadata") | values | whole("iam")),
   (select(member("Arn") != null and member("ServerCertificateId") != null and
           (is_of_other_service("iam") | not)) | whole("iam")),
   (member("Certificate") | objects | select(is_description) | whole("description")),
   (member("CertificateSummaryList") | values | list("summary")),
   (select(type == "object" and is_acm)
    | if has_description then whole("description") elif has_summary then whole("summary")
      else empty end)]
  | if length == 1 then .[0][] else empty end;

# The tables of the rules: the first match decides.
def iam_033:
  timestamp("UploadDate") as $uploaded
  | if text("Arn") == null then ["UNKNOWN", "arn-unknown"]
    elif $uploaded == null or ($uploaded | (.zone | not) and after(cutoff - 14 * hours)
                                           and before(cutoff + 14 * hours))
      then ["UNKNOWN", "upload-date-unknown"]
    elif $uploaded | before(cutoff) then ["FAIL", "uploaded-before-cutoff"]
    elif $uploaded | before(disclosure) then ["PASS", "uploaded-near-disclosure"]
    else ["PASS", "uploaded-after-cutoff"] end;

def is_none_of(names): . as $value | all(names; . != $value);
# The state of the renewal, the worst first: RenewalSummary.RenewalStatus, or the RenewalStatus beside
# Status if that is worse.
def renewal_rank:
  if . == "PENDING_VALIDATION" or . == "FAILED" then 0 elif . == "PENDING_AUTO_RENEWAL" then 2
  elif . == "SUCCESS" then 3 else 1 end;
def renewal:
  .RenewalSummary as $summary
  | (if $summary == null then {rank: 4, status: null}
     elif ($summary | type) == "object" then $summary | member("RenewalStatus") | {rank: renewal_rank, status: .}
     else {rank: 1, status: $summary} end) as $inner
  | (.RenewalStatus | if . == null then {rank: 4} else {rank: renewal_rank, status: .} end) as $beside
  | if $beside.rank < $inner.rank then $beside else $inner end;
def is_whole: (member("InUseBy") | type == "array" or type == "string") and (member("Options") | type == "object")
  and (member("RenewalEligibility") | type == "string");
def past_request_time: timestamp("CreatedAt") as $created | $created != null and ($created.seconds + 72 * hours) < as_of;
def issued:
  timestamp("NotAfter") as $expiry
  | if $expiry != null and ($expiry | before(as_of)) then ["UNKNOWN", "past-not-after"]
    elif member("Type") != "AMAZON_ISSUED" then ["UNKNOWN", "type-unknown"]
    elif $expiry == null then ["UNKNOWN", "not-after-unknown"]
    elif renewal.rank == 4 and (is_whole | not) then ["UNKNOWN", "renewal-not-shown"]
    elif renewal.rank == 2 then ["PASS", "renewal-under-way"]
    else (.UpdateSummary | member("Status")) as $update
      | ["PASS", if $update == "PENDING_DOMAIN_VALIDATION" then "method-change-pending"
                 elif $update == "FAILED" then "method-change-failed" else "nothing-pending" end] end;
def acm_005($kind):
  member("Status") as $status | renewal as $renewal | member("Type") as $type
  | ($type == "IMPORTED" or $type == "PRIVATE") as $foreign
  | if text("CertificateArn") == null then ["UNKNOWN", "arn-unknown"]
    elif $status == "PENDING_VALIDATION" then
      ["FAIL", if past_request_time then "request-pending-past-72h" else "request-pending" end]
    elif $status == "VALIDATION_TIMED_OUT" then ["FAIL", "request-timed-out"]
    elif $status == "FAILED" then ["FAIL", "request-failed"]
    elif $status | is_none_of("ISSUED", "INACTIVE", "EXPIRED", "REVOKED")
      then ["UNKNOWN", "status-unknown"]
    elif $renewal.rank == 1 then ["UNKNOWN", "renewal-unknown"]
    elif $renewal.status == "PENDING_VALIDATION" then ["FAIL", "renewal-pending"]
    elif $renewal.status == "FAILED" then ["FAIL", "renewal-failed"]
    elif $kind == "summary" then
      if $foreign then ["NOT_APPLICABLE", "not-validated-by-acm"] else ["UNKNOWN", "listed-only"] end
    elif $status != "ISSUED" then ["NOT_APPLICABLE", "ended"]
    elif $foreign then ["NOT_APPLICABLE", "not-validated-by-acm"]
    else issued end;

# What tells certificates with one masked ARN apart.
def time_of($name): timestamp($name) as $time
  | if $time != null then [$time.seconds, $time.fraction] else member($name) end;
def observation:
  .kind as $kind | .record
  | if $kind == "iam"
    then {rule: "IAM-033", arn: text("Arn"), id: (text("ServerCertificateId") // ""), says: iam_033,
          identity: [text("ServerCertificateName"), time_of("UploadDate")], serial: null}
    else timestamp("NotAfter") as $expiry
      | {rule: "ACM-005", arn: text("CertificateArn"), id: "", says: acm_005($kind), status: member("Status"),
         type: member("Type"), renewal: renewal, expired: (if $expiry == null then null else $expiry | before(as_of) end),
         identity: [text("DomainName"), time_of("CreatedAt")],
         serial: (if $kind == "description" then text("Serial") else null end)} end
  | .kind = $kind;
def is_cut_down: .says[1] == "renewal-not-shown";

# A certificate with several records: a description replaces the summaries that do not contradict it,
# and the descriptions that were cut down; the worst of the remaining records decides.
def completes($brief):
  ($brief.status == null or $brief.status == .status) and
  ($brief.type == null or .type == null or $brief.type == .type) and
  ($brief.expired == null or .expired == null or $brief.expired == .expired) and
  ($brief.renewal.rank == 4 or (is_cut_down and $brief.renewal.rank > 1) or $brief.renewal == .renewal);
def counts($descriptions):
  . as $seen
  | if .kind == "summary" then $descriptions | any(completes($seen)) | not
    elif is_cut_down then $descriptions | any((is_cut_down | not) and completes($seen)) | not
    else true end;
def decided:
  [.[] | select(.kind == "description")] as $descriptions
  | map(select(counts($descriptions)))
  | min_by(.says[0] as $result | ["FAIL", "UNKNOWN", "PASS", "NOT_APPLICABLE"] | index($result));

# Records with one masked ARN, in parts that can be one certificate each.
def is_masked:
  split(":") as $fields
  | (if ($fields | length) >= 6 then [$fields[4], ($fields[5:] | join(":"))] else [.] end)
  | any(ascii_downcase | contains("*") or contains("xxxx") or contains("redacted"));
def kinds(value): [.[] | value | values] | unique | length;
def parts:
  group_by(.identity)[] | if kinds(.serial) > 1 then group_by(.serial)[] else . end;
def certificates:
  if .[0].arn == null then .[]
  elif (.[0].arn | is_masked)
       and (kinds(.identity[0]) > 1 or kinds(.identity[1]) > 1 or kinds(.serial) > 1)
  then parts | decided | if .says[0] == "FAIL" then . else .says = ["UNKNOWN", "identity-redacted"] end
  else decided end;
def findings:
  [.[] | if type == "array" then .[] else . end | records | observation]
  | [(group_by([.rule, .arn, .id])[] | certificates)
     | "\(.rule) \(.arn // "") \(.id) \(.says[0]) \(.says[1])"]
  | sort;

# A name that occurs twice in an object is one member here, but has two colons.
def judged:
  .colons as $colons | [.texts[] | fromjson]
  | if ([.. | objects | length] | add // 0) == $colons then findings else null end;

if .texts == [] then null else try judged catch null end
