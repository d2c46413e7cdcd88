# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{
  status: (.zdzt | word({ "0": "open", "1": "settled", "2": "cancelled", "3": "refunded" })),
  amount_fen: (.yjje | amount_in),
  order: (.ddh | text),
  receipt: (.pjh | text)
} | known
