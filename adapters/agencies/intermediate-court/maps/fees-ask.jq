# Whose bills, or which.
def known: with_entries(select(.value != null));
def names: {
  fee_number: "JFDH",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ FWBM: .service }
+ ({ JFR: (if .person == null then null else .person | { XM: .name, SFZHM: .identity_number, SJHM: .phone_number, QYMC: .company, TYSHXYDM: .credit_code } | known end), BD: (.answers // {} | theirs) } | known)
