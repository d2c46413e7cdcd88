# YZ02033: the application.
# What the backend calls the forms' fields.
def names: {
  "plate": "hphm",
  "plate_type": "hpzl",
  "insurance": "bxpdh",
  "no_change": "wgz",
  "receive_by": "lqfs",
  "deliver_to": "yjdz"
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
    ywlsh: .case,
    sqsj: (.submitted | date_out),
    xm: .person.name,
    sfzmhm: .person.identity_number,
    sjhm: .person.phone_number,
    sqxx: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) })),
    dzcl: ([.files // [] | .[] | { clmc: (.paper // .name), clbh: .id, wjm: .name, jym: .sha256 }] | if length == 0 then null else . end)
  } | known)
}
