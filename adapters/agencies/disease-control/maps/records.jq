# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 预防接种记录查询
  if $service == "YZ07006" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "done", "2": "upcoming", "3": "overdue" })),
    next: ({ "2": "YZ07017", "3": "YZ07017" }[.zt | tostring]),
    facts: ({ dose: .jc, day: (.jzrq | date_in), due_day: (.yjzrq | date_in), clinic: .jzdw, batch: .ph } | known),
  } | known
  # 健康证明查询
  elif $service == "YZ07008" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "valid", "2": "expiring", "3": "expired" })),
    next: ({ "2": "YZ07029", "3": "YZ07029" }[.zt | tostring]),
    facts: ({ number: .zh, trade: .hy, examined: (.tjrq | date_in), expires: (.yxqz | date_in), clinic: .tjjg } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
