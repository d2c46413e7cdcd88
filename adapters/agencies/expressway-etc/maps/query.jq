# Our question in their fields.
def known: with_entries(select(.value != null));
{
  serviceCode: .service,
  page: .page.number,
  size: .page.size,
  citizen: (if .person == null then null else { name: .person.name, idNo: .person.identity_number } | known end),
  query: (.answers // {}),
} | known
