# 医保参保信息查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "active", "2": "paused", "4": "ended" })),
      next: ({ "2": "YZ06013" }[.zt | tostring]),
      facts: ({ kind: .xzlx, employer: .dwmc, area: .cbqh, since: (.cbrq | date_in), until: (.ztrq | date_in), months: .ljys, benefits: .dyzt } | known),
    } | known
  ],
  total: .output.total,
} | known
