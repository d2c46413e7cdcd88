# How a bill stands.
def known: with_entries(select(.value != null));

({ zdh: .reference, ddh: .order } | known)
