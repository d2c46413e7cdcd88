# What was asked for becomes a line of the next file.
# What the backend calls the forms' fields.
def names: {
  "customer": "rhbh",
  "about": "tssx",
  "temperature": "sw",
  "story": "nr"
};
def written($key):
  if . == true then "1" elif . == false then "0"
  elif isnumber then tostring
  else . end;
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));

{
    fwdm: .service,
    jhh: .reference,
    cs: (.round | tostring),
    tsnr: (.answers // {} | to_entries | sort_by(.key) | map((names[.key] // .key) + "=" + (.key as $key | .value | written($key) | tostring)) | join(";") | if . == "" then null else . end),
    cl: ([.files // [] | .[] | (.paper // .name) + ":" + .id] | join(";") | if . == "" then null else . end)
} | known
