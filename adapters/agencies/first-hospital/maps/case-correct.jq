# Papers and answers that were asked for.
# What the backend calls the forms' fields.
def names: {
  "registration": "Registration",
  "action": "Action",
  "new_slot": "NewSlot",
  "reason": "Reason",
  "inpatient": "Inpatient",
  "left_on": "LeftOn",
  "purpose": "Purpose",
  "copies": "Copies",
  "deliver_to": "DeliverTo",
  "guardian": "Guardian",
  "agree": "Agree"
};
def written($key):
  if $key | . == "left_on" then date_out
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
    TradeCode: .service,
    ApplyNo: .reference,
    Times: (.round | tostring),
    Content: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end),
    Attachment: ([.files // [] | .[] | { Kind: (.paper // .name), FileId: .id, FileName: .name, Digest: .sha256 }] | if length == 0 then null else . end)
} | known
