# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { river: "hm", kind: "lx" };
{ ywlx: .service, page: .page.number, rows: .page.size }
+ (.answers // {} | with_entries(.key = (names[.key] // .key)))
