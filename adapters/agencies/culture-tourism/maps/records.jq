# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 景区客流与门票查询
  if $service == "YZ21001" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "comfortable": "comfortable", "busy": "busy", "crowded": "crowded", "closed": "closed" })),
    next: ({ "comfortable": "YZ21005", "busy": "YZ21005" }[.status | tostring]),
    facts: ({ visitors: .visitors, capacity: .capacity, price: (.price | amount_in), left: .left, hours: .hours } | known),
  } | known
  # 旅行社与导游信息查询
  elif $service == "YZ21002" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "valid": "valid", "suspended": "suspended", "revoked": "revoked" })),
    facts: ({ licence_number: .licenceNumber, scope: .scope, expires: (.expires | date_in), phone: .phone, complaints: .complaints } | known),
  } | known
  # 旅游投诉进度查询
  elif $service == "YZ21003" then {
    reference: .id,
    title: .title,
    state: (.status | coded({ "received": "received", "handling": "handling", "mediating": "mediating", "settled": "settled", "refused": "refused" })),
    facts: ({ against: .against, at: (.at | date_in), office: .office, limit: (.limit | date_in), outcome: .outcome } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.data.items | .[] | record($service)], total: .data.total } | known
