# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.sj | if isobject then . else {} end | {
  status: (.jkzt | word({ "01": "open", "02": "settled", "03": "cancelled", "04": "refunded" })),
  amount_fen: (.ybse | amount_in),
  order: (.ddbh | text),
  receipt: (.dzsph | text)
} | known
