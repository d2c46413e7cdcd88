# How a booking stands.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

{
  reference: (.RegId | text),
  status: (.RegStatus | word({ "0": "held", "1": "confirmed", "2": "full", "3": "barred", "4": "cancelled", "5": "stopped", "6": "kept", "7": "missed", "8": "not-found" })),
  ticket: (.QueueNo | text),
  until: (.LockTime | date_in)
} | known
