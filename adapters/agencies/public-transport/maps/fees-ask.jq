# Whose bills, or which.
def known: with_entries(select(.value != null));
def names: {
  card_transit: "cardTransit",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  svc: .service,
  ver: "2",
  data: ({ payer: (if .person == null then null else .person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known end), form: (.answers // {} | theirs) } | known),
}
