# 高龄津贴发放查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "paid", "2": "waiting", "3": "failed" })),
      facts: ({ month: .ssyf, amount: (.ffje | amount_in), paid_on: (.ffrq | date_in), bank: .khh } | known),
    } | known
  ],
  summary: (.body.hz // {} | { next_day: (.xcff | date_in) } | known),
  total: .body.zs,
} | known
