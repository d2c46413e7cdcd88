# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 河长信息查询
  if $service == "YZ26004" then {
    reference: .id,
    title: .bt,
    facts: ({ level: .jb, post: .hzzw, stretch: .hd, phone: .dh, patrol: .xhpc, goal: .szmb } | known),
  } | known
  # 汛情水位查询
  elif $service == "YZ26005" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "normal", "2": "watch", "3": "warning", "4": "danger" })),
    facts: ({ water_level: .sw, warning_level: .jjsw, trend: (.qs | coded({ "1": "rising", "2": "falling", "0": "steady" })), flow: .ll, at: (.gcsj | date_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
