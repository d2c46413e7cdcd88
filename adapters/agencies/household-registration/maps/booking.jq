# How a booking stands.
def known: with_entries(select(.value != null));

# 0000 成功，E429 繁忙，其余为拒绝
if .head.code == "E429" then busy
elif .head.code != "0000" then refused(.head.code)
else
  .body
  | {
      status: (.yyzt | word({ "H": "held", "C": "confirmed", "F": "full", "B": "barred", "X": "cancelled", "S": "stopped", "K": "kept", "M": "missed", "N": "not-found" })),
      reference: .slbh,
      ticket: .pzh,
    }
  | known
end
