# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { start: "CFZ", finish: "MDZ", day: "CCRQ", plate: "CPHM", district: "QX" };
{ FWBM: .service, YM: .page.number, MYTS: .page.size }
+ ({ XM: .person.name, SFZHM: .person.identity_number } | known)
+ { CXTJ: (.answers // {} | with_entries(.key = (names[.key] // .key))) }
