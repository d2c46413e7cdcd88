# Their bills as ours.
def known: with_entries(select(.value != null));

{
  dues: [
    .zd | .[]
    | {
        reference: .zdh,
        title: .zdmc,
        amount_fen: (.yjje | amount_in),
        surcharge_fen: (.wyj | amount_in),
        raised: (.csrq | date_in),
        due: (.jzrq | date_in),
        status: (.zt | word({ "未缴": "open", "已缴": "settled", "作废": "cancelled", "已退": "refunded" })),
      }
    | known
  ],
}
