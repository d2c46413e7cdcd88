# Their bills as ours.
def known: with_entries(select(.value != null));

{
  dues: [
    .output.zd | .[]
    | {
        reference: .zdh,
        title: .zdmc,
        amount_fen: (.yjje | amount_in),
        surcharge_fen: (.wyj | amount_in),
        raised: (.csrq | date_in),
        due: (.jzrq | date_in),
        status: (.zt | word({ "10": "open", "20": "settled", "30": "cancelled", "40": "refunded" })),
      }
    | known
  ],
}
