# How a bill stands, in the contract's words.
def known: with_entries(select(.value != null));

.
| {
    status: (.JFZT | word({ "W": "open", "Y": "settled", "X": "cancelled", "T": "refunded" })),
    amount_fen: (.YJJE | amount_in),
    order: .DDH,
    receipt: .PJH,
  }
| known
