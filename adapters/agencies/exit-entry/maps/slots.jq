# Their appointments as ours.
def known: with_entries(select(.value != null));

{
  slots: [
    .body.hys | .[]
    | {
        id: .hyid,
        place: .ddbh,
        place_name: .ddmc,
        starts: (.kssj | date_from("yyyyMMddHHmmss")),
        ends: (.jssj | date_from("yyyyMMddHHmmss")),
        free: .syhs,
        fee_fen: (.fy | amount_in),
        stopped: (.tz | tostring | . == "1" or . == "true"),
      }
    | known
  ],
}
