# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { year: "nf", candidate: "ksh" };
{
  head: { fwbm: .service, ys: .page.number, ts: .page.size },
  body: (({ xm: .person.name, zjhm: .person.identity_number } | known) + (.answers // {} | with_entries(.key = (names[.key] // .key)))),
}
