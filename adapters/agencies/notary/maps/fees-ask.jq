# Whose bills, or which.
def known: with_entries(select(.value != null));
def names: {
  fee_number: "jfdh",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ fwbm: .service }
+ (if .person == null then {} else (.person | { xm: .name, zjhm: .identity_number, dh: .phone_number, dwmc: .company, xydm: .credit_code } | known) end)
+ (.answers // {} | theirs)
