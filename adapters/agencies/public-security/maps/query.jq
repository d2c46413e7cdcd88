# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { district: "QX" };
{ FWBM: .service, YM: .page.number, MYTS: .page.size }
+ { CXTJ: (.answers // {} | with_entries(.key = (names[.key] // .key))) }
