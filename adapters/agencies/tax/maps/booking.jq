# How a booking stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.sj | if isobject then . else {} end | {
  reference: (.yybh | text),
  status: (.yyzt | word({ "01": "held", "02": "confirmed", "03": "full", "04": "barred", "05": "cancelled", "06": "stopped", "07": "kept", "08": "missed", "09": "not-found" })),
  ticket: (.phh | text)
} | known
