# 居民身份证有效期查询
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

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
        state: (.zt | coded({ "1": "valid", "2": "expiring", "3": "expired", "4": "lost" })),
        next: ({ "2": "YZ01008", "3": "YZ01008", "4": "YZ01009" }[.zt | tostring]),
        facts: ({ issued: (.qfrq | date_in), expires: (.yxqz | date_in), term: .yxq, issuer: .qfjg } | known),
      } | known
    ],
    total: .body.zs,
  } | known
end
