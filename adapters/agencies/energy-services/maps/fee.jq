# How a bill stands, in the contract's words.
def known: with_entries(select(.value != null));

.data
| {
    status: (.state | word({ "OPEN": "open", "SETTLED": "settled", "CANCELLED": "cancelled", "REFUNDED": "refunded" })),
    amount_fen: (.amount | amount_in),
    order: .orderNo,
    receipt: .receiptNo,
  }
| known
