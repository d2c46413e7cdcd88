# How a bill stands, in the contract's words.
def known: with_entries(select(.value != null));

.
| {
    status: (.zt | word({ "未缴": "open", "已缴": "settled", "作废": "cancelled", "已退": "refunded" })),
    amount_fen: (.yjje | amount_in),
    order: .ddh,
    receipt: .pjhm,
  }
| known
