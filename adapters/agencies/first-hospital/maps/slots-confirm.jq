# An appointment is booked.
# What the backend calls the forms' fields.
def names: {
  "visit": "Visit",
  "complaint": "Complaint",
  "insured": "Insured",
  "order_number": "OrderNumber",
  "metal": "Metal",
  "pregnant": "Pregnant",
  "package": "Package",
  "fasting": "Fasting"
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
    TradeCode: .service,
    OrderNo: .booking,
    ScheduleId: .slot,
    PatientName: .person.name,
    IdCardNo: .person.identity_number,
    Mobile: .person.phone_number,
    Content: (.answers // {} | with_entries({ key: (names[.key] // .key), value: (.key as $key | .value | written($key)) }) | if . == {} then null else . end)
} | known
