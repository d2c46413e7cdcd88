# How a booking stands.
def known: with_entries(select(.value != null));

.body
| {
    status: (.yyzt | word({ "H": "held", "C": "confirmed", "F": "full", "B": "barred", "X": "cancelled", "S": "stopped", "K": "kept", "M": "missed", "N": "not-found" })),
    reference: .slbh,
    ticket: .pzh,
  }
| known
