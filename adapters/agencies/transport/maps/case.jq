# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "ZBLX": "quota_kind",
  "WCQK": "no_car",
  "ZJCX": "licence_class",
  "ZSH": "cert_number",
  "ZSYXQ": "cert_expires",
  "XXQK": "training",
  "BHYY": "fix_reason",
  "PTMC": "platform",
  "KSZKH": "exam_number",
  "DWMC": "employer",
  "CPHM": "plate",
  "CLLX": "vehicle_kind",
  "ZZBH": "licence_number",
  "ZZYXQ": "licence_expires",
  "JYFW": "biz_scope",
};

.
| {
    reference: .SLBH,
    status: (.ZT | word({
      "S": "received",
      "B": "correction-required",
      "J": "accepted",
      "N": "not-accepted",
      "R": "in-review",
      "Z": "suspended",
      "Y": "extended",
      "T": "granted",
      "K": "refused",
      "E": "terminated",
      "P": "delivering",
      "Q": "delivered",
      "C": "withdrawn",
    })),
    since: (.GXSJ | date_in),
    due: (.QXRQ | date_in),
    reason: .YY,
    parcel: .KDDH,
    corrections: (.BZSX | list | map({ about: (.XM | . as $name | ours[$name] // $name), text: .YQ }) | if . == [] then null else . end),
  }
| known
