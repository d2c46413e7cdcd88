# 户籍业务办理进度查询
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
        state: (.zt | coded({ "01": "taken", "02": "checking", "03": "correct", "04": "approved", "05": "done", "06": "refused" })),
        facts: ({ applied: (.sqsj | date_in), station: .sldw, limit: (.clsx | date_in), note: .yj } | known),
      } | known
    ],
    total: .body.zs,
  } | known
end
