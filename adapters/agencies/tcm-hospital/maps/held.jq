# Until when it is kept.
def known: with_entries(select(.value != null));

.result
| {
    status: (.state | word({ "HELD": "held", "FULL": "full", "BARRED": "barred", "SUSPENDED": "stopped" })),
    until: (.heldUntil | date_in),
  }
| known
