# How a bill stands.
def known: with_entries(select(.value != null));

({ billId: .reference, orderNo: .order } | known)
