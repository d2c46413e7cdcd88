# Their records as ours, one rule for each service.
def known: with_entries(select(.value != null));
def coded($words): if . == null then null else word($words) end;

def record($service):
  # 12345工单进度查询
  if $service == "YZ27001" then {
    reference: .id,
    title: .bt,
    state: (.zt | coded({ "1": "received", "2": "assigned", "3": "handling", "4": "extended", "5": "answered", "6": "closed", "7": "refused" })),
    facts: ({ at: (.slsj | date_in), office: .cbdw, limit: (.dfqx | date_in), answer: .dfnr, call_back: .hfqk } | known),
  } | known
  else error("a service that this backend does not know") end;

$call.input.service as $service
| { records: [.rows | .[] | record($service)], total: .total } | known
