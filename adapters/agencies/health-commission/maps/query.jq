# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { kind: "lx", words: "gjz" };
{ ywlx: .service, page: .page.number, rows: .page.size }
+ (.answers // {} | with_entries(.key = (names[.key] // .key)))
