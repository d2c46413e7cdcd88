# A case by their number, and why it is taken back.
def known: with_entries(select(.value != null));

{
  head: {},
  body: ({ slbh: .reference, cxyy: .reason } | known),
}
