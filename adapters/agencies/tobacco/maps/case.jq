# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "zzbh": "licence_number",
  "zzyxq": "licence_expires",
  "jycs": "biz_address",
};

.
| {
    reference: .ywh,
    status: (.zt | word({
      "收件": "received",
      "补正": "correction-required",
      "受理": "accepted",
      "不予受理": "not-accepted",
      "审查": "in-review",
      "中止": "suspended",
      "延期": "extended",
      "准予": "granted",
      "不予许可": "refused",
      "终结": "terminated",
      "寄送": "delivering",
      "送达": "delivered",
      "撤回": "withdrawn",
    })),
    since: (.czsj | date_from("yyyy-MM-dd HH:mm:ss")),
    due: (.qx | date_in),
    reason: .sm,
    parcel: .yjh,
    corrections: (.bz | list | map({ about: (.zd | . as $name | ours[$name] // $name), text: .nr }) | if . == [] then null else . end),
  }
| known
