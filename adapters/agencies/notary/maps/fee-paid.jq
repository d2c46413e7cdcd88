# What was paid, for their books.
def known: with_entries(select(.value != null));

({ zdh: .reference, yjje: (.amount_fen | amount_out), ddh: .order, lsh: .payment, qd: .provider, zfsj: (.paid | date_to("yyyy-MM-dd HH:mm:ss")) } | known)
