# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 献血记录查询
  if $service == "YZ07009" then {
    reference: .bh,
    title: .bt,
    next: "YZ07019",
    facts: ({ day: (.xxrq | date_in), place: .xxdd, amount: .xxl, kind: .xxlx, result: (.jcjg | coded({ "1": "ok", "2": "not-ok", "0": "testing" })) } | known),
  } | known
  else error("a service that this backend does not know") end;

def summary($service):
  if $service == "YZ07009" then (.hz // {} | { blood_type: .xx, times: .zcs, total: .zl, next_day: (.xcrq | date_in) } | known)
  else null end;

$call.input.service as $service
| { records: [.list | .[] | record($service)], summary: summary($service), total: .zs } | known
