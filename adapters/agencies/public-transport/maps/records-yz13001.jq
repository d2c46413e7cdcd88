# 公交实时到站查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .payload.list | .[]
    | {
      reference: .id,
      title: .title,
      state: (.status | coded({ "running": "running", "here": "here", "waiting": "waiting" })),
      facts: ({ toward: .toward, stops_away: .stopsAway, minutes: .minutes, crowding: (.crowding | coded({ "seats": "seats", "standing": "standing", "packed": "packed" })), step_free: .stepFree } | known),
    } | known
  ],
  total: .payload.count,
} | known
