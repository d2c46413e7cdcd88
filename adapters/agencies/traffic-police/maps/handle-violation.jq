# YZ02015: the application.
# What the backend calls the forms' fields.
def names: {
  "violation": "wfxh",
  "plate": "hphm",
  "driver": "jsr",
  "facts": "qrss",
  "told": "tzqr",
  "electronic": "dzsd"
};
def written($key):
  if . == true then "1" elif . == false then "0"
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
