# How a booking stands.
def known: with_entries(select(.value != null));

.data
| {
    status: (.state | word({ "HELD": "held", "CONFIRMED": "confirmed", "FULL": "full", "BARRED": "barred", "CANCELLED": "cancelled", "STOPPED": "stopped", "KEPT": "kept", "MISSED": "missed", "NOT_FOUND": "not-found" })),
    reference: .applicationId,
    ticket: .ticket,
  }
| known
