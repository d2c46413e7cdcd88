# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{
  reference: (.gdh | text),
  status: (.gdzt | word({ "00": "received", "01": "correction-required", "02": "accepted", "03": "not-accepted", "04": "in-review", "05": "suspended", "06": "extended", "07": "granted", "08": "refused", "09": "terminated", "10": "delivering", "11": "delivered", "12": "withdrawn" })),
  since: (.gxsj | date_from("yyyyMMddHHmmss")),
  due: (.cnrq | date_in),
  reason: (.bz | text),
  corrections: (.rows // [] | map({ about: .bzxm, text: .bznr }) | if length == 0 then null else . end)
} | known
