# The plates that are tied.
def known: with_entries(select(.value != null));

{
  bindings: [
    .data.contracts | .[]
    | { reference: .contractId, kind: "plate", number: .plateNo, status: (.state | word({ "ACTIVE": "bound", "ENDED": "removed", "REJECTED": "refused" })), since: (.since | date_in) }
    | known
  ],
}
