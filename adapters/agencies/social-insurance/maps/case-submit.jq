# An application, handed in.
# What the backend calls the forms' fields.
def names: {
  "kinds": "xz",
  "from": "qsny",
  "until": "zzny",
  "purpose": "yt",
  "base": "jfjs",
  "term": "jfzq",
  "bank": "khyh",
  "account": "yhzh",
  "grade": "jfdc",
  "from_place": "zcd",
  "former_number": "ygrbh",
  "month": "txny",
  "kind": "txlb",
  "file_place": "dacf",
  "signed": "qrqz",
  "way": "rzfs",
  "live": "jzd",
  "alive": "qrbr",
  "reason": "yy",
  "deceased": "gzxm",
  "deceased_id": "gzzjh",
  "died_on": "swrq",
  "relation": "gx",
  "left_on": "lzrq",
  "job": "qzyx",
  "injury": "rdsbh",
  "hospital": "yymc",
  "amount": "fyze",
  "receive_by": "lkfs",
  "deliver_to": "lkdz",
  "action": "czlx",
  "sure": "qr",
  "item": "bgxm",
  "new_value": "bgh"
};
def written($key):
  if $key | . == "base" or . == "amount" then amount_out
  elif $key | . == "died_on" or . == "left_on" then date_out
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
