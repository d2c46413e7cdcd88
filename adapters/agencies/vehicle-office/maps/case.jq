# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def day: date_in | if . == null then null else .[0:10] end;

.body | if isobject then . else {} end | {
  reference: (.lsh | text),
  status: (.blzt | word({ "A": "received", "B": "correction-required", "C": "accepted", "D": "not-accepted", "E": "in-review", "F": "suspended", "G": "extended", "H": "granted", "I": "refused", "J": "terminated", "K": "delivering", "L": "delivered", "M": "withdrawn" })),
  since: (.ztgxsj | date_in),
  due: (.bjqx | day),
  reason: (.bz | text),
  parcel: (.yjhm | text),
  corrections: (.bzcl | list | map({ about: .xm, text: .sm }) | if length == 0 then null else . end)
} | known
