# A plate and the account that pays for it.
def known: with_entries(select(.value != null));
def names: {
  etc_account: "etcAccount",
  bank_name: "bankName",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ serviceCode: .service, plateNo: .number }
+ ({ owner: (.person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), form: (.answers // {} | theirs) } | known)
