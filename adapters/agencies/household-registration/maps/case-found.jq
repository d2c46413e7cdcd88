# Whether they have it.
def known: with_entries(select(.value != null));

# 0000 成功，E429 繁忙，其余为拒绝
if .head.code == "E429" then busy
elif .head.code != "0000" then refused(.head.code)
else
  .body
  | {
      outcome: (.cz | word({ "1": "found", "0": "not-found", "true": "found", "false": "not-found" })),
      reference: .slbh,
    }
  | known
end
