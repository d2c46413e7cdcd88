# A case by their number, and why it is taken back.
def known: with_entries(select(.value != null));

({ SLBH: .reference, CXYY: .reason } | known)
