# Their bills as ours.
def known: with_entries(select(.value != null));

{
  dues: [
    .JFXM | .[]
    | {
        reference: .JFDH,
        title: .SXMC,
        amount_fen: (.YJJE | amount_in),
        surcharge_fen: (.ZNJ | amount_in),
        raised: (.CSSJ | date_in),
        due: (.JZRQ | date_in),
        status: (.JFZT | word({ "W": "open", "Y": "settled", "X": "cancelled", "T": "refunded" })),
      }
    | known
  ],
}
