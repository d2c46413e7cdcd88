# Whose bills, or which.
def known: with_entries(select(.value != null));
def names: {
  gas_account: "gasAccount",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ tranCode: .service }
+ ({ payer: (if .person == null then null else .person | { userId: .subject, name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known end), form: (.answers // {} | theirs) } | known)
