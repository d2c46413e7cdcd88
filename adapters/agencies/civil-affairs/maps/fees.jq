# Their bills as ours.
def known: with_entries(select(.value != null));

{
  dues: [
    .body.jfxm | .[]
    | {
        reference: .jfdh,
        title: .sxmc,
        amount_fen: (.yjje | amount_in),
        surcharge_fen: (.znj | amount_in),
        raised: (.cssj | date_in),
        due: (.jzrq | date_in),
        status: (.jfzt | word({ "0": "open", "1": "settled", "2": "cancelled", "3": "refunded" })),
      }
    | known
  ],
}
