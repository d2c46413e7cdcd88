# What was paid, for their books.
def known: with_entries(select(.value != null));

({ JFDH: .reference, YJJE: (.amount_fen | amount_out), DDH: .order, ZFLS: .payment, ZFQD: .provider, ZFSJ: (.paid | date_out) } | known)
