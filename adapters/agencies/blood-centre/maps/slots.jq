# Their appointments as ours.
def known: with_entries(select(.value != null));

{
  slots: [
    .hy | .[]
    | {
        id: .hyid,
        place: .ddid,
        place_name: .ddmc,
        starts: (.kssj | date_from("yyyy-MM-dd HH:mm:ss")),
        ends: (.jssj | date_from("yyyy-MM-dd HH:mm:ss")),
        free: .sy,
        fee_fen: (.je | amount_in),
        stopped: (.tz | tostring | . == "1" or . == "true"),
      }
    | known
  ],
}
