# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 城市管理工单进度查询
  if $service == "YZ25001" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "received", "2": "assigned", "3": "repairing", "4": "repaired", "5": "closed", "6": "refused" })),
    facts: ({ at: (.sbsj | date_in), place: .wzms, office: .czdw, limit: (.qx | date_in), outcome: .czjg } | known),
  } | known
  # 社区网格员查询
  elif $service == "YZ25002" then {
    reference: .id,
    title: .bt,
    facts: ({ grid: .wgbh, community: .sq, worker: .wgyx, phone: .dh, hours: .fwsj, covers: .fzdz } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
