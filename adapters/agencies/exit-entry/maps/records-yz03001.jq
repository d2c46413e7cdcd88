# 出入境证件办理进度查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "10": "taken", "20": "checking", "30": "making", "40": "ready", "50": "posted", "60": "done" })),
      facts: ({ accepted: (.slrq | date_in), ready_by: (.yjrq | date_in), parcel: .kddh, counter: .slck } | known),
    } | known
  ],
  total: .body.zs,
} | known
