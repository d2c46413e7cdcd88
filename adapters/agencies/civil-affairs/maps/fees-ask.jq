# Whose bills, or which.
def known: with_entries(select(.value != null));
def names: {
  project: "csxm",
  donation: "jkje",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  head: { fwbm: .service },
  body: ({ jfr: (if .person == null then null else .person | { xm: .name, zjhm: .identity_number, sjh: .phone_number, dwmc: .company, xydm: .credit_code } | known end), bd: (.answers // {} | theirs) } | known),
}
