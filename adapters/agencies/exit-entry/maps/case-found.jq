# Whether they have it.
def known: with_entries(select(.value != null));

.body
| {
    outcome: (.cz | word({ "1": "found", "0": "not-found", "true": "found", "false": "not-found" })),
    reference: .slbh,
  }
| known
