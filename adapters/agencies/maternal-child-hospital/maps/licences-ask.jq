# Whose licences, and which kinds.
def known: with_entries(select(.value != null));

{
  bizContent: ({ applicant: (.person | { name: .name, idNo: .identity_number } | known), kinds: .kinds } | known),
}
