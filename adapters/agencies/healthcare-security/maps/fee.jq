# How a bill stands, in the contract's words.
def known: with_entries(select(.value != null));

.output
| {
    status: (.zt | word({ "10": "open", "20": "settled", "30": "cancelled", "40": "refunded" })),
    amount_fen: (.yjje | amount_in),
    order: .ddh,
    receipt: .pjhm,
  }
| known
