# 职业资格考试成绩查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "passed", "2": "failed", "3": "absent" })),
      facts: ({ exam: .ksmc, score: .cj, pass_mark: .hgx, day: (.ksrq | date_in) } | known),
    } | known
  ],
  total: .total,
} | known
