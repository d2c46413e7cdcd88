# 出入境证件有效期查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "valid", "2": "expiring", "3": "expired", "4": "void" })),
      facts: ({ number: .zjh, issued: (.qfrq | date_in), expires: (.yxqz | date_in), issuer: .qfd } | known),
    } | known
  ],
  total: .body.zs,
} | known
