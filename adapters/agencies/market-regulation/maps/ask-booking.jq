# A booking by the number that the portal gave it.
def known: with_entries(select(.value != null));

({ YYBH: .booking, QXYY: .reason } | known)
