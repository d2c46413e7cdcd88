# 养老机构查询
def known: with_entries(select(.value != null));
def yes: if . == null then null else tostring == "1" end;

{
  records: [
    .body.list | .[]
    | {
      reference: .bh,
      title: .mc,
      facts: ({ address: .dz, phone: .dh, beds: .kycw, price_from: (.yfqj | amount_in), stars: .pj, insured: (.yb | yes) } | known),
    } | known
  ],
  total: .body.zs,
} | known
