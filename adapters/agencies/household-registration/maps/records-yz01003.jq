# 新生儿重名查询
def known: with_entries(select(.value != null));

# 0000 成功，E429 繁忙，其余为拒绝
if .head.code == "E429" then busy
elif .head.code != "0000" then refused(.head.code)
else
  {
    records: [
      .body.list | .[]
      | {
        reference: .bh,
        title: .mc,
        facts: ({ sex: .xb, people: .rs, decade: .csnd } | known),
      } | known
    ],
    summary: (.body.hz // {} | { total: .hj } | known),
    total: .body.zs,
  } | known
end
