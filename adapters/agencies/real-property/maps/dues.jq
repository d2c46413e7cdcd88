# What is to be paid.
# What the backend calls the forms' fields.
def names: {
  "application": "YWH"
};
def written($key):
  if . == true then "是" elif . == false then "否"
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
  Header: { ServiceId: .service, SerialNo: $call.id },
  Body: ({
    QLRMC: .person.name,
    ZJH: .person.identity_number,
    SQXX: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end)
  } | known)
}
