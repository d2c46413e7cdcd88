# 医保药品目录查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "a", "2": "b", "3": "none" })),
      facts: ({ form: .gg, own_share: .xjzf, limit_price: (.zgzfjg | amount_in), restriction: .xzfw, since: (.ssrq | date_in) } | known),
    } | known
  ],
  total: .output.total,
} | known
