# What was paid, for their books.
def known: with_entries(select(.value != null));

({ billId: .reference, amount: (.amount_fen | amount_out), orderNo: .order, paymentNo: .payment, channel: .provider, paidAt: (.paid | date_out) } | known)
