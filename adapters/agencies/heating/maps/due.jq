# How a bill stands; without a line it is not decided.
# What the backend leaves empty is left out.
def known: with_entries(select(.value != null));
def text: if blank then null else tostring end;

if .lines | length == 0 then { status: "pending" }
else .lines[0] | {
    status: (.zt | word({ "0": "open", "1": "settled", "3": "cancelled", "4": "refunded" })),
    amount_fen: (.je | amount_in),
    order: (.ddh | text),
    receipt: (.pjh | text)
  } | known
end
