# 低保资格与发放查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "paid", "2": "waiting", "3": "returned" })),
      facts: ({ month: .ffyf, amount: (.bzje | amount_in), members: .bzrk, paid_on: (.ffrq | date_in), account: .zhwh } | known),
    } | known
  ],
  summary: (.body.hz // {} | { standing: (.bzzt | coded({ "1": "valid", "2": "suspended", "3": "ended", "0": "none" })), review_day: (.fhrq | date_in) } | known),
  total: .body.zs,
} | known
