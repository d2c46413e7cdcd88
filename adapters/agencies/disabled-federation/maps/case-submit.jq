# An application becomes a line of the next file.
# What the backend calls the forms' fields.
def names: {
  "kind": "cjlb",
  "hospital": "pdyy",
  "door": "smpd",
  "guardian": "jhr",
  "stable": "wbh",
  "receive_by": "lqfs",
  "deliver_to": "yjdz",
  "reason": "yy",
  "declared": "yssm",
  "direction": "bglx",
  "story": "ms",
  "other_place": "wdcl",
  "moved_on": "hjrq",
  "family": "jtlx",
  "bank": "khyh",
  "account": "yhzh",
  "care": "zhfs",
  "carer": "zhr",
  "device": "qjbh",
  "home": "smfw",
  "vehicle": "clph",
  "year": "nd",
  "child": "etxm",
  "child_id": "etzjh",
  "need": "jzxm",
  "institution": "jgmc",
  "ownership": "fwqs",
  "wishes": "gzyx",
  "visit": "rhrq"
};
def written($key):
  if $key | . == "moved_on" or . == "visit" then date_out
  elif . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    fwdm: .service,
    wbbh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    sqnr: (.answers // {} | to_entries | sort_by(.key) | map((names[.key] // .key) + "=" + (.key as $key | .value | written($key) | tostring)) | join(";") | if . == "" then null else . end),
    cl: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
