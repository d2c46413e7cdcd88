# Papers and answers that were asked for.
# What the backend calls the forms' fields.
def names: {
  "address": "yshdz",
  "pipe": "gj",
  "neighbour": "ljhh",
  "visit": "sgrq",
  "customer": "yhbh",
  "former": "yhm",
  "reading": "sbds",
  "bank_debit": "dk"
};
def written($key):
  if $key | . == "visit" then date_out
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
    fwdm: .service,
    gdh: .reference,
    cs: (.round | tostring),
    nr: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end),
    fj: ([.files // [] | .[] | { lx: (.paper // .name), bh: .id, mc: .name, zy: .sha256 }] | if length == 0 then null else . end)
} | known
