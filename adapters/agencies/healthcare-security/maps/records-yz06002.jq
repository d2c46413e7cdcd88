# 医保缴费记录查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "arrived", "0": "owed" })),
      facts: ({ month: .fkssq, base: (.jfjs | amount_in), employer_paid: (.dwje | amount_in), own: (.grje | amount_in), arrived_on: (.dzrq | date_in) } | known),
    } | known
  ],
  summary: (.output.hz // {} | { own_total: (.grhj | amount_in), employer_total: (.dwhj | amount_in) } | known),
  total: .output.total,
} | known
