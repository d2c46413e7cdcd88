# An application, handed in.
# What the backend calls the forms' fields.
def names: {
  "address": "zfdz",
  "from": "zqks",
  "until": "zqjs",
  "rent": "yzj",
  "kind": "fylx",
  "monthly": "aytq",
  "bank": "khyh",
  "account": "yhzh",
  "no_home": "wfcn",
  "contract": "htbh",
  "amount": "tqje",
  "spouse": "poty",
  "loan": "dkzh",
  "lender": "dkyh",
  "ground": "txyy",
  "left_on": "lzrq",
  "price": "fwzj",
  "years": "dknx",
  "repay": "hkfs",
  "part": "hklx",
  "source": "zjly",
  "from_place": "zczx",
  "former_number": "yzh",
  "former_employer": "ydw",
  "purpose": "yt",
  "months": "ys",
  "base": "jcjs",
  "rate": "jcbl",
  "order": "kcsx",
  "agree": "ty"
};
def written($key):
  if $key | . == "rent" or . == "amount" or . == "price" or . == "base" then amount_out
  elif $key | . == "left_on" then date_out
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
