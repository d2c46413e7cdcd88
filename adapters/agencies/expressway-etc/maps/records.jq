# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 高速路况与收费查询
  if $service == "YZ13004" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "clear": "clear", "slow": "slow", "jam": "jam", "closed": "closed" })),
    facts: ({ speed: .speed, reason: .reason, until: (.until | date_in), toll: (.toll | amount_in), length: .length } | known),
  } | known
  # ETC账单与通行记录查询
  elif $service == "YZ13005" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "charged": "charged", "unpaid": "unpaid" })),
    next: ({ "unpaid": "YZ13020" }[.status | tostring]),
    facts: ({ entered: (.entered | date_in), from_gate: .fromGate, left_at: (.leftAt | date_in), to_gate: .toGate, toll: (.toll | amount_in), saved: (.saved | amount_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

def summary($service):
  if $service == "YZ13005" then (.data.summary // {} | { total: (.total | amount_in), trips: .trips } | known)
  else null end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], summary: summary($service), total: .data.total } | known
