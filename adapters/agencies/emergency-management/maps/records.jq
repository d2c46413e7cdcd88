# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 特种作业操作证查询
  if $service == "YZ25003" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "valid", "2": "review", "3": "renew", "4": "expired" })),
    next: ({ "2": "YZ25009", "3": "YZ25010" }[.zt | tostring]),
    facts: ({ number: .zh, kind: .zylb, item: .czxm, issued: (.clrq | date_in), review_by: (.fsrq | date_in), expires: (.yxqz | date_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.body.list | .[] | record($service)], total: .body.zs } | known
