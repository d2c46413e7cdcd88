# 医保个人账户余额查询
def known: with_entries(select(.value != null));

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      facts: ({ day: (.bdrq | date_in), kind: .bdlx, amount_in: (.srje | amount_in), amount_out: (.zcje | amount_in), balance: (.ye | amount_in) } | known),
    } | known
  ],
  summary: (.output.hz // {} | { current: (.dqye | amount_in), year_in: (.bnsr | amount_in), year_out: (.bnzc | amount_in), shared_with: .gjrs } | known),
  total: .output.total,
} | known
