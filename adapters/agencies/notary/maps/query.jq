# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { deed: "gzsbh", code: "yzm" };
{ fwbm: .service, ys: .page.number, mys: .page.size }
+ ({ xm: .person.name, zjhm: .person.identity_number } | known) + (.answers // {} | with_entries(.key = (names[.key] // .key)))
