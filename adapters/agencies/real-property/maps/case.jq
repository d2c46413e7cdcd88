# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.Body | if isobject then . else {} end | {
  reference: (.YWH | text),
  status: (.YWZT | word({ "10": "received", "20": "correction-required", "30": "accepted", "40": "not-accepted", "50": "in-review", "60": "suspended", "70": "extended", "80": "granted", "90": "refused", "100": "terminated", "110": "delivering", "120": "delivered", "130": "withdrawn" })),
  since: (.ZTSJ | date_from("yyyy-MM-dd HH:mm:ss")),
  due: (.CNBJRQ | date_in),
  reason: (.YJ | text),
  parcel: (.KDDH | text),
  corrections: (.BZ | list | map({ about: .CLMC, text: .BZYQ }) | if length == 0 then null else . end)
} | known
