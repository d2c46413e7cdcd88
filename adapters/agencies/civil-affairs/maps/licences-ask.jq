# Whose licences, and which kinds.
def known: with_entries(select(.value != null));

{
  head: {},
  body: ({ sqr: (.person | { xm: .name, zjhm: .identity_number } | known), zzlx: .kinds } | known),
}
