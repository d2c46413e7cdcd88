# A booking by the number that the portal gave it.
def known: with_entries(select(.value != null));

({ bookingNo: .booking, reason: .reason } | known)
