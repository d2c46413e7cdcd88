# Their appointments as ours.
def known: with_entries(select(.value != null));

{
  slots: [
    .hy | .[]
    | {
        id: .hyid,
        place: .ddid,
        place_name: .ddmc,
        starts: (.kssj | date_in),
        ends: (.jssj | date_in),
        free: .sy,
        fee_fen: (.je | amount_in),
        stopped: (.tz | tostring | . == "1" or . == "true"),
      }
    | known
  ],
}
