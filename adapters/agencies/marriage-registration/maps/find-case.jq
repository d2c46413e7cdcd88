# Whether a case arrived, by the number that the portal gave it.
def known: with_entries(select(.value != null));

{
  head: {},
  body: ({ sqbh: .case } | known),
}
