# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "wtlx": "city_problem",
  "fsdd": "where",
  "sqnr": "what",
  "zldd": "road_section",
  "zymj": "dig_area",
  "zyqs": "dig_from",
  "zyjs": "dig_to",
  "sqyy": "reason",
  "gglx": "sign_kind",
  "ggcc": "sign_size",
  "jycs": "biz_address",
  "hzxm": "family_head",
  "jtcy": "family_members",
  "zz": "home_address",
  "xygx": "family_helped",
  "bzsm": "grid_note",
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
