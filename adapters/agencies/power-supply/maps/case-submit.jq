# An application, handed in.
# What the backend calls the forms' fields.
def names: {
  "address": "ydz",
  "capacity": "rl",
  "visit": "smrq",
  "customer": "hh",
  "former": "yhm",
  "reading": "dbds",
  "fault": "gzlx",
  "place": "dz",
  "story": "ms",
  "kind": "bzlx"
};
def written($key):
  if $key | . == "visit" then date_out
  elif . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    wblsh: .case,
    sqsj: (.submitted | date_to("yyyyMMddHHmmss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    nr: (.answers // {} | to_entries | sort_by(.key) | map((names[.key] // .key) + "=" + (.key as $key | .value | written($key) | tostring)) | join(";") | if . == "" then null else . end),
    clqd: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
