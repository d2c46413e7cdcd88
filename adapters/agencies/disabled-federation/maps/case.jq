# How a case stands; without a line it is not decided.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

[.lines[] | select(.fwdm == $call.input.service)] as $lines
| if $lines | length == 0 then { status: "pending" }
else $lines[0]
  | {
    reference: (.jhh | text),
    status: (.zt | word({ "A": "received", "B": "correction-required", "C": "accepted", "D": "not-accepted", "E": "in-review", "F": "suspended", "G": "extended", "H": "granted", "I": "refused", "J": "terminated", "K": "delivering", "L": "delivered", "M": "withdrawn" })),
    since: (.ztsj | date_from("yyyyMMddHHmmss")),
    due: (.blqx | date_in),
    reason: (.sm | text),
    corrections: ($lines | map(select(.bzxm | blank | not) | { about: .bzxm, text: .bznr }) | if length == 0 then null else . end)
  } | known
end
