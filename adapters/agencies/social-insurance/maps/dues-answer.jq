# What is to be paid, and what was.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;
def needed: if blank then error("a field is missing") else . end;

{ dues: [.rows // [] | .[] | {
  reference: (.hdbh | text),
  title: (.hdmc | text),
  amount_fen: (.yjje | needed | amount_in),
  surcharge_fen: (.znj | needed | amount_in),
  due: (.jzrq | date_in),
  raised: (.hdrq | date_in),
  status: (.jfzt | word({ "01": "open", "02": "settled", "03": "cancelled", "04": "refunded" }))
} | known] }
