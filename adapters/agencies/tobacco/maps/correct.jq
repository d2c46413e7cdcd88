# What was corrected, in their form.
def known: with_entries(select(.value != null));
def names: {
  licence_number: "zzbh",
  licence_expires: "zzyxq",
  biz_address: "jycs",
};
def theirs: with_entries(if .key == "licence_expires" then .value |= date_out else . end | .key = (names[.key] // .key));

({ ywh: .reference, cs: .round, fj: (.files // [] | map(.id) | if . == [] then null else . end) } | known)
+ (.answers // {} | theirs)
