# How a bill stands, in the contract's words.
def known: with_entries(select(.value != null));

.body
| {
    status: (.jfzt | word({ "0": "open", "1": "settled", "2": "cancelled", "3": "refunded" })),
    amount_fen: (.yjje | amount_in),
    order: .ddh,
    receipt: .pjh,
  }
| known
