# 居住登记信息查询
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
        state: (.zt | coded({ "1": "current", "2": "ended" })),
        next: ({ "1": "YZ01020" }[.zt | tostring]),
        facts: ({ address: .jzdz, since: (.qsrq | date_in), until: (.zzrq | date_in), reason: .jzsy, landlord: .dwmc_lx } | known),
      } | known
    ],
    total: .body.zs,
  } | known
end
