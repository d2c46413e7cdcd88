# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 控制性详细规划公示查询
  if $service == "YZ11006" then {
    reference: .bh,
    title: .mc,
    state: (.zt | coded({ "1": "open", "2": "closed", "3": "approved" })),
    facts: ({ area: .pqfw, from_day: (.gsqs | date_in), until: (.gszz | date_in), use: .ydxz, comment_to: .yjfs, plan_number: .wjbh } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.body.list | .[] | record($service)], total: .body.zs } | known
