# A booking by the number that the portal gave it.
def known: with_entries(select(.value != null));

{
  head: {},
  body: ({ yybh: .booking, qxyy: .reason } | known),
}
