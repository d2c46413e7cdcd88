# 医保报销进度查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "taken", "2": "checking", "3": "correct", "4": "approved", "5": "paid", "6": "refused" })),
      facts: ({ hospital: .yljg, total: (.fyze | amount_in), payable: (.bxje | amount_in), accepted: (.slrq | date_in), limit: (.cnrq | date_in), note: .bz } | known),
    } | known
  ],
  total: .output.total,
} | known
