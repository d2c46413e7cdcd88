# 出入境记录查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "out", "2": "in" })),
      facts: ({ day: (.crjrq | date_in), port: .ka, place: .qwd, document: .zjlx } | known),
    } | known
  ],
  total: .body.zs,
} | known
