# Our question in their fields.
def known: with_entries(select(.value != null));
{ fwbm: .service, ys: .page.number, mys: .page.size }
+ ({ xm: .person.name, zjhm: .person.identity_number } | known)
