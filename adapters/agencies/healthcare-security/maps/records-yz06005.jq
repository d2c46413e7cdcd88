# 定点医药机构查询
def known: with_entries(select(.value != null));
def yes: if . == null then null else tostring == "1" end;

{
  records: [
    .output.rows | .[]
    | {
      reference: .id,
      title: .bt,
      facts: ({ address: .dz, phone: .dh, level: .dj, chronic: (.mtb | yes), out_of_town: (.ydjs | yes), hours: .yysj } | known),
    } | known
  ],
  total: .output.total,
} | known
