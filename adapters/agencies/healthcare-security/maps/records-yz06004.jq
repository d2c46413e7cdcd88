# 医保消费明细查询
def known: with_entries(select(.value != null));

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      facts: ({ at: (.jssj | date_from("yyyy-MM-dd HH:mm:ss")), place: .yljg, kind: .yllb, total: (.zfy | amount_in), fund: (.tczf | amount_in), account: (.zhzf | amount_in), cash: (.xjzf | amount_in) } | known),
    } | known
  ],
  summary: (.output.hz // {} | { fund_all: (.hjtc | amount_in), cash_all: (.hjxj | amount_in) } | known),
  total: .output.total,
} | known
