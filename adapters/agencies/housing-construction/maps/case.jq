# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "zlfw": "lease_home",
  "czrxm": "landlord",
  "yzj": "rent",
  "zlqs": "lease_from",
  "zlz": "lease_to",
  "xqmc": "estate",
  "ybfh": "vote_room",
  "bjyj": "vote_yes",
  "ejjzsh": "constructor_number",
  "zsyxq": "cert_expires",
  "xxqk": "training",
  "dwmc": "employer",
};

.body
| {
    reference: .slbh,
    status: (.zt | word({
      "01": "received",
      "02": "correction-required",
      "03": "accepted",
      "04": "not-accepted",
      "05": "in-review",
      "06": "suspended",
      "07": "extended",
      "08": "granted",
      "09": "refused",
      "10": "terminated",
      "11": "delivering",
      "12": "delivered",
      "13": "withdrawn",
    })),
    since: (.gxsj | date_in),
    due: (.qxrq | date_in),
    reason: .yy,
    parcel: .kddh,
    corrections: (.bzsx | list | map({ about: (.xm | . as $name | ours[$name] // $name), text: .yq }) | if . == [] then null else . end),
  }
| known
