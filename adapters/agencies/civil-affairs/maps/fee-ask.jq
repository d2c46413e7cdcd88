# How a bill stands.
def known: with_entries(select(.value != null));

{
  head: {},
  body: ({ jfdh: .reference, ddh: .order } | known),
}
