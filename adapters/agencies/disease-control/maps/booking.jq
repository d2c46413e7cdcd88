# How a booking stands.
def known: with_entries(select(.value != null));

.
| {
    status: (.zt | word({ "0": "held", "1": "confirmed", "2": "full", "3": "barred", "4": "cancelled", "5": "stopped", "6": "kept", "7": "missed", "8": "not-found" })),
    reference: .ywh,
    ticket: .hm,
  }
| known
