# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{
  reference: (.gdh | text),
  status: (.gdzt | word({ "0": "received", "1": "correction-required", "2": "accepted", "3": "not-accepted", "4": "in-review", "5": "suspended", "6": "extended", "7": "granted", "8": "refused", "9": "terminated", "10": "delivering", "11": "delivered", "12": "withdrawn" })),
  since: (.gxsj | date_from("yyyy-MM-dd HH:mm:ss")),
  due: (.cnrq | date_in),
  reason: (.bz | text),
  corrections: (.bc | list | map({ about: .xm, text: .yq }) | if length == 0 then null else . end)
} | known
