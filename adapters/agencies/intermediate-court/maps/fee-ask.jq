# How a bill stands.
def known: with_entries(select(.value != null));

({ JFDH: .reference, DDH: .order } | known)
