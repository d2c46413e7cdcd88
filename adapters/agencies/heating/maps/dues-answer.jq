# What is to be paid. A number that is out of use is refused.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

if any(.lines[]; .zt == "T") then refused("T")
else { dues: [.lines[] | {
  reference: (.zdbh | text),
  title: (.zdmc | text),
  amount_fen: (.je | amount_in),
  due: (.jzrq | date_in),
  raised: (.scrq | date_in),
  status: (.zt | word({ "0": "open", "1": "settled", "3": "cancelled", "4": "refunded" }))
} | known] }
end
