# Their appointments as ours.
def known: with_entries(select(.value != null));

{
  slots: [
    .HYS | .[]
    | {
        id: .HYID,
        place: .DDBH,
        place_name: .DDMC,
        starts: (.KSSJ | date_in),
        ends: (.JSSJ | date_in),
        free: .SYHS,
        fee_fen: (.FY | amount_in),
        stopped: (.TZ | tostring | . == "1" or . == "true"),
      }
    | known
  ],
}
