# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "jyrq2": "work_from",
  "jylx": "job_kind",
  "dwmc": "employer",
  "syrq": "unemployed_since",
  "syyy2": "unemployed_reason",
  "zz": "home_address",
  "knlx": "hard_kind",
  "qzgw": "wanted_job",
  "qwyx": "wanted_pay",
  "fwsj": "spare_time",
  "qymc": "business_name",
  "zcrq": "business_since",
  "khyh": "bank_name",
  "yhzh2": "bank_account",
  "dkje": "loan_amount",
  "zsbh": "skill_cert",
  "pxjg": "trained_at",
  "dayd": "file_from",
  "dajs": "file_to",
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
