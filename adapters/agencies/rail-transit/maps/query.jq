# Our question in their fields.
def known: with_entries(select(.value != null));
{
  serviceCode: .service,
  page: .page.number,
  size: .page.size,
  query: (.answers // {}),
} | known
