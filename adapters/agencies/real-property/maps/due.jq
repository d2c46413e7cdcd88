# How a due stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.Body | if isobject then . else {} end | {
  status: (.JFZT | word({ "10": "open", "20": "settled", "30": "cancelled", "40": "refunded" })),
  amount_fen: (.YJJE | amount_in),
  order: (.DDH | text),
  receipt: (.PJHM | text)
} | known
