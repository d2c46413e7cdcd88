# Their bills as ours.
def known: with_entries(select(.value != null));

{
  dues: [
    .payload.bills | .[]
    | {
        reference: .billId,
        title: .subject,
        amount_fen: (.amount | amount_in),
        surcharge_fen: (.lateFee | amount_in),
        raised: (.issuedOn | (date_in | if . == null then null else .[0:10] end)),
        due: (.payBy | (date_in | if . == null then null else .[0:10] end)),
        status: (.state | word({ "OPEN": "open", "SETTLED": "settled", "CANCELLED": "cancelled", "REFUNDED": "refunded" })),
      }
    | known
  ],
}
