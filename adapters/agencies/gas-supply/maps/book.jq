# A booking in their form.
def known: with_entries(select(.value != null));
def names: {
  safety_kind: "safetyKind",
  gas_account: "gasAccount",
};
def theirs: with_entries(.key = (names[.key] // .key));

{ tranCode: .service }
+ ({ bookingNo: .booking, slotId: .slot, visitor: (.person | { userId: .subject, name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), form: (.answers // {} | theirs) } | known)
