# Our question in their fields.
def known: with_entries(select(.value != null));
def names: { kind: "lx", words: "gjz", level: "wjlx" };
{
  head: { fwbm: .service, ys: .page.number, ts: .page.size },
  body: ((.answers // {} | with_entries(.key = (names[.key] // .key)))),
}
