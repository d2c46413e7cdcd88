# 公交线路换乘查询
def known: with_entries(select(.value != null));

{
  records: [
    .payload.list | .[]
    | {
      reference: .id,
      title: .title,
      facts: ({ lines: .lines, change_at: .changeAt, changes: .changes, minutes: .minutes, walk: .walk, fare: (.fare | amount_in), last: (.last | date_in) } | known),
    } | known
  ],
  total: .payload.count,
} | known
