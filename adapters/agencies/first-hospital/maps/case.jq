# How a case stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def day: date_in | if . == null then null else .[0:10] end;

{
  reference: (.ApplyNo | text),
  status: (.ApplyStatus | word({ "0": "received", "1": "correction-required", "2": "accepted", "3": "not-accepted", "4": "in-review", "5": "suspended", "6": "extended", "7": "granted", "8": "refused", "9": "terminated", "10": "delivering", "11": "delivered", "12": "withdrawn" })),
  since: (.StatusTime | date_in),
  due: (.DueDate | day),
  reason: (.Remark | text),
  parcel: (.ExpressNo | text),
  corrections: (.Supplement | list | map({ about: .Item, text: .Require }) | if length == 0 then null else . end)
} | known
