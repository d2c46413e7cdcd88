# Our question in their fields.
def known: with_entries(select(.value != null));
{ tranCode: .service, pageNo: .page.number, pageSize: .page.size }
+ ({ userId: .person.subject, name: .person.name } | known) + (.answers // {})
