# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{
  status: (.jkzt | word({ "01": "open", "02": "settled", "03": "cancelled", "04": "refunded" })),
  amount_fen: (.yjje | amount_in),
  order: (.ddh | text),
  receipt: (.pjhm | text)
} | known
