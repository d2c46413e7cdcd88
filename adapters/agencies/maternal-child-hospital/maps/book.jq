# A booking in their form.
def known: with_entries(select(.value != null));
def names: {
  for_whom: "forWhom",
  first_visit: "firstVisit",
  antenatal_week: "antenatalWeek",
};
def theirs: with_entries(.key = (names[.key] // .key));

{
  method: .service,
  bizContent: ({ bookingNo: .booking, slotId: .slot, visitor: (.person | { name: .name, idNo: .identity_number, mobile: .phone_number, company: .company, creditCode: .credit_code } | known), form: (.answers // {} | theirs) } | known),
}
