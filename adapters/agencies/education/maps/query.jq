# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { address: "xxdz", stage: "xd" };
{
  head: { fwbm: .service, ys: .page.number, ts: .page.size },
  body: (({ xm: .person.name, zjhm: .person.identity_number } | known) + (.answers // {} | with_entries(.key = (names[.key] // .key)))),
}
