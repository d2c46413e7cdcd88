# What was paid, for their books.
def known: with_entries(select(.value != null));

{
  head: {},
  body: ({ jfdh: .reference, yjje: (.amount_fen | amount_out), ddh: .order, zfls: .payment, zfqd: .provider, zfsj: (.paid | date_out) } | known),
}
