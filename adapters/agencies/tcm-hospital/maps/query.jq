# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { from_day: "fromDay" };
{
  method: .service,
  bizContent: ({ pageNo: .page.number, pageSize: .page.size } + ({ name: .person.name, idNo: .person.identity_number } | known) + (.answers // {} | with_entries(.key = (names[.key] // .key)))),
}
