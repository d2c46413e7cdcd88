# 异地就医备案状态查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "valid", "2": "future", "3": "ended" })),
      next: ({ "3": "YZ06011" }[.zt | tostring]),
      facts: ({ place: .jydq, kind: .balx, since: (.ksrq | date_in), until: (.jsrq | date_in), covers: .jsfw } | known),
    } | known
  ],
  total: .output.total,
} | known
