# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.sj | if isobject then . else {} end | {
  reference: (.swsxbh | text),
  status: (.blzt | word({ "01": "received", "02": "correction-required", "03": "accepted", "04": "not-accepted", "05": "in-review", "06": "suspended", "07": "extended", "08": "granted", "09": "refused", "10": "terminated", "11": "delivering", "12": "delivered", "13": "withdrawn" })),
  since: (.blsj | date_from("yyyy-MM-dd HH:mm:ss")),
  due: (.bjqx | date_in),
  reason: (.blyj | text),
  parcel: (.kddh | text),
  corrections: (.bznr | list | map({ about: .zlmc, text: .ms }) | if length == 0 then null else . end)
} | known
