# How a case stands; without a line it is not decided.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

[.lines[] | select(.fwdm == $call.input.service)] as $lines
| if $lines | length == 0 then { status: "pending" }
else $lines[0]
  | {
    reference: (.jhh | text),
    status: (.blzt | word({ "0": "received", "1": "correction-required", "2": "accepted", "3": "not-accepted", "4": "in-review", "5": "suspended", "6": "extended", "7": "granted", "8": "refused", "9": "terminated", "10": "delivering", "11": "delivered", "12": "withdrawn" })),
    since: (.ztsj | date_from("yyyy-MM-dd HH:mm:ss")),
    due: (.qx | date_in),
    reason: (.sm | text),
    corrections: ($lines | map(select(.bzxm | blank | not) | { about: .bzxm, text: .bznr }) | if length == 0 then null else . end)
  } | known
end
