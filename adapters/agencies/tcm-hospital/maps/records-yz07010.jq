# 中药代煎配送状态查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .result.itemList | .[]
    | {
      reference: .id,
      title: .title,
      state: (.status | coded({ "received": "received", "soaking": "soaking", "boiling": "boiling", "packed": "packed", "sent": "sent", "signed": "signed" })),
      facts: ({ prescribed: (.prescribed | date_in), courses: .courses, expected: (.expected | date_in), delivery: .delivery, parcel: .parcel, note: .note } | known),
    } | known
  ],
  total: .result.total,
} | known
