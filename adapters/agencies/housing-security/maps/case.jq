# How a case stands; without a line it is not decided.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

[.lines[] | select(.fwdm == $call.input.service)] as $lines
| if $lines | length == 0 then { status: "pending" }
else $lines[0]
  | {
    reference: (.jhh | text),
    status: (.zt | word({ "01": "received", "02": "correction-required", "03": "accepted", "04": "not-accepted", "05": "in-review", "06": "suspended", "07": "extended", "08": "granted", "09": "refused", "10": "terminated", "11": "delivering", "12": "delivered", "13": "withdrawn" })),
    since: (.ztsj | date_from("yyyy-MM-dd HH:mm:ss")),
    due: (.qx | date_in),
    reason: (.sm | text),
    corrections: ($lines | map(select(.bzxm | blank | not) | { about: .bzxm, text: .bznr }) | if length == 0 then null else . end)
  } | known
end
