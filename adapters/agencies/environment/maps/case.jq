# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "wtlx": "pollution_kind",
  "fsdd": "where",
  "fssj": "when",
  "sqnr": "what",
  "sfbm": "anonymous",
  "zslx2": "noise_kind",
  "jycs": "biz_address",
  "jyfw": "biz_scope",
  "zzbh": "licence_number",
  "zzyxq": "licence_expires",
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
