# An application, handed in.
# What the backend calls the forms' fields.
def names: {
  "violation": "wfxh",
  "plate": "hphm",
  "driver": "jsr",
  "facts": "qrss",
  "told": "tzqr",
  "electronic": "dzsd",
  "ground": "sssy",
  "statement": "ssnr",
  "cause": "yqyy",
  "put_off_until": "yqz",
  "way": "xxfs",
  "done": "wcrq",
  "record": "xxjlh",
  "at_day": "sgrq",
  "place": "sgdd",
  "other_plate": "dfhphm",
  "injured": "sfsr",
  "share": "zrgx",
  "story": "sgjg",
  "stands": "tfdd",
  "blocked": "zdqk",
  "goods": "hwmc",
  "route": "xslx",
  "from": "ksrq",
  "until": "jsrq",
  "hours": "sjd",
  "kind": "wflx",
  "seen_on": "wfrq",
  "spot": "wfdd",
  "agree": "tykt",
  "level": "xjdj"
};
def written($key):
  if $key | . == "put_off_until" or . == "done" or . == "at_day" or . == "from" or . == "until" or . == "seen_on" then date_out
  elif . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
# Nothing is found where the answer says so, not where it is cut short.
def entries($name):
  if . == "" then []
  elif isobject then .[$name] | if . == null then error("the list is missing") else list end
  else error("the list is missing") end;

{
    jkid: .service,
    ywbh: .case,
    sqsj: (.submitted | date_out),
    xm: .person.name,
    sfzmhm: .person.identity_number,
    sjhm: .person.phone_number,
    sqnr: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) })),
    clxx: ([.files // [] | .[] | { clmc: (.paper // .name), wjbh: .id, wjmc: .name, wjzy: .sha256 }] | if length == 0 then null else . end)
} | known
