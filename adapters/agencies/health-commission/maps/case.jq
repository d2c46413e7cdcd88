# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "poxm": "spouse_name",
  "pozjh": "spouse_id",
  "tc": "birth_order",
  "yz": "pregnancy_weeks",
  "hszh": "nurse_number",
  "zydd": "practice_place",
  "xxqk": "training",
  "zgzh": "qual_number",
  "zyfw": "practice_scope",
  "yjgmc": "old_clinic",
  "kb": "doctor_field",
  "zhmc": "biz_name",
  "gclb": "hygiene_kind",
  "yyarea": "hygiene_area",
  "jycs": "biz_address",
  "zzbh": "licence_number",
  "zzyxq": "licence_expires",
  "jgmc": "clinic",
  "jyys": "doctor_team",
  "jbzl": "chronic_disease",
  "yyh": "appointment_number",
  "sqyy": "reason",
};

.
| {
    reference: .ywh,
    status: (.zt | word({
      "10": "received",
      "20": "correction-required",
      "30": "accepted",
      "40": "not-accepted",
      "50": "in-review",
      "60": "suspended",
      "70": "extended",
      "80": "granted",
      "90": "refused",
      "100": "terminated",
      "110": "delivering",
      "120": "delivered",
      "130": "withdrawn",
    })),
    since: (.czsj | date_in),
    due: (.qx | date_in),
    reason: .sm,
    parcel: .yjh,
    corrections: (.bz | list | map({ about: (.zd | . as $name | ours[$name] // $name), text: .nr }) | if . == [] then null else . end),
  }
| known
