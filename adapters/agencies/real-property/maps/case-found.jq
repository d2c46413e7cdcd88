# Whether the case arrived.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

.Body | if isobject then . else {} end | { outcome: (.CXJG | word({ "1": "found", "0": "not-found" })), reference: (.YWH | text) } | known
