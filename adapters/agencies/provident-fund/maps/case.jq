# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{
  reference: (.ywlsh | text),
  status: (.blzt | word({ "A": "received", "B": "correction-required", "C": "accepted", "D": "not-accepted", "E": "in-review", "F": "suspended", "G": "extended", "H": "granted", "I": "refused", "J": "terminated", "K": "delivering", "L": "delivered", "M": "withdrawn" })),
  since: (.blsj | date_from("yyyyMMddHHmmss")),
  due: (.cnrq | date_in),
  reason: (.sm | text),
  parcel: (.kddh | text),
  corrections: (.rows // [] | map({ about: .bzxm, text: .bzsm }) | if length == 0 then null else . end)
} | known
