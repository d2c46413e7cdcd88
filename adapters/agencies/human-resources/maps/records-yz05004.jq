# 职业技能等级证书查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "valid", "2": "void" })),
      facts: ({ number: .zsbh, trade: .zymc, grade: .jndj, issued: (.fzrq | date_in), issuer: .pjjg } | known),
    } | known
  ],
  total: .total,
} | known
