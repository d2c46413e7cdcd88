# 专业技术资格证书查询
def known: with_entries(select(.value != null));

{
  records: [
    .rows | .[]
    | {
      reference: .id,
      title: .bt,
      facts: ({ number: .zsbh, field: .zylb, title_name: .zgmc, level: .jb, awarded_by: .pddw, awarded: (.qdrq | date_in) } | known),
    } | known
  ],
  total: .total,
} | known
