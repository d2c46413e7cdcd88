# Our question in their fields.
def known: with_entries(select(.value != null));
{
  svc: .service,
  ver: "2",
  page: .page.number,
  limit: .page.size,
  user: (if .person == null then null else ({ name: .person.name, idNo: .person.identity_number } | known) end),
  q: (.answers // {}),
}
| known
