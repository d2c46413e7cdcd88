# 燃气费账单查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .resultData | .[]
    | {
      reference: .id,
      title: .title,
      state: (.status | coded({ "open": "open", "paid": "paid", "overdue": "overdue" })),
      next: ({ "open": "YZ17010", "overdue": "YZ17010" }[.status | tostring]),
      due: (if .status == "open" or .status == "overdue" then .id else null end),
      facts: ({ period: .period, reading: .reading, volume: .volume, price: (.price | amount_in), amount: (.amount | amount_in), surcharge: (.surcharge | amount_in), pay_by: (.payBy | date_in) } | known),
    } | known
  ],
  summary: (.resultSum // {} | { holder: .holder, address: .address, owed: (.owed | amount_in) } | known),
  total: .resultCount,
} | known
