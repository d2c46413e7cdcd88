# How a bill stands.
def known: with_entries(select(.value != null));

{
  input: ({ zdh: .reference, ddh: .order } | known),
}
