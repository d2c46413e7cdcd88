# 工伤认定进度查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "taken", "2": "correct", "3": "checking", "4": "suspended", "5": "found", "6": "refused" })),
      next: ({ "5": "YZ04032" }[.zt | tostring]),
      facts: ({ injured: (.ssrq | date_in), employer: .dwmc, accepted: (.slrq | date_in), limit: (.jdqx | date_in), decision: .jdsh, missing: .bzcl } | known),
    } | known
  ],
  total: .total,
} | known
