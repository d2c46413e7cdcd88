# What is to be paid, and what was.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def needed: if blank then error("a field is missing") else . end;
def flag: if blank then null else . == "1" end;

{ dues: [.rows // [] | .[] | {
  reference: (.zdh | text),
  title: (.zdmc | text),
  amount_fen: (.yjje | needed | amount_in),
  surcharge_fen: (.wyj | needed | amount_in),
  due: (.jzrq | date_in),
  raised: (.cbrq | date_in),
  status: (.jfzt | word({ "0": "open", "1": "settled", "2": "cancelled", "3": "refunded" })),
  partly: (.kfb | flag)
} | known] }
