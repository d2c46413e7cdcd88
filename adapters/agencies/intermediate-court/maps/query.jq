# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { case_number: "AH", day: "RQ", kind: "AJLX", words: "GJZ", year: "NF", debtor: "MC", number_end: "ZJHW" };
{ FWBM: .service, YM: .page.number, MYTS: .page.size }
+ ({ XM: .person.name, SFZHM: .person.identity_number } | known)
+ { CXTJ: (.answers // {} | with_entries(.key = (names[.key] // .key))) }
