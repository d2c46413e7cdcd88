# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 加油站与油价查询
  if $service == "YZ23001" then {
    reference: .id,
    title: .title,
    facts: ({ address: .address, price: (.price | amount_in), hours: .hours, self_service: .selfService, phone: .phone } | known),
  } | known
  # 充电桩空闲查询
  elif $service == "YZ23002" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "free": "free", "full": "full", "fault": "fault" })),
    next: ({ "free": "YZ23005" }[.status | tostring]),
    facts: ({ address: .address, free_fast: .freeFast, free_slow: .freeSlow, price: (.price | amount_in), parking: .parking } | known),
  } | known
  # 充电记录查询
  elif $service == "YZ23003" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "paid": "paid", "unpaid": "unpaid" })),
    facts: ({ began: (.began | date_in), ended: (.ended | date_in), energy: .energy, electricity: (.electricity | amount_in), service: (.service | amount_in), total: (.total | amount_in) } | known),
  } | known
  else error("a service that this backend does not know") end;

def summary($service):
  if $service == "YZ23003" then (.data.summary // {} | { energy: .energy, total: (.total | amount_in) } | known)
  else null end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], summary: summary($service), total: .data.total } | known
