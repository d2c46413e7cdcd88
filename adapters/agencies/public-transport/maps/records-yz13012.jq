# 公交卡余额与交易查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .payload.list | .[]
    | {
      reference: .id,
      title: .title,
      facts: ({ at: (.at | date_in), kind: .kind, place: .place, amount: (.amount | amount_in), balance: (.balance | amount_in) } | known),
    } | known
  ],
  summary: (.payload.sum // {} | { current: (.current | amount_in), standing: (.standing | coded({ "normal": "normal", "lost": "lost", "expired": "expired" })), concession: .concession } | known),
  total: .payload.count,
} | known
