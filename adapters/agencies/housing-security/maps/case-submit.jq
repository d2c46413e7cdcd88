# An application becomes a line of the next file.
# What the backend calls the forms' fields.
def names: {
  "members": "jtrk",
  "income": "jtsr",
  "housing": "xzfs",
  "area": "yxpq",
  "consent": "hcsq",
  "address": "zfdz",
  "rent": "yzj",
  "until": "zqz",
  "bank": "khyh",
  "account": "yhzh",
  "first": "scgf",
  "rooms": "yxhx"
};
def written($key):
  if $key | . == "income" or . == "rent" then amount_out
  elif $key | . == "until" then date_out
  elif . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    fwdm: .service,
    wbbh: .case,
    sqsj: (.submitted | date_to("yyyy-MM-dd HH:mm:ss")),
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    sqnr: (.answers // {} | to_entries | sort_by(.key) | map((names[.key] // .key) + "=" + (.key as $key | .value | written($key) | tostring)) | join(";") | if . == "" then null else . end),
    cl: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
