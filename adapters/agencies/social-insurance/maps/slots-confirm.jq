# An appointment is booked.
# What the backend calls the forms' fields.
def names: {
  "matter": "ywlx"
};
def written($key):
  if . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    yydh: .booking,
    hybh: .slot,
    xm: .person.name,
    zjhm: .person.identity_number,
    sjh: .person.phone_number,
    nr: (.answers // {} | to_entries | sort_by(.key) | map((names[.key] // .key) + "=" + (.key as $key | .value | written($key) | tostring)) | join(";") | if . == "" then null else . end)
} | known
