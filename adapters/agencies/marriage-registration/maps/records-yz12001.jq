# 婚姻登记信息查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      state: (.zt | coded({ "1": "married", "2": "divorced", "3": "revoked" })),
      next: ({ "1": "YZ12011" }[.zt | tostring]),
      facts: ({ kind: .djlx, partner: .pom, day: (.djrq | date_in), office: .djjg, number: .zsh } | known),
    } | known
  ],
  total: .body.zs,
} | known
