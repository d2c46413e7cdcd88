# 婚姻登记机关与预约余量查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "open", "2": "full", "3": "closed" })),
      next: ({ "1": "YZ12007" }[.zt | tostring]),
      facts: ({ address: .dz, phone: .dh, morning: .swyh, afternoon: .xwyh, hours: .bgsj } | known),
    } | known
  ],
  total: .body.zs,
} | known
