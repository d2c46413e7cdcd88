# 门诊慢特病资格查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "valid", "2": "review", "3": "ended" })),
      next: ({ "2": "YZ06015" }[.zt | tostring]),
      facts: ({ disease: .bzmc, hospital: .ddyy, since: (.ksrq | date_in), until: (.jsrq | date_in), limit: (.nxe | amount_in), used: (.ysy | amount_in), share: .bxbl } | known),
    } | known
  ],
  total: .output.total,
} | known
