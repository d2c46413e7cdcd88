# How a booking stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.Body | if isobject then . else {} end | {
  reference: (.YYBH | text),
  status: (.YYZT | word({ "10": "held", "20": "confirmed", "30": "full", "40": "barred", "50": "cancelled", "60": "stopped", "70": "kept", "80": "missed", "90": "not-found" })),
  ticket: (.PJM | text)
} | known
