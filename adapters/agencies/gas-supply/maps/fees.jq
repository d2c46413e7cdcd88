# Their bills as ours.
def known: with_entries(select(.value != null));

{
  dues: [
    .bills | .[]
    | {
        reference: .billId,
        title: .subject,
        amount_fen: (.amount | amount_in),
        surcharge_fen: (.lateFee | amount_in),
        raised: (.issuedOn | date_in),
        due: (.payBy | date_in),
        status: (.state | word({ "OPEN": "open", "SETTLED": "settled", "CANCELLED": "cancelled", "REFUNDED": "refunded" })),
      }
    | known
  ],
}
