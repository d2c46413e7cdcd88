# Their appointments as ours.
def known: with_entries(select(.value != null));

{
  slots: [
    .result.slots | .[]
    | {
        id: .slotId,
        place: .placeId,
        place_name: .placeName,
        starts: (.startsAt | date_in),
        ends: (.endsAt | date_in),
        free: .remaining,
        fee_fen: (.price | amount_in),
        stopped: (.suspended | tostring | . == "1" or . == "true"),
      }
    | known
  ],
}
