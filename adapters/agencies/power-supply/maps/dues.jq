# What is to be paid.
# What the backend calls the forms' fields.
def names: {
  "customer": "hh"
};
def written($key):
  if . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    jym: .service,
    xm: .person.name,
    zjhm: .person.identity_number,
    nr: (.answers // {} | to_entries | sort_by(.key) | map((names[.key] // .key) + "=" + (.key as $key | .value | written($key) | tostring)) | join(";") | if . == "" then null else . end)
} | known
