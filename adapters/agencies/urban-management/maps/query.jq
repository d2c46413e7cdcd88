# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { order: "gdh", address: "xxdz" };
{ ywlx: .service, page: .page.number, rows: .page.size }
+ ({ xm: .person.name, sfzh: .person.identity_number } | known) + (.answers // {} | with_entries(.key = (names[.key] // .key)))
