# 检验检查报告查询（市中医院）
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .result.itemList | .[]
    | {
      reference: .id,
      title: .title,
      state: (.status | coded({ "ready": "ready", "waiting": "waiting", "abnormal": "abnormal" })),
      next: ({ "abnormal": "YZ07012" }[.status | tostring]),
      facts: ({ department: .department, taken_at: (.takenAt | date_in), reported_at: (.reportedAt | date_in), finding: .finding, out_of_range: .outOfRange, doctor: .doctor } | known),
    } | known
  ],
  total: .result.total,
} | known
