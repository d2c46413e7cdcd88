# How a booking stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.body | if isobject then . else {} end | {
  reference: (.yylsh | text),
  status: (.yyzt | word({ "A": "held", "B": "confirmed", "C": "full", "D": "barred", "E": "cancelled", "F": "stopped", "G": "kept", "H": "missed", "I": "not-found" })),
  ticket: (.yym | text),
  until: (.sdqx | date_in)
} | known
