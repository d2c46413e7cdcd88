# Whose bills, or which.
def known: with_entries(select(.value != null));
def names: {
  insured_year: "cbnd",
  insured_kind: "cbrylx",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  infno: .service,
  input: ({ jfr: (if .person == null then null else .person | { xm: .name, sfzh: .identity_number, lxdh: .phone_number, qymc: .company, tyshxydm: .credit_code } | known end), sbxx: (.answers // {} | theirs) } | known),
}
