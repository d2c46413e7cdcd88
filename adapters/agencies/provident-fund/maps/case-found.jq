# Whether the case arrived.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{ outcome: (.cxjg | word({ "1": "found", "0": "not-found" })), reference: (.ywlsh | text) } | known
