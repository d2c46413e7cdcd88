# How a case stands, in the contract's words.
def known: with_entries(select(.value != null));
def ours: {
  "CWMC": "dog_name",
  "QZ": "dog_breed",
  "XPBH": "dog_chip",
  "YMRQ": "dog_vaccine",
  "ZZ": "home_address",
  "KSZKH": "exam_number",
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
