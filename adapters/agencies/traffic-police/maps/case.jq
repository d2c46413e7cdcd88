# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def day: date_in | if . == null then null else .[0:10] end;

{
  reference: (.lsh | text),
  status: (.ywzt | word({ "01": "received", "02": "correction-required", "03": "accepted", "04": "not-accepted", "05": "in-review", "06": "suspended", "07": "extended", "08": "granted", "09": "refused", "10": "terminated", "11": "delivering", "12": "delivered", "13": "withdrawn" })),
  since: (.ztsj | date_in),
  due: (.cnrq | day),
  reason: (.blyj | text),
  parcel: (.yjdh | text),
  files: (.wjxx | list | map({ id: .wjbh, name: .wjmc, media_type: .wjlx, size: (.wjdx | tonumber), sha256: .wjzy }) | if length == 0 then null else . end),
  corrections: (.bzxx | list | map({ about: .bzxm, text: .bznr }) | if length == 0 then null else . end)
} | known
