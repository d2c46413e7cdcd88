# Our question in their fields.
def known: with_entries(select(.value != null));
{
  head: { fwbm: .service, ys: .page.number, ts: .page.size },
  body: (({ xm: .person.name, zjhm: .person.identity_number } | known)),
}
