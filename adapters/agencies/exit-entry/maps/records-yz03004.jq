# 港澳签注有效期查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "valid", "2": "used", "3": "expired" })),
      next: ({ "2": "YZ03012", "3": "YZ03012" }[.zt | tostring]),
      facts: ({ place: .mdd, kind: .qzzl, left: .sycs, expires: (.yxqz | date_in) } | known),
    } | known
  ],
  total: .body.zs,
} | known
