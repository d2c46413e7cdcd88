# Whether they have it.
def known: with_entries(select(.value != null));

.result
| {
    outcome: (.exists | word({ "1": "found", "0": "not-found", "true": "found", "false": "not-found" })),
    reference: .applicationId,
  }
| known
