# Whether a case arrived, by the number that the portal gave it.
def known: with_entries(select(.value != null));

{
  ver: "2",
  data: ({ requestNo: .case } | known),
}
