# An appointment is booked.
# What the backend calls the forms' fields.
def names: {
  "subject": "kskm",
  "centre": "kcdm",
  "plate": "hphm",
  "plate_type": "hpzl",
  "frame": "zcbm",
  "brand": "cpxh"
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
  head: { jkid: .service, qqlsh: $call.id, qqsj: ($call.time | date_out) },
  body: ({
    yyddh: .booking,
    hybh: .slot,
    xm: .person.name,
    sfzmhm: .person.identity_number,
    sjhm: .person.phone_number,
    sqxx: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end)
  } | known)
}
