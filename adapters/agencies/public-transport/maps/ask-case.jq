# A case by their number, and why it is taken back.
def known: with_entries(select(.value != null));

{
  ver: "2",
  data: ({ applicationId: .reference, reason: .reason } | known),
}
