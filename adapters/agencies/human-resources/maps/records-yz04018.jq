# 劳动能力鉴定进度查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .rows | .[]
    | {
      reference: .id,
      title: .bt,
      state: (.zt | coded({ "1": "taken", "2": "scheduled", "3": "assessing", "4": "concluded" })),
      facts: ({ accepted: (.slrq | date_in), appointment: (.jdsj | date_in), place: .jddd, grade: .jljb, care: .hlyl, concluded_on: (.jlrq | date_in) } | known),
    } | known
  ],
  total: .total,
} | known
