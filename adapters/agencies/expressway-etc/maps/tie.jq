# What became of it.
def known: with_entries(select(.value != null));

.data
| { status: (.state | word({ "ACTIVE": "bound", "ENDED": "removed", "REJECTED": "refused" })), reference: .contractId, reason: .reason }
| known
