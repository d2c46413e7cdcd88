# 身份证办理进度查询
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
        state: (.zt | coded({ "01": "taken", "02": "making", "03": "ready", "04": "collected", "05": "returned" })),
        facts: ({ accepted: (.slrq | date_in), ready_by: (.yjrq | date_in), pickup: .lqfs, station: .sldw } | known),
      } | known
    ],
    total: .body.zs,
  } | known
end
